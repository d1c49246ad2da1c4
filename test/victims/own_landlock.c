/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/own_landlock.c - forbids itself every TCP connection but those to one port
 *
 * own_landlock ADDR PORT: PORT stays allowed, the next one does not. Exit status 77 where
 * the kernel has no such rules (Linux 6.7, landlock(7)).
 */
#include "victim.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* <linux/landlock.h> of Linux 6.7 */
#define CONNECT_TCP   (UINT64_C(1) << 1)
#define RULE_NET_PORT 2

struct ruleset {
	uint64_t handled_access_fs, handled_access_net;
};

struct port_rule {
	uint64_t allowed_access, port;
};

static struct endpoint targets[2];

static void restrict_to(uint64_t port)
{
	struct ruleset handled = {.handled_access_net = CONNECT_TCP};
	struct port_rule rule = {CONNECT_TCP, port};
	int fd = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof(handled), 0);

	if (fd < 0 || syscall(SYS_landlock_add_rule, fd, RULE_NET_PORT, &rule, 0) != 0)
		exit(77);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_landlock_restrict_self, fd, 0) != 0)
		die("landlock_restrict_self");
	close(fd);
}

static void attempts(const char *who)
{
	for (int i = 0; i < 4; i++) {
		const struct endpoint *ep = &targets[i & 1];
		int flags = i & 2 ? SOCK_NONBLOCK : 0;
		int fd = socket(ep->sa.sa_family, SOCK_STREAM | flags, 0);

		printf("%s, %s, port %d: %s\n", who, flags ? "non-blocking" : "blocking",
		       i & 1,
		       connect(fd, &ep->sa, ep->len) < 0 ? strerror(errno) : "connected");
		close(fd);
	}
	fflush(stdout);
}

static void datagrams(void)
{
	const struct endpoint *ep = &targets[0];
	struct iovec span = {"x", 1};
	struct msghdr message = {.msg_name = (void *)(uintptr_t)&ep->sa,
				 .msg_namelen = ep->len,
				 .msg_iov = &span,
				 .msg_iovlen = 1};
	int fd = socket(ep->sa.sa_family, SOCK_DGRAM, 0);

	printf("sendto: %zd\n", sendto(fd, "x", 1, 0, &ep->sa, ep->len));
	printf("sendmsg: %zd\n", sendmsg(fd, &message, 0));
	printf("connect: %d\n", connect(fd, &ep->sa, ep->len));
	printf("send: %zd\n", send(fd, "x", 1, 0));
}

static bool is_refused(void)
{
	const struct endpoint *ep = &targets[1];
	int fd = socket(ep->sa.sa_family, SOCK_STREAM, 0);
	bool refused = connect(fd, &ep->sa, ep->len) < 0 && errno == EACCES;

	close(fd);
	return refused;
}

static bool ends_with_0(pid_t child)
{
	int status;

	return child > 0 && waitpid(child, &status, 0) == child && !status;
}

static bool both_are_refused(void)
{
	pid_t child = fork();
	bool refused = is_refused();

	if (child == 0)
		_exit(!refused);
	return ends_with_0(child) && refused;
}

/* A child may be faster than what tells a tracer that there is one more. */
static void fast_children(void)
{
	int count = 0;

	for (int i = 0; i < 300; i++) {
		pid_t child = fork();

		if (child == 0)
			_exit(!both_are_refused());
		count += ends_with_0(child);
	}
	printf("pairs of children, refused: %d\n", count);
	fflush(stdout);
}

static void *in_thread(void *unused)
{
	attempts("thread");
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;
	pid_t child;

	usage_unless(argc == 3 || argc == 4, "own_landlock ADDR PORT");
	targets[0] = targets[1] = endpoint_from(argv[1], argv[2]);
	targets[1].v4.sin_port = htons((uint16_t)(atoi(argv[2]) + 1));
	if (argc == 4) {
		attempts(argv[3]);
		return 0;
	}
	restrict_to((uint64_t)atoi(argv[2]));
	attempts("itself");
	if (pthread_create(&thread, NULL, in_thread, NULL) == 0)
		pthread_join(thread, NULL);
	child = fork();
	if (child == 0) {
		execl("/proc/self/exe", argv[0], argv[1], argv[2], "executed", (char *)0);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	fast_children();
	datagrams();
	return 0;
}
