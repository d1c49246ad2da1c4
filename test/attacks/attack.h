/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/attack.h - what the attacks share: arguments, tries, flipping threads
 */
#ifndef NETJAIL_TEST_ATTACK_H
#define NETJAIL_TEST_ATTACK_H

#include "../victims/victim.h"
#include "waits.h"
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#define SKIPPED        77
#define TRIES          20000
#define FLIP_IMAGE_MAX 512

struct attack {
	struct endpoint denied;
	struct endpoint allowed; /* loopback of the same family, same port */
	int tries;
};

/* attack ADDR PORT [TRIES]. Ends by itself, whatever happens. */
static inline struct attack attack_from(int argc, char **argv)
{
	struct attack a;

	usage_unless(argc == 3 || argc == 4, "attack ADDR PORT [TRIES]");
	a.denied = endpoint_from(argv[1], argv[2]);
	a.allowed = endpoint_from(a.denied.sa.sa_family == AF_INET ? "127.0.0.1" : "::1",
				  argv[2]);
	a.tries = argc == 4 ? atoi(argv[3]) : TRIES;
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	return a;
}

/* This kernel or this user has no such thing: the attack is skipped. */
static inline void lacks(const char *what)
{
	printf("%s: %s\n", what, strerror(errno));
	exit(SKIPPED);
}

/* Tells people how one call ended; what counts is the recorder's record. */
static inline long told(const char *what, long result)
{
	if (result < 0)
		printf("%s: %s\n", what, strerror(errno));
	else
		printf("%s: %ld\n", what, result);
	return result;
}

