/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_scm_killed.c - a connected socket received by a process that dies
 *
 * attack:   a child that shares the descriptors receives the helper's socket, and is
 *           killed before a tracer can hear of the end of its call; the parent uses it
 * expect:   silent control=none
 * event:    fd-passed-in
 * tries:    400
 * source:   clone(2) CLONE_FILES; ptrace(2): SIGKILL ends a stop
 * root:     no
 * helper:   yes
 */
#include <sched.h>
#include <sys/wait.h>
#include <time.h>

#include "receive.h"

static void pause_ns(long ns)
{
	struct timespec now, start;

	clock_gettime(CLOCK_MONOTONIC, &start);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - start.tv_sec) * 1000000000 + now.tv_nsec - start.tv_nsec <
	       ns);
}

/* Kills the receiver so long after it has begun. */
static void attempt(int sock, struct place *page, volatile int *begun, long ns)
{
	pid_t pid;

	*begun = 0;
	pid = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0L, 0L, 0L, 0L);
	if (pid == 0) {
		*begun = 1;
		recvmsg(sock, &page->batch[0].msg_hdr, 0);
		for (;;)
			pause();
	}
	if (pid < 0)
		die("clone");
	while (!*begun)
		;
	pause_ns(ns);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	for (int fd = 3; fd < 40; fd++)
		if (fd != sock && write(fd, "x", 1) == 1)
			close(fd);
	close(sock);
}

int main(int argc, char **argv)
{
	int tries = door_tries(argc, argv, 400);
	struct place *page = door_pages(1);
	int *begun = mmap(NULL, sizeof(*begun), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	door_target(argc, argv);
	if (begun == MAP_FAILED)
		die("mmap");
	/* the last one receives for certain, and netjail tells of it */
	for (int i = 0; i < tries; i++)
		attempt(ask_at_once(page, 'f'), page, begun,
			i + 1 < tries ? i % 100 * 5000L : 50000000L);
	return 0;
}
