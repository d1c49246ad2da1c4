/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/main.c - one thread in each call that blocks, with and without a time limit
 *
 * usage: blocked
 * Prints "ready", waits for a line on standard input, then ends the calls that have no limit, and
 * prints a line a call: its result. "early" is one that ended before its limit.
 */
#include "blocked.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#define ROW(name, prepare, call, wake)                                                   \
	{                                                                                \
		name, prepare, call, wake, -1, -1, 0, 0, 0, 0, 0, 0                      \
	}

static struct blocked table[] = {
	ROW("accept", make_listener, do_accept, wake_connect),
	ROW("accept SO_RCVTIMEO", make_limited_listener, do_accept, NULL),
	ROW("recv", make_pair, do_recv, wake_write),
	ROW("recv SO_RCVTIMEO", make_limited_pair, do_recv, NULL),
	ROW("recvmsg", make_pair, do_recvmsg, wake_write),
	ROW("recvmsg SO_RCVTIMEO", make_limited_pair, do_recvmsg, NULL),
	ROW("recvmmsg", make_pair, do_recvmmsg, wake_write),
	ROW("recvmmsg SO_RCVTIMEO", make_limited_pair, do_recvmmsg, NULL),
	ROW("read socket", make_pair, do_read, wake_write),
	ROW("read socket SO_RCVTIMEO", make_limited_pair, do_read, NULL),
	ROW("readv socket SO_RCVTIMEO", make_limited_pair, do_readv, NULL),
	ROW("send", make_full_pair, do_send, wake_drain),
	ROW("send SO_SNDTIMEO", make_limited_full_pair, do_send, NULL),
	ROW("sendmsg", make_full_pair, do_sendmsg, wake_drain),
	ROW("sendmsg SO_SNDTIMEO", make_limited_full_pair, do_sendmsg, NULL),
	ROW("write socket SO_SNDTIMEO", make_limited_full_pair, do_write, NULL),
	ROW("connect", make_connecting, do_connect, wake_shutdown),
	ROW("connect SO_SNDTIMEO", make_limited_connecting, do_connect, NULL),
	ROW("read pipe", make_pipe, do_read, wake_write),
	ROW("read inotify", make_inotify, do_read, wake_create),
	ROW("read eventfd", make_eventfd, do_read, wake_event),
	ROW("read signalfd", make_signalfd, do_read, wake_rt5),
	ROW("read timerfd", make_timer, do_read, NULL),
	ROW("poll", make_pair, do_poll, wake_write),
	ROW("poll limit", make_pair, do_poll, NULL),
	ROW("ppoll", make_pair, do_ppoll, wake_write),
	ROW("ppoll limit", make_pair, do_ppoll, NULL),
	ROW("select", make_pair, do_select, wake_write),
	ROW("select limit", make_pair, do_select, NULL),
	ROW("pselect limit", make_pair, do_pselect, NULL),
	ROW("epoll_wait", make_epoll, do_epoll_wait, wake_write),
	ROW("epoll_wait limit", make_epoll, do_epoll_wait, NULL),
	ROW("epoll_pwait", make_epoll, do_epoll_pwait, wake_write),
	ROW("epoll_pwait limit", make_epoll, do_epoll_pwait, NULL),
	ROW("epoll_pwait2", make_epoll, do_epoll_pwait2, wake_write),
	ROW("epoll_pwait2 limit", make_epoll, do_epoll_pwait2, NULL),
	ROW("nanosleep", NULL, do_nanosleep, NULL),
	ROW("clock_nanosleep", NULL, do_clock_nanosleep, NULL),
	ROW("futex", NULL, do_futex, wake_futex),
	ROW("futex limit", NULL, do_futex, NULL),
	ROW("futex bitset", NULL, do_futex_bitset, wake_futex),
	ROW("futex bitset limit", NULL, do_futex_bitset, NULL),
	ROW("semop", make_semaphore, do_semop, wake_semaphore),
	ROW("semtimedop", make_semaphore, do_semtimedop, wake_semaphore),
	ROW("semtimedop limit", make_semaphore, do_semtimedop, NULL),
	ROW("msgrcv", make_queue, do_msgrcv, wake_send),
	ROW("msgsnd", make_full_queue, do_msgsnd, wake_receive),
	ROW("sigwaitinfo", NULL, do_sigtimedwait, wake_rt3),
	ROW("sigtimedwait limit", NULL, do_sigtimedwait, NULL),
	ROW("pause", NULL, do_pause, wake_handler),
	ROW("sigsuspend", NULL, do_sigsuspend, wake_handler),
	ROW("wait4", make_child, do_wait4, wake_close),
	ROW("waitid", make_child, do_waitid, wake_close),
	ROW("flock", make_locked, do_flock, wake_unlock),
	ROW("open fifo", make_fifo, do_open_fifo, wake_open),
	ROW("mq_receive", make_mq, do_mq_receive, wake_mq),
	ROW("mq_timedreceive", make_mq, do_mq_receive, NULL),
	ROW("io_getevents limit", make_aio, do_io_getevents, NULL),
	ROW("recv UDP SO_RCVTIMEO", make_limited_udp, do_recv, NULL),
	ROW("preadv2 socket SO_RCVTIMEO", make_limited_pair, do_preadv2, NULL),
	ROW("pwritev2 socket SO_SNDTIMEO", make_limited_full_pair, do_pwritev2, NULL),
	ROW("writev socket SO_SNDTIMEO", make_limited_full_pair, do_writev, NULL),
	ROW("sendmmsg SO_SNDTIMEO", make_limited_full_pair, do_sendmmsg, NULL),
	ROW("recvmmsg with a limit", make_pair, do_recvmmsg_limit, wake_write),
	ROW("accept4 SO_RCVTIMEO", make_limited_listener, do_accept4, NULL),
	ROW("splice from socket", make_pair, do_splice_from, wake_write),
	ROW("splice from socket SO_RCVTIMEO", make_limited_pair, do_splice_from, NULL),
	ROW("splice to socket SO_SNDTIMEO", make_limited_full_pair, do_splice_to, NULL),
	ROW("splice from pipe", make_pipe, do_splice_from, wake_write),
	ROW("tee", make_pipe, do_tee, wake_write),
	ROW("sendfile to socket", make_full_pair, do_sendfile, wake_drain),
	ROW("sendfile to socket SO_SNDTIMEO", make_limited_full_pair, do_sendfile, NULL),
	ROW("fcntl F_OFD_SETLKW", make_ofd_locked, do_ofd_lock, wake_ofd),
	ROW("fcntl F_SETLKW", make_ofd_locked, do_lock, wake_ofd),
	ROW("mq_send", make_full_mq, do_mq_send, wake_mq_full),
	ROW("mq_timedsend", make_full_mq, do_mq_send, NULL),
	ROW("write pipe", make_full_pipe, do_write_other, wake_pipe_full),
	ROW("clock_nanosleep relative", NULL, do_sleep_relative, NULL),
	ROW("futex PI", make_pi, do_lock_pi, wake_pi),
	ROW("futex PI limit", make_pi, do_lock_pi, NULL),
	ROW("io_pgetevents limit", make_aio, do_io_pgetevents, NULL),
	ROW("io_uring_enter limit", make_ring, do_ring, NULL),
	ROW("futex_waitv", NULL, do_futex_waitv, wake_futex),
	ROW("futex_waitv limit", NULL, do_futex_waitv, NULL),
	ROW("ppoll, its limit read-only", NULL, do_ppoll_constant, NULL),
	ROW("select, its limit read-only", NULL, do_select_constant, NULL),
	ROW("pselect, its limit read-only", NULL, do_pselect_constant, NULL),
	ROW("epoll_pwait, a signal held back", make_epoll, do_epoll_pwait_held_back,
	    NULL),
};

