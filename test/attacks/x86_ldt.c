/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_ldt.c - a code segment of its own making
 *
 * attack:   modify_ldt makes a 32-bit code segment with another selector than 0x23; the
 *           call is made from there
 * expect:   silent control=reached
 * event:    compat-syscall
 * source:   modify_ldt(2); engine.md "a code segment switched by LDT"
 * root:     no
 */
#include "compat.h"
#include <asm/ldt.h>

/* int $0x80; lret */
static const unsigned char code[] = {0xcd, 0x80, 0xcb};

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char *pages = low_pages();
	struct endpoint *at = (struct endpoint *)(pages + 4096);
	struct user_desc segment = {.entry_number = 0,
				    .limit = 0xfffff,
				    .seg_32bit = 1,
				    .contents = MODIFY_LDT_CONTENTS_CODE,
				    .limit_in_pages = 1};
	int fd = open_tcp(a.denied.sa.sa_family);
	long args[3] = {fd, low(&at->v6), a.denied.len};

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof(segment)) != 0)
		lacks("modify_ldt");
	memcpy(pages, code, sizeof(code));
	*at = a.denied;
	printf("connect: %ld\n", far_call(pages, 0x07, 362, args));
	return 0;
}
