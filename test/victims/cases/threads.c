/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/threads.c - other threads and processes at the same socket, or without a leader
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#define THREAD_PIDFD O_EXCL /* PIDFD_THREAD, Linux 6.9 */

static int shared; /* the socket that a case's threads have in common */

static void *connect_alone(void *host)
{
	int sock = tcp();
	intptr_t error = connect_to(sock, host, ECHO) ? errno : 0;

	close(sock);
	return (void *)error;
}

static void together(const char *even, const char *odd)
{
	pthread_t threads[8];
	void *error;

	for (int i = 0; i < 8; i++)
		pthread_create(&threads[i], NULL, connect_alone,
			       (void *)(i & 1 ? odd : even));
	for (int i = 0; i < 8; i++) {
		pthread_join(threads[i], &error);
		say(" %s", errno_name((int)(intptr_t)error));
	}
}

static void threads_here(void)
{
	together(HERE, HERE_TOO);
}

static void threads_far(void)
{
	together(HERE, FAR);
}

static int answer[2];

static void *connect_after_leader(void *unused)
{
	struct addr to = addr_of(HERE, ECHO_UDP);
	int errors[2];

	(void)unused;
	usleep(100000);
	errors[0] = connect_to(tcp(), HERE, ECHO) ? errno : 0;
	errors[1] = sendto(udp(), "x", 1, 0, &to.sa, to.len) < 0 ? errno : 0;
	_exit(write(answer[1], errors, sizeof(errors)) < 0);
}

/* Before Linux 6.9 nobody outside gets at the descriptors of a process whose leader is gone. */
static void dead_leader(void)
{
	int errors[2] = {-1, -1};
	pthread_t thread;
	pid_t pid;

	if (syscall(SYS_pidfd_open, getpid(), THREAD_PIDFD) < 0) {
		say(" not here");
		return;
	}
	if (pipe(answer) < 0)
		return;
	pid = fork();
	if (!pid) {
		pthread_create(&thread, NULL, connect_after_leader, NULL);
		pthread_exit(NULL);
	}
	TELL("read", read(answer[0], errors, sizeof(errors)));
	waitpid(pid, NULL, 0);
	say(" tcp=%s udp=%s", errno_name(errors[0]), errno_name(errors[1]));
}

static void vfork_child(void)
{
	volatile int error = -1;
	pid_t pid = vfork();

	if (!pid) {
		error = connect_to(tcp(), HERE, ECHO) ? errno : 0;
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	say(" child=%s", errno_name(error));
}

static void *close_it(void *unused)
{
	while_connecting();
	close(shared);
	return unused;
}

static void *shut_it(void *unused)
{
	while_connecting();
	shutdown(shared, SHUT_RDWR);
	return unused;
}

static void *dissolve_it(void *unused)
{
	struct addr none = addr_none();

	while_connecting();
	connect_addr(shared, &none);
	return unused;
}

static void meanwhile(void *(*other)(void *))
{
	pthread_t thread;

	shared = tcp();
	pthread_create(&thread, NULL, other, NULL);
	TELL("connect", connect_to(shared, FAR, ECHO));
	pthread_join(thread, NULL);
}

static void closed_meanwhile(void)
{
	meanwhile(close_it);
	TELL("flags", fcntl(shared, F_GETFL));
}

static void shut_meanwhile(void)
{
	meanwhile(shut_it);
	tell_state(shared);
	TELL("elsewhere", connect_to(shared, HERE, ECHO));
	tell_state(shared);
}

static void dissolved_meanwhile(void)
{
	meanwhile(dissolve_it);
	tell_state(shared);
	TELL("elsewhere", connect_to(shared, HERE, ECHO));
	tell_state(shared);
}

static void *connect_it(void *unused)
{
	(void)unused;
	while_connecting();
	return (void *)(intptr_t)(connect_to(shared, FAR, ECHO) ? errno : 0);
}

static void two_at_once(void)
{
	pthread_t thread;
	void *error;

	shared = tcp();
	pthread_create(&thread, NULL, connect_it, NULL);
	TELL("connect", connect_to(shared, FAR, ECHO));
	pthread_join(thread, &error);
	say(" other=%s", errno_name((int)(intptr_t)error));
	tell_state(shared);
}

static void shared_with_child(void)
{
	int status = 0;
	pid_t pid;

	shared = tcp();
	pid = fork();
	if (!pid)
		_exit(connect_to(shared, FAR, ECHO) ? errno : 0);
	while_connecting();
	TELL("connect", connect_to(shared, FAR, ECHO));
	waitpid(pid, &status, 0);
	say(" child=%s", errno_name(WEXITSTATUS(status)));
	tell_state(shared);
}

static const struct test_case cases[] = {
	{"threads_here", threads_here, false},
	{"threads_far", threads_far, true},
	{"dead_leader", dead_leader, false},
	{"vfork_child", vfork_child, false},
	{"closed_meanwhile", closed_meanwhile, true},
	{"shut_meanwhile", shut_meanwhile, true},
	{"dissolved_meanwhile", dissolved_meanwhile, true},
	{"two_at_once", two_at_once, true},
	{"shared_with_child", shared_with_child, true},
};
CASE_LIST(cases_threads, cases);