/* A socket of the family of ADDR on which no call blocks for long. */
static inline int open_socket(int family, int type, int protocol)
{
	struct timeval limit = {.tv_sec = 3};
	int fd = socket(family, type | SOCK_CLOEXEC, protocol);

	if (fd < 0)
		lacks("socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	return fd;
}

/* The connection ends by a reset: 20,000 of them leave no port waiting. */
static inline int open_tcp(int family)
{
	struct linger reset = {.l_onoff = 1};
	int fd = open_socket(family, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	return fd;
}

static inline int open_udp(int family)
{
	return open_socket(family, SOCK_DGRAM, 0);
}

/* The v6 form ::ffff:a.b.c.d of a v4 endpoint. */
static inline struct endpoint mapped(const struct endpoint *v4)
{
	struct endpoint ep = {.len = sizeof(ep.v6)};

	ep.v6.sin6_family = AF_INET6;
	ep.v6.sin6_port = v4->v4.sin_port;
	ep.v6.sin6_addr.s6_addr[10] = 0xff;
	ep.v6.sin6_addr.s6_addr[11] = 0xff;
	memcpy(&ep.v6.sin6_addr.s6_addr[12], &v4->v4.sin_addr, 4);
	return ep;
}

/* Pages for all to write; a fork shares them. */
static inline void *shared_pages(size_t size)
{
	void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			   -1, 0);

	if (pages == MAP_FAILED)
		die("mmap");
	return pages;
}

static inline void pause_for(int rounds)
{
	for (volatile int i = 0; i < rounds; i++)
		;
}

/* A thread that puts one of two images at a place, in turn, until it is ended. The pauses
 * between grow and shrink, so that some of them fit the tracer's time to act. */
struct flipper {
	pthread_t thread;
	void *where;
	unsigned char image[2][FLIP_IMAGE_MAX];
	size_t len;
	void (*turn)(void *state, int side); /* instead of the images, if not NULL */
	void *state;
	volatile int turns, stop;
};

/* By words where it can be: an address or a pointer changes at once, not byte by byte. */
static inline void put_image(void *where, const void *image, size_t len)
{
	size_t done = 0;

	for (; done + 4 <= len && (uintptr_t)where % 4 == 0; done += 4) {
		uint32_t word;

		memcpy(&word, (const char *)image + done, 4);
		*(volatile uint32_t *)((char *)where + done) = word;
	}
	for (; done < len; done++)
		((volatile char *)where)[done] = ((const char *)image)[done];
}

static inline void *flip_run(void *arg)
{
	struct flipper *f = (struct flipper *)arg;

	for (unsigned i = 0; !f->stop; i++) {
		if (f->turn)
			f->turn(f->state, i & 1);
		else
			put_image(f->where, f->image[i & 1], f->len);
		f->turns = i < 4 ? (int)i : 4;
		pause_for(20 << (i / 64 % 8));
	}
	return NULL;
}

static inline void flip_thread(struct flipper *f)
{
	if (pthread_create(&f->thread, NULL, flip_run, f))
		die("pthread_create");
	while (f->turns < 4)
		sched_yield();
}

static inline void flip_start(struct flipper *f, void *where, const void *one,
			      const void *other, size_t len)
{
	memset(f, 0, sizeof(*f));
	if (len > FLIP_IMAGE_MAX)
		abort();
	f->where = where;
	f->len = len;
	memcpy(f->image[0], one, len);
	memcpy(f->image[1], other, len);
	flip_thread(f);
}

static inline void flip_calls(struct flipper *f, void (*turn)(void *, int), void *state)
{
	memset(f, 0, sizeof(*f));
	f->turn = turn;
	f->state = state;
	flip_thread(f);
}

static inline void flip_end(struct flipper *f)
{
	f->stop = 1;
	pthread_join(f->thread, NULL);
}

/* Counts how the tries of a race ended, to be printed once. */
struct tally {
	int done, refused, other;
};

static inline void tally_add(struct tally *t, long result)
{
	if (result >= 0)
		t->done++;
	else if (errno == ECONNREFUSED || errno == EACCES)
		t->refused++;
	else
		t->other++;
}

static inline int tally_end(const struct tally *t)
{
	printf("done=%d refused=%d other=%d\n", t->done, t->refused, t->other);
	return 0;
}

static inline double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* So many connections to what stands at ADDRESS at the time of the call. */
static inline int race_connect(const struct attack *a, const void *address, socklen_t len)
{
	struct tally t = {0};

	for (int i = 0; i < a->tries; i++) {
		int fd = open_tcp(a->denied.sa.sa_family);

		tally_add(&t, connect(fd, (const struct sockaddr *)address, len));
		close(fd);
	}
	return tally_end(&t);
}

/* So many datagrams by sendto to what stands at ADDRESS at the time of the call. */
static inline int race_sendto(const struct attack *a, int fd, const void *address,
			      socklen_t len)
{
	struct tally t = {0};

	for (int i = 0; i < a->tries; i++)
		tally_add(&t, sendto(fd, "x", 1, MSG_DONTWAIT,
				     (const struct sockaddr *)address, len));
	return tally_end(&t);
}

/* So many datagrams by sendmsg of the header that stands at MSG at that time. */
static inline int race_sendmsg(const struct attack *a, int fd, const struct msghdr *msg)
{
	struct tally t = {0};

	for (int i = 0; i < a->tries; i++)
		tally_add(&t, sendmsg(fd, msg, MSG_DONTWAIT));
	return tally_end(&t);
}

/* The plain visit that hidden processes and threads make: 0 or -1 with errno. */
static inline int visit_once(const struct endpoint *ep)
{
	int fd = open_tcp(ep->sa.sa_family);
	int result = connect(fd, &ep->sa, ep->len);
	int err = errno;

	close(fd);
	errno = err;
	return result;
}

/* The status of a child, told as one line; the exit status if it ended by itself. */
static inline int await(pid_t pid, const char *what)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	if (WIFSIGNALED(status)) {
		printf("%s: signal %d\n", what, WTERMSIG(status));
		return -1;
	}
	printf("%s: exit %d\n", what, WEXITSTATUS(status));
	return WEXITSTATUS(status);
}

#endif
