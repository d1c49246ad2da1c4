/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/connect_threads.c - connects from 64 threads at once and counts how each
 * one fared
 */
#include "victim.h"
#include <pthread.h>

#define THREADS 64

static struct endpoint target;
static pthread_barrier_t start;

static void *client(void *arg)
{
	int *ret_err = arg;
	int fd = socket_for(&target, SOCK_STREAM);

	pthread_barrier_wait(&start);
	*ret_err = connect(fd, &target.sa, target.len) < 0 ? errno : 0;
	close(fd);
	return NULL;
}

int main(int argc, char **argv)
{
	pthread_t threads[THREADS];
	int errs[THREADS];
	int connected = 0;
	int refused = 0;

	usage_unless(argc == 3, "connect_threads ADDRESS PORT");
	target = endpoint_from(argv[1], argv[2]);
	pthread_barrier_init(&start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++) {
		errno = pthread_create(&threads[i], NULL, client, &errs[i]);
		if (errno)
			die("pthread_create");
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		connected += errs[i] == 0;
		refused += errs[i] == ECONNREFUSED;
	}
	printf("%d connected, %d: Connection refused\n", connected, refused);
	return connected == THREADS ? 0 : 1;
}
