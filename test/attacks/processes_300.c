/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/processes_300.c - 300 processes attack at once, and none may lose its
 * exit status
 *
 * attack:   a process flips an address that 300 others share, each of which connects to
 *           it, sends, and ends with a status of its own
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   issue "Nothing gets past": 300 processes attacking at once
 * root:     no
 */
#include "attack.h"

#define PROCESSES 300

static struct endpoint *at;

static void flip_for_ever(const struct attack *a)
{
	for (unsigned i = 0;; i++) {
		put_image(&at->v6, i & 1 ? &a->denied.v6 : &a->allowed.v6, a->denied.len);
		pause_for(20 << (i / 64 % 8));
	}
}

static void hammer(const struct attack *a, int number)
{
	for (int i = 0; i < (a->tries + PROCESSES - 1) / PROCESSES; i++) {
		visit_once(at);
		sendto(open_udp(a->denied.sa.sa_family), "x", 1, MSG_DONTWAIT, &at->sa,
		       a->denied.len);
	}
	_exit(number % 200 + 1);
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	pid_t children[PROCESSES], flipping;
	int wrong = 0;

	at = shared_pages(4096);
	*at = a.allowed;
	flipping = fork();
	if (flipping == 0)
		flip_for_ever(&a);
	for (int i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		if (children[i] < 0)
			die("fork");
		if (children[i] == 0)
			hammer(&a, i);
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = -1;

		waitpid(children[i], &status, 0);
		wrong += !WIFEXITED(status) || WEXITSTATUS(status) != i % 200 + 1;
	}
	kill(flipping, SIGKILL);
	waitpid(flipping, NULL, 0);
	printf("%d of %d ended otherwise than they said\n", wrong, PROCESSES);
	return wrong != 0;
}
