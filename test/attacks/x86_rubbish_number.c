/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_rubbish_number.c - rubbish in the upper half of the number of the
 * call
 *
 * attack:   the kernel looks at the lower 32 bits of rax; a filter or tracer that looks
 *           at 64 sees no connect
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   arch/x86/entry/entry_64.S: movslq %eax, %rsi
 * root:     no
 */
#include "attack.h"

static long raw_call(unsigned long nr, long one, const void *two, unsigned long three)
{
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(nr), "D"(one), "S"(two), "d"(three)
			 : "rcx", "r11", "memory");
	return result;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_tcp(a.denied.sa.sa_family);

	printf("connect: %ld\n", raw_call(0xdeadbeef00000000ul | SYS_connect, fd,
					  &a.denied.v6, a.denied.len));
	return 0;
}
