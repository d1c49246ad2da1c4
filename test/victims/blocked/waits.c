/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/waits.c - what the calls wait on
 */
#include "blocked.h"

void make_pair(struct blocked *b)
{
	int pair[2];

	check(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
	b->fd = pair[0];
	b->other = pair[1];
}

static void set_limit(int fd, int option)
{
	struct timeval t = {.tv_sec = LIMIT_S};

	check(setsockopt(fd, SOL_SOCKET, option, &t, sizeof(t)) == 0, "setsockopt");
}

void make_limited_pair(struct blocked *b)
{
	make_pair(b);
	set_limit(b->fd, SO_RCVTIMEO);
	set_limit(b->fd, SO_SNDTIMEO);
}

static void fill(int fd)
{
	char block[4096] = {0};

	while (send(fd, block, sizeof(block), MSG_DONTWAIT) > 0)
		;
}

void make_full_pair(struct blocked *b)
{
	make_pair(b);
	fill(b->fd);
}

void make_limited_full_pair(struct blocked *b)
{
	make_limited_pair(b);
	fill(b->fd);
}

static int listener(int backlog)
{
	struct sockaddr_in a = loopback(-1);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	check(bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0, "bind");
	check(listen(fd, backlog) == 0, "listen");
	return fd;
}

void make_listener(struct blocked *b)
{
	b->fd = listener(8);
}

void make_limited_listener(struct blocked *b)
{
	make_listener(b);
	set_limit(b->fd, SO_RCVTIMEO);
}

/* A listener whose queue is full: the connection of `fd` is not answered. */
void make_connecting(struct blocked *b)
{
	struct sockaddr_in a;

	b->other = listener(0);
	a = loopback(b->other);
	for (int i = 0; i < 3; i++) {
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

		(void)!connect(fd, (struct sockaddr *)&a, sizeof(a));
	}
	usleep(10000);
	b->fd = socket(AF_INET, SOCK_STREAM, 0);
}

void make_limited_connecting(struct blocked *b)
{
	make_connecting(b);
	set_limit(b->fd, SO_SNDTIMEO);
}

void make_pipe(struct blocked *b)
{
	int pair[2];

	check(pipe(pair) == 0, "pipe");
	b->fd = pair[0];
	b->other = pair[1];
}

void make_epoll(struct blocked *b)
{
	struct epoll_event event = {.events = EPOLLIN};
	int source;

	make_pair(b);
	source = b->fd;
	b->fd = epoll_create1(0);
	check(epoll_ctl(b->fd, EPOLL_CTL_ADD, source, &event) == 0, "epoll_ctl");
}

void make_semaphore(struct blocked *b)
{
	b->fd = semget(IPC_PRIVATE, 1, 0600);
	check(b->fd >= 0, "semget");
}

void make_queue(struct blocked *b)
{
	b->fd = msgget(IPC_PRIVATE, 0600);
	check(b->fd >= 0, "msgget");
}

void make_full_queue(struct blocked *b)
{
	struct message message = {.type = 1};

	make_queue(b);
	while (msgsnd(b->fd, &message, sizeof(message.text), IPC_NOWAIT) == 0)
		;
}

void make_inotify(struct blocked *b)
{
	b->fd = inotify_init();
	check(inotify_add_watch(b->fd, ".", IN_CREATE) >= 0, "inotify_add_watch");
}

void make_child(struct blocked *b)
{
	make_pipe(b);
	b->futex = fork();
	if (b->futex == 0) {
		char byte;

		close(b->other);
		(void)!read(b->fd, &byte, 1);
		_exit(7);
	}
	close(b->fd);
}

void make_locked(struct blocked *b)
{
	char path[] = "lock.XXXXXX";

	b->other = mkstemp(path);
	check(b->other >= 0 && flock(b->other, LOCK_EX) == 0, "flock");
	b->fd = open(path, O_RDWR);
	unlink(path);
}

void make_fifo(struct blocked *b)
{
	(void)b;
	check(mkfifo("fifo", 0600) == 0 || errno == EEXIST, "mkfifo");
}

void make_mq(struct blocked *b)
{
	struct mq_attr attr = {.mq_maxmsg = 1, .mq_msgsize = 8};
	char name[32];

	snprintf(name, sizeof(name), "/blocked%d%s", getpid(), b->wake ? "" : "t");
	b->fd = mq_open(name, O_RDWR | O_CREAT, 0600, &attr);
	check(b->fd >= 0, "mq_open");
	mq_unlink(name);
}

void make_eventfd(struct blocked *b)
{
	b->fd = eventfd(0, 0);
}

void make_signalfd(struct blocked *b)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN + 5);
	b->fd = signalfd(-1, &set, 0);
}

void make_timer(struct blocked *b)
{
	struct itimerspec t = {.it_value = limit()};

	b->fd = timerfd_create(CLOCK_MONOTONIC, 0);
	timerfd_settime(b->fd, 0, &t, NULL);
}

void make_aio(struct blocked *b)
{
	aio_context_t context = 0;

	b->fd = (int)syscall(SYS_io_setup, 1, &context);
	b->took = 0;
	b->error = 0;
	b->result = (long)context;
}

/* ---- what the kernel cannot write the rest of the limit back to ---- */

static const struct timespec constant = {.tv_sec = LIMIT_S};
static const struct timeval constant_val = {.tv_sec = LIMIT_S};

long do_ppoll_constant(struct blocked *b)
{
	(void)b;
	return syscall(SYS_ppoll, NULL, 0, &constant, NULL, 8);
}
long do_pselect_constant(struct blocked *b)
{
	(void)b;
	return syscall(SYS_pselect6, 0, NULL, NULL, NULL, &constant, NULL);
}
long do_select_constant(struct blocked *b)
{
	(void)b;
#ifdef SYS_select
	return syscall(SYS_select, 0, NULL, NULL, NULL, &constant_val);
#else
	(void)constant_val;
	return do_pselect_constant(b);
#endif
}

/* ---- a signal with a handler that waits for the end of the call ---- */

static void *send_soon(void *thread)
{
	usleep(20000);
	pthread_kill(*(pthread_t *)thread, SIGUSR1);
	return NULL;
}

long do_epoll_pwait_held_back(struct blocked *b)
{
	struct epoll_event event;
	pthread_t self = pthread_self(), sender;
	sigset_t all;
	long result;

	sigfillset(&all);
	check(pthread_create(&sender, NULL, send_soon, &self) == 0, "sender");
	result = epoll_pwait(b->fd, &event, 1, LIMIT_S * 1000, &all);
	pthread_join(sender, NULL);
	return result;
}
