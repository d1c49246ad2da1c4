/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_who.c - what is learnt of this process and its child
 */
#include "tracer/who.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "test/unit/harness.h"
#include "tracer/image.h"

/* Which arguments hold text or a module's name instead of naming a file. */
TEST(inline_programs)
{
	CHECK(image_is_inline("/usr/bin/python3.11", "-c"));
	CHECK(image_is_inline("/usr/bin/python3", "-Im"));
	CHECK(!image_is_inline("/usr/bin/python3", "-u"));
	CHECK(!image_is_inline("/usr/bin/python3", "--check"));
	CHECK(!image_is_inline("/usr/bin/python3", "c"));
	CHECK(image_is_inline("/usr/bin/dash", "-ec"));
	CHECK(!image_is_inline("/usr/bin/dash", "-e"));
	CHECK(image_is_inline("/usr/bin/perl", "-e") &&
	      !image_is_inline("/usr/bin/perl", "-w"));
	CHECK(!image_is_inline("/usr/bin/pythonic", "-c"));
	CHECK(!image_is_inline(NULL, "-c") && !image_is_inline("/usr/bin/curl", "-c"));
}

TEST(self)
{
	struct who_table *table = who_table_new("0123456789abcdef0123456789abcdef");
	const struct who *who = who_get(table, getpid(), NULL);
	char want[WHO_ENTITY_MAX];

	CHECK(who && who->pid == getpid() && who->parent_pid == getppid());
	CHECK(who && who->uid == getuid() && who->image);
	CHECK(who && strstr(who->image->executable, "test_who"));
	CHECK(who && who->image->arg_count == 1 && who->image->hashed);
	CHECK(who && who->image->elf.bits == 64 && who->image->elf.dynamic);
	snprintf(want, sizeof(want), "0123456789abcdef-%d-", getpid());
	CHECK(who && strncmp(who->entity, want, strlen(want)) == 0);
	CHECK(who == who_get(table, getpid(), NULL) && who == who_known(table, getpid()));
	CHECK(!who_known(table, 1) && !who_get(table, 0x7ffffff0, NULL));
	who_table_free(table);
	who_table_free(NULL);
}

TEST(child_and_exec)
{
	struct who_table *table = who_table_new("0123456789abcdef");
	const struct who *self = who_get(table, getpid(), NULL), *child;
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
	child = who_forked(table, pid, getpid(), NULL);
	CHECK(child && child->image == self->image && self->image->refs == 2);
	CHECK(child && strcmp(child->parent_entity, self->entity) == 0);
	/* Until it has executed: the file is known before the environment is there. */
	for (int i = 0; i < 5000; i++) {
		child = who_execed(table, pid, NULL);
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
	CHECK(!who_known(table, pid) && !who_get(table, pid, NULL));
	who_table_free(table);
}
