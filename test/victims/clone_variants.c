/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/clone_variants.c - starts a child in each way that clone and clone3 know;
 * each connects
 */
#include "victim.h"
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static char stack[256 * 1024] __attribute__((aligned(16)));
static struct endpoint target;

/* With CLONE_VM the errno belongs to the parent too: only the exit status tells. */
static int client(void *arg)
{
	int fd = socket(target.sa.sa_family, SOCK_STREAM, 0);

	(void)arg;
	_exit(connect(fd, &target.sa, target.len) < 0 ? errno : 0);
}

static void await(const char *name, pid_t pid)
{
	int status = 0;

	if (pid < 0)
		die(name);
	if (waitpid(pid, &status, __WALL) != pid)
		die("waitpid");
	printf("%s: %s\n", name, strerror(WEXITSTATUS(status)));
}

static const struct {
	const char *name;
	int flags;
} variants[] = {
	{"fork", SIGCHLD},
	{"no signal", 0},
	{"SIGUSR2", SIGUSR2},
	{"vm", CLONE_VM | SIGCHLD},
	{"vm vfork", CLONE_VM | CLONE_VFORK | SIGCHLD},
	{"files fs", CLONE_FILES | CLONE_FS | SIGCHLD},
	{"vm files sighand", CLONE_VM | CLONE_FILES | CLONE_SIGHAND | SIGCHLD},
};

static void with_clone3(const char *name, uint64_t flags)
{
	struct clone_args args = {.flags = flags, .exit_signal = SIGCHLD};
	pid_t pid = (pid_t)syscall(SYS_clone3, &args, sizeof(args));

	if (pid == 0)
		client(NULL);
	await(name, pid);
}

int main(int argc, char **argv)
{
	usage_unless(argc == 3, "clone_variants ADDRESS PORT");
	target = endpoint_from(argv[1], argv[2]);
	signal(SIGUSR2, SIG_IGN);
	setvbuf(stdout, NULL, _IONBF, 0);
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++)
		await(variants[i].name,
		      clone(client, stack + sizeof(stack), variants[i].flags, NULL));
	with_clone3("clone3", 0);
	with_clone3("clone3 files", CLONE_FILES);
	with_clone3("clone3 clear sighand", CLONE_CLEAR_SIGHAND);
	return 0;
}
