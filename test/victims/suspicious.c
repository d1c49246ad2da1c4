/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/suspicious.c - what malware does, one after the other; nothing of it
 * leaves the test's network, and nothing that fails matters
 */
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "victim.h"

static void call(const char *host, int port)
{
	char text[8];
	struct endpoint ep;
	int fd;

	snprintf(text, sizeof(text), "%d", port);
	ep = endpoint_from(host, text);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	(void)!connect(fd, &ep.sa, ep.len);
	close(fd);
}

/* Slower where $LINK_MS says that everything is: what a slow machine adds must not count. */
static void calls_home_regularly(void)
{
	const char *link_ms = getenv("LINK_MS");
	unsigned ms = link_ms ? (unsigned)atoi(link_ms) * 3 : 250;

	for (int i = 0; i < 8; i++) {
		call("203.0.113.7", 4444);
		usleep(ms * 1000);
	}
}

static void scans(void)
{
	char host[32];

	for (int port = 100; port < 112; port++)
		call("127.0.0.1", port);
	for (int i = 1; i <= 16; i++) {
		snprintf(host, sizeof(host), "10.9.8.%d", i);
		call(host, 445);
	}
}

static void asks_where_secrets_are(void)
{
	call("169.254.169.254", 80);
	call("203.0.113.8", 9001);
	call("203.0.113.8", 23);
}

static void tunnels_dns(void)
{
	struct endpoint ep = endpoint_from("127.0.0.1", "53");
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	char question[200] = {0};

	for (int i = 0; i < 35; i++)
		(void)!sendto(fd, question, sizeof(question), 0, &ep.sa, ep.len);
	close(fd);
}

static void listens(void)
{
	struct endpoint ep = endpoint_from("0.0.0.0", "31337");
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)!bind(fd, &ep.sa, ep.len);
	(void)!listen(fd, 1);
	close(fd);
}

static void evades(void)
{
	char params[256] = {0};
	long child;

	close(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
	(void)!syscall(SYS_io_uring_setup, 4, params);
	child = syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0);
	if (child == 0)
		_exit(0);
	(void)!kill(getppid(), 0);
	(void)!ptrace(PTRACE_ATTACH, getppid(), 0, 0);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

/* What runs then has no file, and a library is forced into it. */
static void runs_from_memory(char *self)
{
	char *const argv[] = {self, "quietly", NULL};
	char *const envp[] = {"LD_PRELOAD=/dev/shm/.x.so", NULL};
	char bytes[65536];
	int from = open(self, O_RDONLY | O_CLOEXEC), to = memfd_create("x", MFD_CLOEXEC);
	ssize_t got;

	while ((got = read(from, bytes, sizeof(bytes))) > 0)
		(void)!write(to, bytes, (size_t)got);
	fexecve(to, argv, envp);
	die("fexecve");
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return 0;
	asks_where_secrets_are();
	scans();
	tunnels_dns();
	listens();
	evades();
	calls_home_regularly();
	runs_from_memory(argv[0]);
}
