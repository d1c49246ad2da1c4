/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_who.c - what is learnt of this process and its child; scripts by arguments
 */
#include "tracer/who.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "test/unit/harness.h"

/* The script of a command line with blanks between its arguments. */
static const char *script(const char *exe, const char *line)
{
	static char text[128];
	char *args[8];
	size_t count = 0;
	const char *found;

	snprintf(text, sizeof(text), "%s", line);
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		args[count++] = word;
	found = who_script(exe, args, count);
	return found ? found : "(none)";
}

TEST(scripts)
{
	CHECK_STR(script("/usr/bin/python3.11", "python3 -u a.py b"), "a.py");
	CHECK_STR(script("/usr/bin/python3", "python3 -c print(1)"), "(none)");
	CHECK_STR(script("/usr/bin/python3", "python3 -m http.server"), "(none)");
	CHECK_STR(script("/usr/bin/python3", "python3"), "(none)");
	CHECK_STR(script("/usr/bin/dash", "sh -e build.sh"), "build.sh");
	CHECK_STR(script("/usr/bin/dash", "sh -ec true"), "(none)");
	CHECK_STR(script("/usr/bin/bash", "bash -- -odd"), "-odd");
	CHECK_STR(script("/usr/bin/bash", "bash --"), "(none)");
	CHECK_STR(script("/usr/bin/perl", "perl -e 1"), "(none)");
	CHECK_STR(script("/usr/bin/perl", "perl -w x.pl"), "x.pl");
	CHECK_STR(script("/usr/bin/node", "node app.js"), "app.js");
	CHECK_STR(script("/usr/bin/pythonic", "pythonic a.py"), "(none)");
	CHECK_STR(script("/usr/bin/curl", "curl a.py"), "(none)");
}

TEST(self)
{
	struct who_table *table = who_table_new("0123456789abcdef0123456789abcdef");
	const struct who *who = who_get(table, getpid());
	char want[WHO_ENTITY_MAX];

	CHECK(who && who->pid == getpid() && who->parent_pid == getppid());
	CHECK(who && who->uid == getuid() && who->image);
	CHECK(who && strstr(who->image->executable, "test_who"));
	CHECK(who && who->image->arg_count == 1 && who->image->hashed);
	CHECK(who && who->image->elf.bits == 64 && who->image->elf.dynamic);
	snprintf(want, sizeof(want), "0123456789abcdef-%d-", getpid());
	CHECK(who && strncmp(who->entity, want, strlen(want)) == 0);
	CHECK(who == who_get(table, getpid()) && who == who_known(table, getpid()));
	CHECK(!who_known(table, 1) && !who_get(table, 0x7ffffff0));
	who_table_free(table);
	who_table_free(NULL);
}

TEST(child_and_exec)
{
	struct who_table *table = who_table_new("0123456789abcdef");
	const struct who *self = who_get(table, getpid()), *child;
	int hold[2], status;
	pid_t pid;

	CHECK(pipe(hold) == 0);
	pid = fork();
	if (!pid) {
		char cat[] = "cat", bend[] = "LD_BIND_NOW=1", proxy[] = "https_proxy=p",
		     home[] = "HOME=/";
		char *const argv[] = {cat, NULL}, *const envp[] = {bend, proxy, home,
								   NULL};

		dup2(hold[0], 0);
		close(hold[1]);
		execve("/bin/cat", argv, envp);
		_exit(1);
	}
	child = who_forked(table, pid, getpid());
	CHECK(child && child->image == self->image && self->image->refs == 2);
	CHECK(child && strcmp(child->parent_entity, self->entity) == 0);
	/* Until it has executed: the file is known before the environment is there. */
	for (int i = 0; i < 5000; i++) {
		child = who_execed(table, pid);
		if (strstr(child->image->executable, "cat") && child->image->env_count)
			break;
		usleep(1000);
	}
	CHECK(strstr(child->image->executable, "cat") && self->image->refs == 1);
	CHECK(child->image->env_count == 2);
	if (child->image->env_count == 2) {
		CHECK_STR(child->image->env[0], "LD_BIND_NOW=1");
		CHECK_STR(child->image->env[1], "https_proxy=p");
	}
	CHECK_STR(child->parent_executable, self->image->executable);
	close(hold[0]);
	close(hold[1]);
	CHECK(waitpid(pid, &status, 0) == pid);
	who_gone(table, pid);
	CHECK(!who_known(table, pid) && !who_get(table, pid));
	who_table_free(table);
}
