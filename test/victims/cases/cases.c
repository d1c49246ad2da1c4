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
#include <time.h>
#include <unistd.h>

#define LINK_MS   120 /* of test/victims/delay_link.c, each way, unless the environment says */
#define TRIES_MAX 10

static long link_ms = LINK_MS;
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

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A case has so long to end. */
static long case_ms(void)
{
	return 20000 / LINK_MS * link_ms;
}

void while_connecting(void)
{
	usleep((useconds_t)link_ms * 1000 / 3);
}

/* A third of what an answer takes. */
static long stall_ms(void)
{
	return 2 * link_ms / 3;
}

/* Waits for a case; one that does not end is ended. The longest time that a short sleep
 * took meanwhile is how long the machine had no time for anybody. */
static int wait_case(pid_t pid, long *stalled)
{
	long start = now_ms(), last = start, now;
	int status = 0;

	for (*stalled = 0; waitpid(pid, &status, WNOHANG) != pid; last = now) {
		usleep(10000);
		now = now_ms();
		if (now - last > *stalled)
			*stalled = now - last;
		if (now - start < case_ms())
			continue;
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		return -1;
	}
	return status;
}

/* The line that a case writes into `in`, or how it ended. */
static void report_case(const struct test_case *test, int status, int in)
{
	char line[sizeof(results) + 100];
	ssize_t got;

	if (status == -1) {
		printf("%s | did not end\n", test->name);
	} else if (WIFSIGNALED(status)) {
		printf("%s | killed by %d\n", test->name, WTERMSIG(status));
	} else {
		got = read(in, line, sizeof(line));
		fwrite(line, 1, got > 0 ? (size_t)got : 0, stdout);
	}
}

/* Again when the machine stood still for so long that what was to happen during a
 * connection may have come after it. */
static void run_case(const struct test_case *test)
{
	long stalled = stall_ms();
	int status = 0, ends[2] = {-1, -1};
	pid_t pid;

	fflush(stdout);
	for (int tries = 0; tries < TRIES_MAX && stalled >= stall_ms(); tries++) {
		if (tries > 0)
			close(ends[0]);
		if (pipe(ends) < 0)
			return;
		pid = fork();
		if (!pid) {
			dup2(ends[1], STDOUT_FILENO);
			child(test);
		}
		close(ends[1]);
		status = wait_case(pid, &stalled);
	}
	report_case(test, status, ends[0]);
	close(ends[0]);
}

static bool is_wanted(const struct test_case *test, bool near, const char *name)
{
	return !(near && test->far) && (!name || strcmp(name, test->name) == 0);
}

int main(int argc, char **argv)
{
	const struct case_list *lists[] = {
		&cases_connect, &cases_signals, &cases_nonblock, &cases_families,
		&cases_threads, &cases_send,    &cases_batches};
	bool near = argc > 1 && strcmp(argv[1], "--near") == 0;
	const char *name = argv[1 + near], *link = getenv("LINK_MS");

	if (link && atol(link) > 0)
		link_ms = atol(link);
	for (size_t l = 0; l < sizeof(lists) / sizeof(lists[0]); l++)
		for (size_t i = 0; i < lists[l]->count; i++)
			if (is_wanted(&lists[l]->cases[i], near, name))
				run_case(&lists[l]->cases[i]);
	return 0;
}
