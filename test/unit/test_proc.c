/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_proc.c - names, processes, ignored signals and rights of real tasks
 */
#include "tracer/proc.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "test/unit/harness.h"

static const char *comm_of(pid_t tid)
{
	static char name[EVENT_NAME_MAX];

	memset(name, 'X', sizeof(name));
	proc_comm(tid, name);
	CHECK(memchr(name, 0, sizeof(name)) != NULL);
	return name;
}

/* Dead and reaped: no such task. */
static pid_t nobody(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	return pid;
}

TEST(names)
{
	static const struct {
		const char *set, *want;
	} cases[] = {
		{"plain", "plain"},
		{"", ""},
		{"with space) R 1", "with space) R 1"},
		{"line\nTgid:\t1", "line\nTgid:\t1"},
		{"fifteen-letters", "fifteen-letters"},
		{"seventeen-letters", "seventeen-lette"},
		{"ends in\n", "ends in\n"},
		{"\033[31m", "\033[31m"},
	};
	char before[EVENT_NAME_MAX];

	proc_comm(getpid(), before);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		prctl(PR_SET_NAME, cases[i].set);
		CHECK_STR(comm_of(getpid()), cases[i].want);
	}
	prctl(PR_SET_NAME, before);
	CHECK_STR(comm_of(nobody()), "?");
	CHECK_STR(comm_of(-1), "?");
}

static void *tgid_of_thread(void *tid)
{
	*(pid_t *)tid = (pid_t)syscall(SYS_gettid);
	CHECK(proc_tgid(*(pid_t *)tid) == getpid());
	return NULL;
}

TEST(processes)
{
	pthread_t thread;
	pid_t tid = 0;

	CHECK(proc_tgid(getpid()) == getpid());
	CHECK(pthread_create(&thread, NULL, tgid_of_thread, &tid) == 0);
	pthread_join(thread, NULL);
	CHECK(tid > 0 && tid != getpid());
	CHECK(proc_tgid(nobody()) < 0);
	CHECK(proc_tgid(-1) < 0);
}

/* A name that looks like another line of the status file. */
TEST(a_name_forges_no_field)
{
	char before[EVENT_NAME_MAX];

	proc_comm(getpid(), before);
	prctl(PR_SET_NAME, "x\nTgid:\t1\n");
	CHECK(proc_tgid(getpid()) == getpid());
	prctl(PR_SET_NAME, "\nSigIgn:\tffffff");
	signal(SIGUSR1, SIG_DFL);
	CHECK(!proc_ignores(getpid(), SIGUSR1));
	prctl(PR_SET_NAME, before);
}

TEST(ending_processes)
{
	siginfo_t info;
	pid_t pid = fork();

	if (pid == 0) {
		pause();
		_exit(0);
	}
	CHECK(!proc_is_ending(pid) && !proc_is_ending(getpid()));
	kill(pid, SIGKILL);
	CHECK(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0);
	CHECK(proc_is_ending(pid));
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(!proc_is_ending(nobody()) && !proc_is_ending(-1));
}

/* A name that looks like the end of one, and a state. */
TEST(a_name_forges_no_state)
{
	char before[EVENT_NAME_MAX];

	proc_comm(getpid(), before);
	prctl(PR_SET_NAME, "x) Z 1 1 1 1 1");
	CHECK(!proc_is_ending(getpid()));
	prctl(PR_SET_NAME, before);
}

static void nothing(int sig)
{
	(void)sig;
}

TEST(ignored_signals)
{
	for (int sig = 1; sig < SIGRTMAX; sig++) {
		bool by_default = sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH ||
				  sig == SIGCONT;
		void (*before)(int) = signal(sig, SIG_DFL);

		if (before == SIG_ERR) /* SIGKILL, SIGSTOP, the libc's own */
			continue;
		CHECK(proc_ignores(getpid(), sig) == by_default);
		signal(sig, SIG_IGN);
		CHECK(proc_ignores(getpid(), sig));
		signal(sig, nothing);
		CHECK(!proc_ignores(getpid(), sig));
		signal(sig, before);
	}
	CHECK(!proc_ignores(getpid(), SIGKILL) && !proc_ignores(getpid(), SIGSTOP));
	signal(SIGRTMAX, SIG_IGN);
	CHECK(proc_ignores(getpid(), SIGRTMAX));
}

TEST(no_such_signal_or_task)
{
	static const int sigs[] = {0, -1, 65, 1000, -2147483647 - 1};
	pid_t gone = nobody();

	for (size_t i = 0; i < ARRAY_LEN(sigs); i++)
		CHECK(!proc_ignores(getpid(), sigs[i]));
	CHECK(!proc_ignores(gone, SIGCHLD));
	CHECK(!proc_same_rights(gone));
}

/* A child that drops something and waits to be looked at. */
static bool child_has_same_rights(int (*drop)(void))
{
	int ready[2], done[2];
	char byte;
	bool same;
	pid_t pid;

	CHECK(pipe2(ready, O_CLOEXEC) == 0 && pipe2(done, O_CLOEXEC) == 0);
	pid = fork();
	if (!pid) {
		close(done[1]);
		if (drop && drop() != 0)
			_exit(1);
		(void)!write(ready[1], "", 1);
		(void)!read(done[0], &byte, 1);
		_exit(0);
	}
	close(ready[1]);
	CHECK(read(ready[0], &byte, 1) == 1);
	same = proc_same_rights(pid);
	close(done[1]);
	close(done[0]);
	close(ready[0]);
	CHECK(waitpid(pid, NULL, 0) == pid);
	return same;
}

static int drop_user(void)
{
	return (int)syscall(SYS_setresuid, 65534, 65534, 65534);
}

static int drop_group(void)
{
	return (int)syscall(SYS_setresgid, 65534, 65534, 65534);
}

static int drop_saved_user(void)
{
	return (int)syscall(SYS_setresuid, -1, -1, 65534);
}

TEST(same_rights)
{
	CHECK(proc_same_rights(getpid()));
	CHECK(child_has_same_rights(NULL));
	if (geteuid() != 0)
		return;
	CHECK(!child_has_same_rights(drop_user));
	CHECK(!child_has_same_rights(drop_group));
	CHECK(!child_has_same_rights(drop_saved_user));
}
