/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_io_destroy.c - io_destroy(2) takes away what lies where its ring was
 *
 * attack:   all of a ring but its first page is unmapped, the sealed page comes there, io_destroy(2) unmaps the ring
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   io_destroy(2), fs/aio.c kill_ioctx
 * root:     no
 */
#include <linux/aio_abi.h>

#include "page.h"

static aio_context_t ring;

static void make_room(void)
{
	if (syscall(SYS_io_setup, PAGE_SIZE_ALL / 64, &ring) < 0)
		skip("no ring of asynchronous input and output so large");
	munmap((uint8_t *)ring + 4096, PAGE_SIZE_ALL);
}

static int open_up(struct page *p)
{
	if (p->at < (uint8_t *)ring || p->at > (uint8_t *)ring + 8192) {
		errno = EEXIST;
		return -1;
	}
	if (syscall(SYS_io_destroy, ring) < 0)
		return -1;
	return page_settle(p, PAGE_SIZE_ALL);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	make_room();
	return page_attack(argc, argv, &technique);
}
