/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_far_syscall.c - a 64-bit program jumps into 32-bit code and uses
 * SYSCALL there
 *
 * attack:   SYSCALL in compatibility mode enters the kernel by another gate than int 0x80
 *           (AMD processors only)
 * expect:   silent control=reached
 * event:    compat-syscall
 * source:   arch/x86/entry/entry_64_compat.S entry_SYSCALL_compat
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

/* 32-bit code, entered with ebx, ecx, edx set: ESP is as it was; mov ebp, ecx and SYSCALL; far
 * return to 64 bit */
static const unsigned char enter_syscall[] = {0x89, 0xcd, 0x0f, 0x05, 0xcb};

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
	uint32_t *stack = (uint32_t *)(pages + 32768);
	int fd = open_tcp(a.denied.sa.sa_family);
	pid_t child = fork();

	if (child > 0) {
		errno = ENOSYS;
		if (await(child, "the calling child") < 0)
			lacks("SYSCALL in 32-bit code");
		return 0;
	}
	memcpy(pages, enter_syscall, sizeof(enter_syscall));
	*at = a.denied;
	printf("connect: %ld\n",
	       far_call(pages, 0x23, stack, 362, fd, low(&at->v6), at->len));
	return 0;
}
