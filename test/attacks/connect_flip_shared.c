/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_flip_shared.c - another process flips the address in shared
 * memory
 *
 * attack:   sockaddr lies in a page that a child shares and writes: no stop of the own
 *           threads helps
 * expect:   silent control=reached
 * event:    sockaddr-race
 * family:   4 6
 * tries:    20000
 * source:   engine.md "The rule that everything follows from"; mmap(2)
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint *at = shared_pages(4096);
	pid_t child;

	*at = a.allowed;
	child = fork();
	if (child == 0)
		for (unsigned i = 0;; i++) {
			put_image(&at->v6, i & 1 ? &a.denied.v6 : &a.allowed.v6,
				  a.denied.len);
			pause_for(20 << (i / 64 % 8));
		}
	race_connect(&a, &at->sa, a.denied.len);
	kill(child, SIGKILL);
	await(child, "the flipping process");
	return 0;
}
