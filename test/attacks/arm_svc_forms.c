/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/arm_svc_forms.c - the forms that a system call instruction has in AArch32
 *
 * attack:   connect(2) by svc with a number in the instruction, which the kernel ignores, and by
 *           the two bytes of Thumb
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   arch/arm64/kernel/syscall.c do_el0_svc_compat; syscall(2) on arm/OABI
 * root:     no
 */
#include "attack.h"

#define SVC(name, insn)                                                                  \
	static long name(long nr, long fd, const void *at, long len)                     \
	{                                                                                \
		register long r0 __asm__("r0") = fd;                                     \
		register const void *r1 __asm__("r1") = at;                              \
		register long r2 __asm__("r2") = len;                                    \
                                                                                         \
		__asm__ volatile("push {r7}\n\tmov r7, %[nr]\n\t" insn "\n\tpop {r7}"     \
				 : "+r"(r0)                                              \
				 : [nr] "r"(nr), "r"(r1), "r"(r2)                        \
				 : "memory");                                            \
		return r0;                                                               \
	}

/* 0x900000 and the number is what the old ABI had in the instruction. */
SVC(by_arm, "svc #0x90011b")

__attribute__((target("thumb"), noinline)) SVC(by_thumb, "svc #0")

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	long (*const forms[])(long, long, const void *, long) = {by_arm, by_thumb};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		printf("form %zu: %ld\n", i,
		       forms[i](SYS_connect, open_tcp(a.denied.sa.sa_family),
				&a.denied.v6, a.denied.len));
	return 0;
}
