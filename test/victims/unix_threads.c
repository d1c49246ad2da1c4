/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/unix_threads.c - threads that send datagrams over AF_UNIX, without a pause
 *
 * usage: unix_threads COUNT
 * Prints "ready", goes on until SIGTERM, then prints "failed=N": the calls that did not do what
 * they do natively.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define THREADS_MAX 64

static volatile sig_atomic_t ended;
static atomic_long failed;

static void on_term(int sig)
{
	(void)sig;
	ended = 1;
}

static void *send_all_the_time(void *arg)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	int in = socket(AF_UNIX, SOCK_DGRAM, 0), out = socket(AF_UNIX, SOCK_DGRAM, 0);
	int len = snprintf(to.sun_path + 1, sizeof(to.sun_path) - 1,
			   "unix_threads %d %ld", getpid(), (long)arg);
	socklen_t size = (socklen_t)(sizeof(sa_family_t) + 1 + (size_t)len);
	char byte = 'x';

	if (bind(in, (struct sockaddr *)&to, size) != 0)
		failed++;
	while (!ended) {
		if (sendto(out, &byte, 1, 0, (struct sockaddr *)&to, size) != 1 ||
		    recv(in, &byte, 1, MSG_DONTWAIT) != 1) {
			printf("%s\n", strerror(errno));
			failed++;
		}
	}
	return NULL;
}

int main(int argc, char **argv)
{
	struct sigaction term = {.sa_handler = on_term, .sa_flags = SA_RESTART};
	int count = argc > 1 ? atoi(argv[1]) : 1;
	pthread_t threads[THREADS_MAX];

	sigaction(SIGTERM, &term, NULL);
	for (long i = 0; i < count && i < THREADS_MAX; i++)
		pthread_create(&threads[i], NULL, send_all_the_time, (void *)i);
	puts("ready");
	fflush(stdout);
	for (long i = 0; i < count && i < THREADS_MAX; i++)
		pthread_join(threads[i], NULL);
	printf("failed=%ld\n", (long)failed);
	return failed != 0;
}
