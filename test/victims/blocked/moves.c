/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/moves.c - calls that block while they move data between two descriptors, by
 * several spans or messages, and those that wait for a lock
 */
#include "blocked.h"
#include <sys/sendfile.h>

static char byte[4096];

long do_preadv2(struct blocked *b)
{
	struct iovec span = {byte, 1};

	return preadv2(b->fd, &span, 1, -1, 0);
}

long do_pwritev2(struct blocked *b)
{
	struct iovec span = {byte, 1};

	return pwritev2(b->fd, &span, 1, -1, 0);
}

long do_writev(struct blocked *b)
{
	struct iovec span = {byte, 1};

	return writev(b->fd, &span, 1);
}

long do_sendmmsg(struct blocked *b)
{
	struct iovec span = {byte, 1};
	struct mmsghdr message = {.msg_hdr = {.msg_iov = &span, .msg_iovlen = 1}};

	return sendmmsg(b->fd, &message, 1, 0);
}

long do_recvmmsg_limit(struct blocked *b)
{
	struct iovec span = {byte, 1};
	struct mmsghdr message = {.msg_hdr = {.msg_iov = &span, .msg_iovlen = 1}};
	struct timespec t = limit();

	return recvmmsg(b->fd, &message, 1, 0, &t);
}

long do_accept4(struct blocked *b)
{
	return accept4(b->fd, NULL, NULL, SOCK_CLOEXEC) >= 0 ? 1 : -1;
}

/* Out of the descriptor, and into it. */
long do_splice_from(struct blocked *b)
{
	int pair[2];

	check(pipe(pair) == 0, "pipe");
	return splice(b->fd, NULL, pair[1], NULL, 1, 0);
}

long do_splice_to(struct blocked *b)
{
	int pair[2];

	check(pipe(pair) == 0 && write(pair[1], byte, 1) == 1, "pipe");
	return splice(pair[0], NULL, b->fd, NULL, 1, 0);
}

long do_tee(struct blocked *b)
{
	int pair[2];

	check(pipe(pair) == 0, "pipe");
	return tee(b->fd, pair[1], 1, 0);
}

long do_sendfile(struct blocked *b)
{
	int file = open("/proc/self/exe", O_RDONLY);

	return sendfile(b->fd, file, NULL, 1);
}

static long lock(struct blocked *b, int command)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return fcntl(b->fd, command, &whole);
}

long do_lock(struct blocked *b)
{
	return lock(b, F_SETLKW);
}

long do_ofd_lock(struct blocked *b)
{
	return lock(b, F_OFD_SETLKW);
}

/* The lock is another description's; locks of the process are its own. */
void make_ofd_locked(struct blocked *b)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char path[] = "lock.XXXXXX";

	b->other = mkstemp(path);
	check(b->other >= 0 && fcntl(b->other, F_OFD_SETLK, &whole) == 0, "fcntl");
	b->fd = open(path, O_RDWR);
	unlink(path);
}

void wake_ofd(struct blocked *b)
{
	struct flock whole = {.l_type = F_UNLCK, .l_whence = SEEK_SET};

	fcntl(b->other, F_OFD_SETLK, &whole);
}

long do_mq_send(struct blocked *b)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += LIMIT_S;
	return b->wake ? mq_send(b->fd, byte, 1, 0) : mq_timedsend(b->fd, byte, 1, 0, &t);
}

void make_full_mq(struct blocked *b)
{
	make_mq(b);
	check(mq_send(b->fd, byte, 1, 0) == 0, "mq_send");
}

void wake_mq_full(struct blocked *b)
{
	(void)!mq_receive(b->fd, byte, sizeof(byte), NULL);
}

void make_full_pipe(struct blocked *b)
{
	make_pipe(b);
	fcntl(b->other, F_SETFL, O_NONBLOCK);
	while (write(b->other, byte, sizeof(byte)) > 0)
		;
	fcntl(b->other, F_SETFL, 0);
}

long do_write_other(struct blocked *b)
{
	return write(b->other, byte, 1);
}

void wake_pipe_full(struct blocked *b)
{
	for (int i = 0; i < 4; i++)
		(void)!read(b->fd, byte, sizeof(byte));
}

void make_limited_udp(struct blocked *b)
{
	struct sockaddr_in a = loopback(-1);
	struct timeval t = {.tv_sec = LIMIT_S};

	b->fd = socket(AF_INET, SOCK_DGRAM, 0);
	check(bind(b->fd, (struct sockaddr *)&a, sizeof(a)) == 0, "bind");
	setsockopt(b->fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof(t));
}

long do_sleep_relative(struct blocked *b)
{
	struct timespec t = limit();

	(void)b;
	errno = clock_nanosleep(CLOCK_REALTIME, 0, &t, NULL);
	return errno ? -1 : 0;
}

/* The owner is the thread that prepares and wakes. */
void make_pi(struct blocked *b)
{
	b->futex = (int)syscall(SYS_gettid);
}

long do_lock_pi(struct blocked *b)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += LIMIT_S;
	return syscall(SYS_futex, &b->futex, FUTEX_LOCK_PI, 0, b->wake ? NULL : &t, NULL,
		       0);
}

void wake_pi(struct blocked *b)
{
	syscall(SYS_futex, &b->futex, FUTEX_UNLOCK_PI, 0, NULL, NULL, 0);
}
