/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/clone_threads.c - at a line of standard input: threads made in each way that the
 * kernel reports differently, which connect, and children, which say whether they are traced
 */
#include "victim.h"
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define THREAD (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)

static char stack[256 * 1024] __attribute__((aligned(16)));
static struct endpoint target;
static volatile int result;

static int tracer(void)
{
	FILE *file = fopen("/proc/thread-self/status", "re");
	char line[256];
	int pid = -1;

	while (file && fgets(line, sizeof(line), file))
		sscanf(line, "TracerPid: %d", &pid);
	return pid;
}

static int connects(void *arg)
{
	int fd = socket(target.sa.sa_family, SOCK_STREAM, 0);

	(void)arg;
	result = connect(fd, &target.sa, target.len) < 0 ? errno : 0;
	close(fd);
	syscall(SYS_exit, 0);
	return 0;
}

static int tells(void *name)
{
	int pid = tracer();

	printf("child %s: %s\n", (const char *)name, pid ? "traced" : "not traced");
	_exit(pid < 0);
}

static const struct {
	const char *name;
	int flags;
} ways[] = {
	{"with no signal", 0},
	{"with SIGCHLD", SIGCHLD},
	{"of vfork", CLONE_VFORK},
	{"of vfork with SIGCHLD", CLONE_VFORK | SIGCHLD},
};

int main(int argc, char **argv)
{
	char line[16];

	usage_unless(argc == 3, "clone_threads ADDRESS PORT");
	target = endpoint_from(argv[1], argv[2]);
	setvbuf(stdout, NULL, _IONBF, 0);
	puts("ready");
	if (!fgets(line, sizeof(line), stdin))
		die("standard input");
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		result = -1;
		if (clone(connects, stack + sizeof(stack), THREAD | ways[i].flags, NULL) <
		    0)
			die(ways[i].name);
		while (result < 0)
			usleep(1000);
		printf("thread %s: %s\n", ways[i].name, strerror(result));
		usleep(20000); /* it leaves its stack */
	}
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		pid_t pid = clone(tells, stack + sizeof(stack), ways[i].flags,
				  (void *)ways[i].name);

		if (pid < 0 || waitpid(pid, NULL, __WALL) != pid)
			die(ways[i].name);
	}
	return 0;
}
