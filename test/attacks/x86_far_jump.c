/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_far_jump.c - a 64-bit program jumps into 32-bit code and calls from
 * there
 *
 * attack:   a far call to the code segment 0x23 and int 0x80 in it: the task is 32-bit
 *           while it calls
 * expect:   silent control=reached
 * event:    compat-syscall
 * source:   arch/x86/entry/syscalls/syscall_32.tbl; engine.md "int 0x80"
 * root:     no
 */
#include "compat.h"

/* int $0x80; lret */
static const unsigned char code[] = {0xcd, 0x80, 0xcb};

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char *pages = low_pages();
	struct endpoint *at = (struct endpoint *)(pages + 4096);
	int fd = open_tcp(a.denied.sa.sa_family);
	long args[3] = {fd, low(&at->v6), a.denied.len};

	memcpy(pages, code, sizeof(code));
	*at = a.denied;
	printf("connect: %ld\n", far_call(pages, 0x23, 362, args));
	return 0;
}
