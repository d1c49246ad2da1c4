/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/cases.c - runs the cases: cases [--near] [NAME], where --near leaves out those
 * that need the delay link
 */
#include "cases.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char results[4096];

void say(const char *format, ...)
{
	size_t len = strlen(results);
	va_list args;

	va_start(args, format);
	vsnprintf(results + len, sizeof(results) - len, format, args);
	va_end(args);
}

const char *errno_name(int error)
{
	const char *name = error ? strerrorname_np(error) : "0";

	return name ? name : "unknown";
}

void told(const char *tag, long result)
{
	if (result == -1)
		say(" %s=%s", tag, errno_name(errno));
	else
		say(" %s=%ld", tag, result);
}

static void child(const struct test_case *test)
{
	signal(SIGPIPE, SIG_IGN);
	test->run();
	printf("%s |%s\n", test->name, results);
	fflush(stdout);
	_exit(0);
}

/* A case that does not end is a result, too. */
static void run_case(const struct test_case *test)
{
	int status = 0, waited = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid)
		child(test);
	for (; waited < 1000; waited++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			break;
		usleep(10000);
	}
	if (waited == 1000) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		printf("%s | did not end\n", test->name);
	} else if (WIFSIGNALED(status)) {
		printf("%s | killed by %d\n", test->name, WTERMSIG(status));
	}
}

static bool is_wanted(const struct test_case *test, bool near, const char *name)
{
	return !(near && test->far) && (!name || strcmp(name, test->name) == 0);
}

int main(int argc, char **argv)
{
	const struct case_list *lists[] = {&cases_connect,  &cases_signals,
					   &cases_nonblock, &cases_families,
					   &cases_threads,  &cases_send};
	bool near = argc > 1 && strcmp(argv[1], "--near") == 0;
	const char *name = argv[1 + near];

	for (size_t l = 0; l < sizeof(lists) / sizeof(lists[0]); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			if (is_wanted(&lists[l]->cases[i], near, name))
				run_case(&lists[l]->cases[i]);
	return 0;
}
