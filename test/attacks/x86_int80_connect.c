/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_connect.c - a 64-bit program calls connect(2) by its 32-bit
 * number
 *
 * attack:   int 0x80 with 362: other number, other registers, the same socket
 * expect:   silent control=reached
 * event:    compat-syscall
 * family:   4 6
 * source:   arch/x86/entry/syscalls/syscall_32.tbl; engine.md "int 0x80"
 * root:     no
 */
#include "attack.h"

/* What a 32-bit call can point to. */
static void *low_pages(void)
{
	void *pages = mmap(NULL, 65536, PROT_READ | PROT_WRITE | PROT_EXEC,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	if (pages == MAP_FAILED)
		die("mmap");
	return pages;
}

static uint32_t low(const void *p)
{
	return (uint32_t)(uintptr_t)p;
}

static long int80(long nr, long one, long two, long three)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(nr), "b"(one), "c"(two), "d"(three)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct endpoint *at = low_pages();
	int fd = open_tcp(a.denied.sa.sa_family);

	*at = a.denied;
	printf("int 0x80 connect: %ld\n", int80(362, fd, low(&at->v6), at->len));
	return 0;
}
