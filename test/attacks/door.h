/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/door.h - what the attacks through other doors share
 */
#ifndef NETJAIL_TEST_DOOR_H
#define NETJAIL_TEST_DOOR_H

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "../victims/victim.h"
#include "pass.h"
#include "waits.h"

/* The line of a skipped attack, and ctest's status for it. */
static inline void skip(const char *why)
{
	printf("skipped: %s: %s\n", why, strerror(errno));
	exit(77);
}

static inline void saw(const char *what, long result)
{
	printf("%s: %s\n", what, result < 0 ? strerror(errno) : "done");
	fflush(stdout);
}

/* attack ADDR PORT [TRIES]; the alarm ends what hangs. */
static inline struct endpoint door_target(int argc, char **argv)
{
	usage_unless(argc >= 3, "attack ADDR PORT [TRIES]");
	alarm(hang_seconds());
	return endpoint_from(argv[1], argv[2]);
}

static inline int door_tries(int argc, char **argv, int otherwise)
{
	return argc > 3 ? atoi(argv[3]) : otherwise;
}

/* One connection, or its errno. */
static inline int knock(const struct endpoint *ep)
{
	int fd = socket(ep->sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failed;

	if (fd < 0)
		return errno;
	failed = connect(fd, &ep->sa, ep->len) < 0 ? errno : 0;
	close(fd);
	printf("connect: %s\n", strerror(failed));
	fflush(stdout);
	return failed;
}

/* Who traces us: netjail, or 0 natively. */
static inline pid_t tracer_pid(void)
{
	char line[256];
	int pid = 0;
	FILE *status = fopen("/proc/self/status", "re");

	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "TracerPid: %d", &pid) == 1)
			break;
	if (status)
		fclose(status);
	return pid;
}

static inline pid_t parent_of(pid_t pid)
{
	char path[64], line[512], *after;
	int parent = 0;
	FILE *stat;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	stat = fopen(path, "re");
	if (stat && fgets(line, sizeof(line), stat) && (after = strrchr(line, ')')))
		sscanf(after, ") %*c %d", &parent);
	if (stat)
		fclose(stat);
	return parent;
}

/* netjail's processes as seen from inside: the tracer, and its parent when that is
 * netjail too. Natively stand-ins that only sleep, so that the attempt is a real one. */
struct watchers {
	pid_t pids[2];
	int count;
	bool standins;
};

static inline struct watchers find_watchers(void)
{
	struct watchers found = {.pids = {tracer_pid()}, .count = 1};
	char path[64], name[16] = "";
	FILE *comm;

	if (!found.pids[0]) {
		found.standins = true;
		found.pids[0] = fork();
		if (found.pids[0] == 0)
			for (;;)
				sleep(20);
		return found;
	}
	found.pids[1] = parent_of(found.pids[0]);
	snprintf(path, sizeof(path), "/proc/%d/comm", (int)found.pids[1]);
	comm = fopen(path, "re");
	if (comm && fgets(name, sizeof(name), comm) && strncmp(name, "netjail", 7) == 0)
		found.count = 2;
	if (comm)
		fclose(comm);
	return found;
}

static inline void end_standins(const struct watchers *watchers)
{
	if (!watchers->standins)
		return;
	kill(watchers->pids[0], SIGKILL);
	waitpid(watchers->pids[0], NULL, 0);
}

static inline int pidfd_of(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

/* What test/attacks/helper/outside.c wrote of itself: a process outside the jail, of the
 * same user. Storing 1 at `go` makes it connect to the struct endpoint at `target`. */
struct outside {
	int pid;
	unsigned long target, go;
	int udp; /* its datagram socket, connected to ADDR:PORT */
	char sock[108];
};

static inline struct outside find_outside(void)
{
	const char *path = getenv("ATTACK_HELPER");
	struct outside outside;
	FILE *file = path ? fopen(path, "re") : NULL;

	if (!file || fscanf(file, "%d %lx %lx %d %107s", &outside.pid, &outside.target,
			    &outside.go, &outside.udp, outside.sock) != 5)
		skip("no helper outside (ATTACK_HELPER)");
	fclose(file);
	return outside;
}

/* Asks the helper for a descriptor: 'u' its connected datagram socket, 'c' one that has
 * begun a datagram, 'r' an io_uring, whose struct io_uring_params comes with it. -1 when it did not come. */
static inline int ask_outside(const struct outside *outside, char what, void *bytes,
			      size_t len)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	struct timeval limit = {.tv_sec = 5};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), got = -1;

	strcpy(to.sun_path, outside->sock);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0 ||
	    write(fd, &what, 1) != 1 || receive_fd(fd, &got, bytes, len) < 0)
		saw("ask outside", -1);
	close(fd);
	return got;
}

/* The helper polls its byte every few milliseconds. */
static inline void wait_for_outside(void)
{
	usleep(300000);
}

#endif
