/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names/lookup.c - looks host names up, at the start and again and again, out of the way
 *
 * Theory of operation
 *   getaddrinfo(3) blocks, reads what the administrator chose (nsswitch.conf(5)), and is
 * fed by whoever answers. So it runs in a process of its own, which nobody may trace, and
 * which is nobody's child, because the tracer waits for all of its. It does not say how
 * long an answer holds: it is asked again every minute, and an address keeps the names
 * that it had, as programs hold on to theirs.
 */
#include "names/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "base/fdio.h"
#include "base/monotonic.h"
#include "base/outside.h"
#include "base/xalloc.h"
#include "names/table.h"
#include "net/addr.h"

#define ROUND_MS      60000 /* from one round of questions to the next */
#define FIRST_WAIT_MS 5000  /* for the first round */

/* What goes through the pipe, in one write: less than PIPE_BUF. */
struct answer {
	size_t name; /* index; `count` at the end of a round */
	pid_t pid;   /* the first one says who answers */
	struct addr addr;
};

struct lookup {
	char **names;
	size_t count;
	int fd;     /* answers come from here */
	int pidfd;  /* of the process, -1 */
	bool asked; /* the first round is over */
};

/* ---- the process ---- */

static void send_answer(int fd, size_t name, const struct sockaddr *address)
{
	struct answer answer;

	memset(&answer, 0, sizeof(answer));
	answer.name = name;
	answer.pid = getpid();
	if (address && address->sa_family == AF_INET)
		answer.addr = addr_from_v4(
			(const void *)&((const struct sockaddr_in *)(const void *)address)
				->sin_addr);
	else if (address && address->sa_family == AF_INET6)
		answer.addr =
			addr_from_v6(((const struct sockaddr_in6 *)(const void *)address)
					     ->sin6_addr.s6_addr,
				     0);
	if (fdio_write_all(fd, &answer, sizeof(answer)) < 0)
		_exit(0); /* nobody listens any more */
}

static void ask(int fd, const char *name, size_t index)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;

	if (getaddrinfo(name, NULL, &hints, &list) != 0)
		return;
	for (const struct addrinfo *at = list; at; at = at->ai_next)
		send_answer(fd, index, at->ai_addr);
	freeaddrinfo(list);
}

static void answer_for_ever(void *context, int fd)
{
	const struct lookup *lookup = context;
	struct pollfd gone = {.fd = fd};

	send_answer(fd, lookup->count + 1, NULL);
	for (;;) {
		for (size_t i = 0; i < lookup->count; i++)
			ask(fd, lookup->names[i], i);
		send_answer(fd, lookup->count, NULL);
		if (poll(&gone, 1, ROUND_MS) > 0)
			return;
	}
}

/* ---- netjail ---- */

static void take(struct lookup *lookup, struct names *names, const struct answer *answer)
{
	const char *name;

	if (answer->name > lookup->count)
		lookup->pidfd = (int)syscall(SYS_pidfd_open, answer->pid, 0);
	if (answer->name == lookup->count)
		lookup->asked = true;
	if (answer->name >= lookup->count)
		return;
	name = lookup->names[answer->name];
	/* A full table keeps what it has. */
	(void)names_add(names, &answer->addr, name, strlen(name));
}

void lookup_collect(struct lookup *lookup, struct names *names)
{
	struct answer answer;

	while (lookup && read(lookup->fd, &answer, sizeof(answer)) == sizeof(answer))
		take(lookup, names, &answer);
}

static void wait_first_round(struct lookup *lookup, struct names *names)
{
	int64_t end = monotonic_ms() + FIRST_WAIT_MS, left = FIRST_WAIT_MS;
	struct pollfd answers = {.fd = lookup->fd, .events = POLLIN};

	while (!lookup->asked && left > 0) {
		int ready = poll(&answers, 1, (int)left);

		lookup_collect(lookup, names);
		if (ready > 0 && !(answers.revents & POLLIN))
			return;
		left = end - monotonic_ms();
	}
}

struct lookup *lookup_start(char **names_asked, size_t asked_count, struct names *names)
{
	struct lookup *lookup = xcalloc(1, sizeof(*lookup));
	int ends[2] = {-1, -1}, failed;

	if (asked_count && pipe2(ends, O_CLOEXEC) < 0)
		ends[0] = -1;
	*lookup = (struct lookup){names_asked, asked_count, ends[0], -1, false};
	failed = ends[0] >= 0 ? outside_start(answer_for_ever, lookup, ends[1], false)
			      : -ENOENT;
	if (ends[0] >= 0)
		close(ends[1]);
	if (failed) {
		lookup_end(lookup);
		return NULL;
	}
	(void)fcntl(lookup->fd, F_SETFL, O_NONBLOCK);
	wait_first_round(lookup, names);
	return lookup;
}

void lookup_end(struct lookup *lookup)
{
	if (!lookup)
		return;
	if (lookup->pidfd >= 0) {
		(void)syscall(SYS_pidfd_send_signal, lookup->pidfd, SIGKILL, NULL, 0);
		close(lookup->pidfd);
	}
	if (lookup->fd >= 0)
		close(lookup->fd);
	for (size_t i = 0; i < lookup->count; i++)
		free(lookup->names[i]);
	free(lookup->names);
	free(lookup);
}
