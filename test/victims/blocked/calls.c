/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/calls.c - the calls that block
 */
#include "blocked.h"

static struct timespec deadline(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	t.tv_sec += LIMIT_S;
	return t;
}

static char byte[4096];

long do_accept(struct blocked *b)
{
	return accept(b->fd, NULL, NULL) >= 0 ? 1 : -1;
}
long do_recv(struct blocked *b)
{
	return recv(b->fd, byte, 1, 0);
}
long do_read(struct blocked *b)
{
	return read(b->fd, byte, sizeof(byte)) > 0 ? 1 : -1;
}
long do_write(struct blocked *b)
{
	return write(b->fd, byte, 1);
}
long do_send(struct blocked *b)
{
	return send(b->fd, byte, 1, 0);
}

long do_readv(struct blocked *b)
{
	struct iovec span = {byte, 1};

	return readv(b->fd, &span, 1);
}

long do_recvmsg(struct blocked *b)
{
	struct iovec span = {byte, 1};
	struct msghdr message = {.msg_iov = &span, .msg_iovlen = 1};

	return recvmsg(b->fd, &message, 0);
}

long do_recvmmsg(struct blocked *b)
{
	struct iovec span = {byte, 1};
	struct mmsghdr message = {.msg_hdr = {.msg_iov = &span, .msg_iovlen = 1}};

	return recvmmsg(b->fd, &message, 1, 0, NULL);
}

long do_sendmsg(struct blocked *b)
{
	struct iovec span = {byte, 1};
	struct msghdr message = {.msg_iov = &span, .msg_iovlen = 1};

	return sendmsg(b->fd, &message, 0);
}

long do_connect(struct blocked *b)
{
	struct sockaddr_in a = loopback(b->other);

	return connect(b->fd, (struct sockaddr *)&a, sizeof(a));
}

long do_poll(struct blocked *b)
{
	struct pollfd p = {b->fd, POLLIN, 0};

	return poll(&p, 1, b->wake ? -1 : LIMIT_S * 1000);
}

long do_ppoll(struct blocked *b)
{
	struct pollfd p = {b->fd, POLLIN, 0};
	struct timespec t = limit();
	sigset_t set;

	sigfillset(&set);
	return ppoll(&p, 1, b->wake ? NULL : &t, &set);
}

long do_select(struct blocked *b)
{
	struct timeval t = {.tv_sec = LIMIT_S};
	fd_set set;

	FD_ZERO(&set);
	FD_SET(b->fd, &set);
	return select(b->fd + 1, &set, NULL, NULL, b->wake ? NULL : &t);
}

long do_pselect(struct blocked *b)
{
	struct timespec t = limit();
	fd_set set;
	sigset_t mask;

	FD_ZERO(&set);
	FD_SET(b->fd, &set);
	sigfillset(&mask);
	return pselect(b->fd + 1, &set, NULL, NULL, b->wake ? NULL : &t, &mask);
}

long do_epoll_wait(struct blocked *b)
{
	struct epoll_event event;

	return epoll_wait(b->fd, &event, 1, b->wake ? -1 : LIMIT_S * 1000);
}

long do_epoll_pwait(struct blocked *b)
{
	struct epoll_event event;
	sigset_t set;

	sigfillset(&set);
	return epoll_pwait(b->fd, &event, 1, b->wake ? -1 : LIMIT_S * 1000, &set);
}

long do_epoll_pwait2(struct blocked *b)
{
	struct epoll_event event;
	struct timespec t = limit();

	return syscall(441, b->fd, &event, 1, b->wake ? NULL : &t, NULL, 0);
}

long do_nanosleep(struct blocked *b)
{
	struct timespec t = limit();

	(void)b;
	return nanosleep(&t, NULL);
}

long do_clock_nanosleep(struct blocked *b)
{
	struct timespec t = deadline(CLOCK_MONOTONIC);

	(void)b;
	errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
	return errno ? -1 : 0;
}

long do_futex(struct blocked *b)
{
	struct timespec t = limit();

	return syscall(SYS_futex, &b->futex, FUTEX_WAIT, 0, b->wake ? NULL : &t, NULL, 0);
}

long do_futex_bitset(struct blocked *b)
{
	struct timespec t = deadline(CLOCK_MONOTONIC);

	return syscall(SYS_futex, &b->futex, FUTEX_WAIT_BITSET, 0, b->wake ? NULL : &t,
		       NULL, FUTEX_BITSET_MATCH_ANY);
}

long do_semop(struct blocked *b)
{
	struct sembuf take = {0, -1, 0};

	return semop(b->fd, &take, 1);
}

long do_semtimedop(struct blocked *b)
{
	struct sembuf take = {0, -1, 0};
	struct timespec t = limit();

	return semtimedop(b->fd, &take, 1, b->wake ? NULL : &t);
}

long do_msgrcv(struct blocked *b)
{
	struct message message;

	return msgrcv(b->fd, &message, sizeof(message.text), 0, 0) > 0 ? 1 : -1;
}

long do_msgsnd(struct blocked *b)
{
	struct message message = {.type = 1};

	return msgsnd(b->fd, &message, sizeof(message.text), 0);
}

/* A real-time signal for each of these. */
static sigset_t set_of(const struct blocked *b)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + (b->wake ? 3 : 4));
	return set;
}

long do_sigtimedwait(struct blocked *b)
{
	struct timespec t = limit();
	sigset_t set = set_of(b);

	return sigtimedwait(&set, NULL, b->wake ? NULL : &t) > 0 ? 1 : -1;
}

long do_pause(struct blocked *b)
{
	(void)b;
	return pause();
}

long do_sigsuspend(struct blocked *b)
{
	sigset_t set;

	(void)b;
	sigemptyset(&set);
	return sigsuspend(&set);
}

long do_wait4(struct blocked *b)
{
	int status = 0;

	return waitpid(b->futex, &status, 0) > 0 ? WEXITSTATUS(status) : -1;
}

long do_waitid(struct blocked *b)
{
	siginfo_t info;

	return waitid(P_PID, (id_t)b->futex, &info, WEXITED) == 0 ? info.si_status : -1;
}

long do_flock(struct blocked *b)
{
	return flock(b->fd, LOCK_EX);
}

long do_open_fifo(struct blocked *b)
{
	(void)b;
	return open("fifo", O_RDONLY) >= 0 ? 1 : -1;
}

long do_mq_receive(struct blocked *b)
{
	struct timespec t = deadline(CLOCK_REALTIME);

	return b->wake ? mq_receive(b->fd, byte, sizeof(byte), NULL)
		       : mq_timedreceive(b->fd, byte, sizeof(byte), NULL, &t);
}

long do_io_getevents(struct blocked *b)
{
	struct timespec t = limit();
	struct io_event event;

	return syscall(SYS_io_getevents, (aio_context_t)b->result, 1, 1, &event, &t);
}
