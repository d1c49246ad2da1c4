/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_scm_handed.c - a connected stream from outside that is handed on
 * inside while it arrives
 *
 * attack:   the helper's stream is received; meanwhile a thread, its forks and its own
 *           copies of the descriptors pass on whatever the number is by then, as a server
 *           does with what it has accepted; then the receiver writes
 * expect:   silent control=none
 * event:    fd-passed-in
 * tries:    1200
 * witness:  output
 * source:   unix(7) SCM_RIGHTS, unshare(2) CLONE_FILES
 * root:     no
 * helper:   yes
 */
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

#include "door.h"

/* The connection to the helper takes the number before. */
#define SLOT 60

static int pair[2];
static volatile int *receiving;

static void pass_slot(void)
{
	pass_fd(pair[0], SLOT, (char[]){"x"}, 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* The pair takes few descriptors in flight: they are read away unseen. */
static void drain(void)
{
	char bytes[64];

	while (read(pair[1], bytes, sizeof(bytes)) > 0)
		;
}

static void *hand_on(void *unused)
{
	while (*receiving) {
		pass_slot();
		drain();
	}
	return unused;
}

/* Copies of the table, made at any moment of the receive. */
static void *fork_and_hand_on(void *unused)
{
	while (*receiving) {
		pid_t pid = fork();

		if (pid == 0) {
			pass_slot();
			_exit(0);
		}
		if (pid > 0)
			waitpid(pid, NULL, 0);
		drain();
	}
	return unused;
}

static void *unshare_and_hand_on(void *unused)
{
	unshare(CLONE_FILES);
	for (int i = 0; *receiving && i < 20; i++)
		pass_slot();
	return unused;
}

/* All numbers below are taken, so that the stream arrives at SLOT. */
static void fill_numbers(void)
{
	int fd;

	while ((fd = fcntl(0, F_DUPFD, 3)) >= 0 && fd < SLOT - 2)
		;
}

static bool attempt(const struct outside *outside, int number)
{
	static void *(*const ways[])(void *) = {hand_on, fork_and_hand_on,
						unshare_and_hand_on};
	pthread_t thread;
	int got = -1;
	char byte;
	bool leaks;

	*receiving = 1;
	if (pthread_create(&thread, NULL, ways[number % 3], NULL) != 0)
		skip("pthread_create");
	got = ask_outside(outside, 's', &byte, 1);
	leaks = got >= 0 && write(got, "leak", 4) == 4;
	*receiving = 0;
	pthread_join(thread, NULL);
	if (got >= 0)
		close(got);
	drain();
	return leaks;
}

int main(int argc, char **argv)
{
	struct outside outside = find_outside();
	int tries = door_tries(argc, argv, 1200), leaks = 0;

	door_target(argc, argv);
	signal(SIGPIPE, SIG_IGN);
	receiving = mmap(NULL, sizeof(*receiving), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) < 0)
		skip("socketpair");
	fill_numbers();
	for (int i = 0; i < tries; i++)
		leaks += attempt(&outside, i);
	if (leaks)
		printf("leak: %d of %d streams from outside stayed open\n", leaks, tries);
	return 0;
}
