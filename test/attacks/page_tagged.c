/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_tagged.c - munmap(2) of the sealed page by an address with a tag
 *
 * attack:   the top byte of the address is set, which the kernel takes away (arm64)
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   Documentation/arch/arm64/tagged-address-abi.rst, mm/mmap.c untagged_addr
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	uint64_t tagged = (uint64_t)p->at | UINT64_C(0x55) << 56;

	if (syscall(SYS_munmap, tagged, PAGE_SIZE_ALL) < 0)
		return -1;
	return page_settle(p, PAGE_SIZE_ALL);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
