/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/blocked/wakes.c - what ends the calls that have no time limit
 */
#include "blocked.h"

static char byte[4096];

void wake_write(struct blocked *b)
{
	(void)!write(b->other, byte, 8);
}
void wake_event(struct blocked *b)
{
	uint64_t one = 1;

	(void)!write(b->fd, &one, sizeof(one));
}
void wake_drain(struct blocked *b)
{
	for (int i = 0; i < 400; i++)
		(void)!recv(b->other, byte, sizeof(byte), MSG_DONTWAIT);
}
void wake_connect(struct blocked *b)
{
	struct sockaddr_in a = loopback(b->fd);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)!connect(fd, (struct sockaddr *)&a, sizeof(a));
}
void wake_shutdown(struct blocked *b)
{
	shutdown(b->fd, SHUT_RDWR);
}
void wake_futex(struct blocked *b)
{
	syscall(SYS_futex, &b->futex, FUTEX_WAKE, 1);
}
void wake_semaphore(struct blocked *b)
{
	struct sembuf give = {0, 1, 0};

	semop(b->fd, &give, 1);
}
void wake_send(struct blocked *b)
{
	struct message message = {.type = 1};

	msgsnd(b->fd, &message, 8, 0);
}
void wake_receive(struct blocked *b)
{
	struct message message;

	(void)!msgrcv(b->fd, &message, sizeof(message.text), 0, 0);
}
void wake_create(struct blocked *b)
{
	(void)b;
	close(open("made", O_CREAT | O_RDWR, 0600));
}
void wake_handler(struct blocked *b)
{
	pthread_kill(b->thread, SIGUSR1);
}
void wake_rt3(struct blocked *b)
{
	pthread_kill(b->thread, SIGRTMIN + 3);
}
void wake_rt5(struct blocked *b)
{
	pthread_kill(b->thread, SIGRTMIN + 5);
}
void wake_close(struct blocked *b)
{
	close(b->other);
}
void wake_unlock(struct blocked *b)
{
	flock(b->other, LOCK_UN);
}
void wake_open(struct blocked *b)
{
	(void)b;
	(void)!open("fifo", O_WRONLY);
}
void wake_mq(struct blocked *b)
{
	mq_send(b->fd, byte, 1, 0);
}
