/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_remap_flip.c - the page under the address is exchanged by mmap
 *
 * attack:   a second thread maps the one or the other page of a file at the same place:
 *           no byte is ever written
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   mmap(2) MAP_FIXED
 * root:     no
 */
#include "attack.h"

static int pages = -1;

static void turn(void *state, int side)
{
	mmap(state, 4096, PROT_READ, MAP_SHARED | MAP_FIXED, pages, side * 4096);
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct flipper f;
	void *at = shared_pages(4096);

	pages = (int)syscall(SYS_memfd_create, "addresses", 0);
	if (pwrite(pages, &a.allowed.v6, a.allowed.len, 0) < 0 ||
	    pwrite(pages, &a.denied.v6, a.denied.len, 4096) < 0)
		die("pwrite");
	flip_calls(&f, turn, at);
	race_connect(&a, at, a.denied.len);
	flip_end(&f);
	return 0;
}