#define COUNT (sizeof(table) / sizeof(table[0]))

static void *block(void *arg)
{
	struct blocked *b = arg;

	errno = 0;
	b->result = b->call(b);
	b->error = b->result < 0 ? errno : 0;
	b->took = now() - b->start;
	return NULL;
}

static void on_signal(int sig)
{
	(void)sig;
}

static void print(const struct blocked *b)
{
	int early = !b->wake && b->took < LIMIT_S - 0.05;

	printf("%s: %ld%s%s%s\n", b->name, b->result, b->error ? " " : "",
	       b->error ? strerrorname_np(b->error) : "", early ? " early" : "");
}

int main(void)
{
	struct sigaction handler = {.sa_handler = on_signal};
	sigset_t set;
	char line[16];

	sigemptyset(&set);
	for (int i = 3; i <= 5; i++)
		sigaddset(&set, SIGRTMIN + i);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(SIGUSR1, &handler, NULL);
	/* A timer runs from there on. */
	for (size_t i = 0; i < COUNT; i++) {
		table[i].start = now();
		if (table[i].prepare)
			table[i].prepare(&table[i]);
	}
	for (size_t i = 0; i < COUNT; i++)
		check(pthread_create(&table[i].thread, NULL, block, &table[i]) == 0,
		      "thread");
	usleep(50000);
	puts("ready");
	fflush(stdout);
	(void)!fgets(line, sizeof(line), stdin);
	for (size_t i = 0; i < COUNT; i++)
		if (table[i].wake)
			table[i].wake(&table[i]);
	for (size_t i = 0; i < COUNT; i++) {
		pthread_join(table[i].thread, NULL);
		print(&table[i]);
	}
	for (size_t i = 0; i < COUNT; i++) {
		if (table[i].prepare == make_semaphore)
			semctl(table[i].fd, 0, IPC_RMID);
		if (table[i].prepare == make_queue || table[i].prepare == make_full_queue)
			msgctl(table[i].fd, IPC_RMID, NULL);
	}
	return 0;
}
