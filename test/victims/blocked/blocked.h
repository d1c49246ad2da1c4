/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/blocked.h - one call that blocks, what it waits on, and what ends it
 */
#ifndef NETJAIL_TEST_BLOCKED_H
#define NETJAIL_TEST_BLOCKED_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LIMIT_S 2

struct blocked {
	const char *name;
	void (*prepare)(struct blocked *b);
	long (*call)(struct blocked *b);
	void (*wake)(struct blocked *b); /* NULL: it has a time limit */
	int fd, other;
	pthread_t thread;
	long result;
	int error;
	double start, took;
	volatile int futex;
};

struct message {
	long type;
	char text[4096];
};

static inline void check(int ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	exit(2);
}

static inline struct timespec limit(void)
{
	return (struct timespec){.tv_sec = LIMIT_S};
}

static inline struct sockaddr_in loopback(int fd)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t len = sizeof(a);

	if (fd >= 0)
		getsockname(fd, (struct sockaddr *)&a, &len);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return a;
}

void make_pair(struct blocked *b);
void make_limited_pair(struct blocked *b);
void make_full_pair(struct blocked *b);
void make_limited_full_pair(struct blocked *b);
void make_listener(struct blocked *b);
void make_limited_listener(struct blocked *b);
void make_connecting(struct blocked *b);
void make_limited_connecting(struct blocked *b);
void make_pipe(struct blocked *b);
void make_epoll(struct blocked *b);
void make_semaphore(struct blocked *b);
void make_queue(struct blocked *b);
void make_full_queue(struct blocked *b);
void make_inotify(struct blocked *b);
void make_child(struct blocked *b);
void make_locked(struct blocked *b);
void make_fifo(struct blocked *b);
void make_mq(struct blocked *b);
void make_eventfd(struct blocked *b);
void make_signalfd(struct blocked *b);
void make_timer(struct blocked *b);
void make_aio(struct blocked *b);
long do_accept(struct blocked *b);
long do_recv(struct blocked *b);
long do_read(struct blocked *b);
long do_write(struct blocked *b);
long do_send(struct blocked *b);
long do_readv(struct blocked *b);
long do_recvmsg(struct blocked *b);
long do_recvmmsg(struct blocked *b);
long do_sendmsg(struct blocked *b);
long do_connect(struct blocked *b);
long do_poll(struct blocked *b);
long do_ppoll(struct blocked *b);
long do_select(struct blocked *b);
long do_pselect(struct blocked *b);
long do_epoll_wait(struct blocked *b);
long do_epoll_pwait(struct blocked *b);
long do_epoll_pwait2(struct blocked *b);
long do_epoll_pwait_held_back(struct blocked *b);
long do_ppoll_constant(struct blocked *b);
long do_select_constant(struct blocked *b);
long do_pselect_constant(struct blocked *b);
long do_nanosleep(struct blocked *b);
long do_clock_nanosleep(struct blocked *b);
long do_futex(struct blocked *b);
long do_futex_bitset(struct blocked *b);
long do_semop(struct blocked *b);
long do_semtimedop(struct blocked *b);
long do_msgrcv(struct blocked *b);
long do_msgsnd(struct blocked *b);
long do_sigtimedwait(struct blocked *b);
long do_pause(struct blocked *b);
long do_sigsuspend(struct blocked *b);
long do_wait4(struct blocked *b);
long do_waitid(struct blocked *b);
long do_flock(struct blocked *b);
long do_open_fifo(struct blocked *b);
long do_mq_receive(struct blocked *b);
long do_io_getevents(struct blocked *b);
void wake_write(struct blocked *b);
void wake_event(struct blocked *b);
void wake_drain(struct blocked *b);
void wake_connect(struct blocked *b);
void wake_shutdown(struct blocked *b);
void wake_futex(struct blocked *b);
void wake_semaphore(struct blocked *b);
void wake_send(struct blocked *b);
void wake_receive(struct blocked *b);
void wake_create(struct blocked *b);
void wake_handler(struct blocked *b);
void wake_rt3(struct blocked *b);
void wake_rt5(struct blocked *b);
void wake_close(struct blocked *b);
void wake_unlock(struct blocked *b);
void wake_open(struct blocked *b);
void wake_mq(struct blocked *b);

/* moves.c */
long do_preadv2(struct blocked *b);
long do_pwritev2(struct blocked *b);
long do_writev(struct blocked *b);
long do_sendmmsg(struct blocked *b);
long do_recvmmsg_limit(struct blocked *b);
long do_accept4(struct blocked *b);
long do_splice_from(struct blocked *b);
long do_splice_to(struct blocked *b);
long do_tee(struct blocked *b);
long do_sendfile(struct blocked *b);
long do_lock(struct blocked *b);
long do_ofd_lock(struct blocked *b);
void make_ofd_locked(struct blocked *b);
void wake_ofd(struct blocked *b);
long do_mq_send(struct blocked *b);
void make_full_mq(struct blocked *b);
void wake_mq_full(struct blocked *b);
void make_full_pipe(struct blocked *b);
long do_write_other(struct blocked *b);
void wake_pipe_full(struct blocked *b);
void make_limited_udp(struct blocked *b);
long do_sleep_relative(struct blocked *b);
void make_pi(struct blocked *b);
long do_lock_pi(struct blocked *b);
void wake_pi(struct blocked *b);

/* rings.c */
long do_io_pgetevents(struct blocked *b);
void make_ring(struct blocked *b);
long do_ring(struct blocked *b);
long do_futex_waitv(struct blocked *b);

#endif
