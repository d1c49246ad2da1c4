/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_brk_before.c - the sealed page is mapped into what brk(2) can take away
 *
 * attack:   the bounds of the heap are laid around the only room for the page before it is mapped
 * expect:   silent control=none
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   prctl(2) PR_SET_MM_MAP, brk(2), mm/mmap.c
 * root:     no
 */
#include "heap.h"

static uint64_t heap;

/* The only room of its size between what is mapped. */
static void make_room(void)
{
	uint8_t *around = mmap(NULL, 4 * PAGE_SIZE_ALL, PROT_NONE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (around == MAP_FAILED)
		die("mmap");
	heap = (uint64_t)around + PAGE_SIZE_ALL;
	munmap(around + PAGE_SIZE_ALL, PAGE_SIZE_ALL);
	saw("move the heap", heap_move(heap, heap + PAGE_SIZE_ALL));
}

static int open_up(struct page *p)
{
	syscall(SYS_brk, heap);
	return page_settle(p, PAGE_SIZE_ALL);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	struct sockaddr_un allowed;

	usage_unless(argc >= 3, "attack ALLOWED DENIED [TRIES]");
	allowed = unix_name(argv[1]);
	make_room();
	if (tracer_pid() && page_connect(&allowed) < 0) {
		puts("no page comes there");
		return 0;
	}
	return page_attack(argc, argv, &technique);
}
