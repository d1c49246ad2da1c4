/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/outlet.c - lines to a descriptor whose reader may have to wait for the writer
 */
#include "base/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/xalloc.h"

struct outlet {
	int fd;
	int quick;     /* outlet_unwaiting(fd) */
	bool known;    /* the next two and `quick` are */
	bool plain;    /* a file: nobody reads it away */
	bool sock;     /* quick by a flag */
	bool threaded; /* `thread` is there */
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* under the mutex: */
	char *kept; /* heap */
	size_t len;
	bool busy;  /* the thread is writing what it took from `kept` */
	int failed; /* -errno of the thread's last write */
	bool over;
};

int outlet_unwaiting(int fd)
{
	struct stat st;
	char path[32];

	if (fstat(fd, &st) < 0 || !(S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode)))
		return -1;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

struct outlet *outlet_new(int fd)
{
	struct outlet *outlet = xcalloc(1, sizeof(*outlet));
	pthread_condattr_t monotonic;

	outlet->fd = fd;
	outlet->quick = -1;
	pthread_mutex_init(&outlet->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&outlet->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	return outlet;
}

/* Not before there is something to write: netjail's processes fork until then, and none
 * but the one that writes is to hold a pipe open. */
static void learn(struct outlet *outlet)
{
	struct stat st;

	if (outlet->known)
		return;
	outlet->known = true;
	outlet->plain = fstat(outlet->fd, &st) < 0 || S_ISREG(st.st_mode);
	outlet->sock = !outlet->plain && S_ISSOCK(st.st_mode);
	outlet->quick = outlet_unwaiting(outlet->fd);
}

/* ---- the thread, which may wait ---- */

static void *drain(void *context)
{
	struct outlet *outlet = context;

	pthread_mutex_lock(&outlet->mutex);
	while (outlet->len || !outlet->over) {
		char *data = outlet->kept;
		size_t len = outlet->len;
		int failed;

		if (!len) {
			pthread_cond_wait(&outlet->changed, &outlet->mutex);
			continue;
		}
		outlet->kept = NULL;
		outlet->len = 0;
		outlet->busy = true;
		pthread_mutex_unlock(&outlet->mutex);
		failed = fdio_write_all(outlet->fd, data, len);
		free(data);
		pthread_mutex_lock(&outlet->mutex);
		outlet->failed = failed;
		outlet->busy = false;
		pthread_cond_broadcast(&outlet->changed);
	}
	pthread_mutex_unlock(&outlet->mutex);
	return NULL;
}

/* Signals are for the thread that waits for the programs. */
static bool start(struct outlet *outlet)
{
	sigset_t all, before;

	if (outlet->threaded)
		return true;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	outlet->threaded = pthread_create(&outlet->thread, NULL, drain, outlet) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return outlet->threaded;
}

static bool is_behind(const struct outlet *outlet)
{
	return outlet->len || outlet->busy;
}

static void wait_a_while(struct outlet *outlet)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += OUTLET_WAIT_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	while (is_behind(outlet) &&
	       pthread_cond_timedwait(&outlet->changed, &outlet->mutex, &until) == 0)
		;
}

static int keep(struct outlet *outlet, const char *data, size_t len)
{
	int failed = 0;

	if (!start(outlet))
		return fdio_write_all(outlet->fd, data, len);
	pthread_mutex_lock(&outlet->mutex);
	if (outlet->len + len > OUTLET_KEEPS) {
		failed = -ENOSPC;
	} else {
		outlet->kept = xreallocarray(outlet->kept, outlet->len + len, 1);
		memcpy(outlet->kept + outlet->len, data, len);
		outlet->len += len;
		pthread_cond_broadcast(&outlet->changed);
	}
	wait_a_while(outlet);
	if (!failed && !is_behind(outlet))
		failed = outlet->failed;
	pthread_mutex_unlock(&outlet->mutex);
	return failed;
}

/* ---- without waiting ---- */

/* What the kernel takes at once: how much, or -errno; -EAGAIN also when it cannot be
 * asked. */
static ssize_t try(const struct outlet *outlet, const void *data, size_t len)
{
	ssize_t put = -1;

	errno = EAGAIN;
	if (outlet->sock)
		put = send(outlet->fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);
	else if (outlet->quick >= 0)
		put = write(outlet->quick, data, len);
	return put < 0 ? -errno : put;
}

int outlet_put(struct outlet *outlet, const void *data, size_t len)
{
	const char *rest = data;
	bool behind;

	learn(outlet);
	if (outlet->plain)
		return fdio_write_all(outlet->fd, data, len);
	pthread_mutex_lock(&outlet->mutex);
	behind = is_behind(outlet);
	pthread_mutex_unlock(&outlet->mutex);
	while (len && !behind) {
		ssize_t put = try(outlet, rest, len);

		if (put == -EAGAIN)
			break;
		if (put < 0 && put != -EINTR)
			return (int)put;
		rest += put > 0 ? put : 0;
		len -= put > 0 ? (size_t)put : 0;
	}
	return len ? keep(outlet, rest, len) : 0;
}

void outlet_free(struct outlet *outlet)
{
	if (outlet->threaded) {
		pthread_mutex_lock(&outlet->mutex);
		outlet->over = true;
		pthread_cond_broadcast(&outlet->changed);
		pthread_mutex_unlock(&outlet->mutex);
		pthread_join(outlet->thread, NULL);
	}
	if (outlet->quick >= 0)
		close(outlet->quick);
	pthread_cond_destroy(&outlet->changed);
	pthread_mutex_destroy(&outlet->mutex);
	free(outlet->kept);
	free(outlet);
}
