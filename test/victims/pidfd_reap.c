/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/pidfd_reap.c - who is told by a pidfd that a child has ended can reap it
 * at once, as GLib and systemd do
 */
#include "victim.h"
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define CHILDREN 60

static void exits(void)
{
	_exit(3);
}

static void is_killed(void)
{
	raise(SIGKILL);
}

static void *end_process(void *unused)
{
	usleep(1000);
	_exit(5);
	return unused;
}

/* Lives until the first thread of the process is dead (proc(5) stat). */
static void *end_thread(void *unused)
{
	char text[64] = "";

	while (!strstr(text, ") Z")) {
		FILE *stat = fopen("/proc/self/stat", "re");

		if (!stat || !fgets(text, sizeof(text), stat))
			_exit(98);
		fclose(stat);
	}
	_exit(4);
	return unused;
}

/* exit_group(2) by another thread than the first. */
static void exits_by_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, end_process, NULL);
	pause();
}

/* The first thread is dead by the time the last one ends. */
static void leader_exits_first(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, end_thread, NULL);
	pthread_exit(NULL);
}

static void executes(void)
{
	execl("/bin/true", "true", (char *)NULL);
}

static const struct {
	const char *name;
	void (*end)(void);
} ends[] = {
	{"exit", exits},
	{"SIGKILL", is_killed},
	{"exit by a thread", exits_by_thread},
	{"the leader first", leader_exits_first},
	{"exec", executes},
};

/* True when the child that the pidfd says has ended is there to be reaped. */
static int is_reaped_at_once(void (*end)(void))
{
	siginfo_t info = {.si_pid = 0};
	struct pollfd ready = {.events = POLLIN};
	pid_t pid = fork();

	if (pid == 0) {
		end();
		_exit(99);
	}
	ready.fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (ready.fd < 0)
		die("pidfd_open");
	poll(&ready, 1, -1);
	waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG);
	if (info.si_pid != pid)
		waitpid(pid, NULL, 0);
	close(ready.fd);
	return info.si_pid == pid;
}

int main(void)
{
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		int reaped = 0;

		for (int child = 0; child < CHILDREN; child++)
			reaped += is_reaped_at_once(ends[i].end);
		printf("%s: %d of %d reaped at once\n", ends[i].name, reaped, CHILDREN);
		fflush(stdout); /* the children have copies of what is not written */
	}
	return 0;
}
