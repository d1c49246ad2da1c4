/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_write_only.c - a connected socket received into memory that only the
 * kernel can read
 *
 * attack:   recvmsg with its header and control data in a page of PROT_WRITE alone, which a
 *           tracer cannot read
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   mm/gup.c check_vma_flags; unix(7) SCM_RIGHTS
 * root:     no
 * helper:   yes
 */
#include "receive.h"

int main(int argc, char **argv)
{
	struct place *page = door_pages(1);
	int from;

	door_target(argc, argv);
	from = ask_socket(page, 'u');
	if (mprotect(page, sizeof(*page), PROT_WRITE) < 0)
		skip("mprotect");
	saw("recvmsg", recvmsg(from, &page->batch[0].msg_hdr, 0));
	mprotect(page, sizeof(*page), PROT_READ | PROT_WRITE);
	use_descriptor(received(&page->batch[0].msg_hdr));
	return 0;
}
