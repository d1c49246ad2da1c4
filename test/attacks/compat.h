/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/compat.h - 32-bit calls from a 64-bit program, by int 0x80 and far calls
 */
#ifndef NETJAIL_TEST_COMPAT_H
#define NETJAIL_TEST_COMPAT_H

#include "attack.h"
#include <linux/net.h>

/* What a 32-bit call needs in low memory, with places for what socketcall(2) reads. */
struct place {
	struct endpoint ep, other;
	uint32_t args[6];
	uint32_t msg[7];
	uint32_t iov[2];
	char byte[4];
};

/* What a 32-bit call can point to. */
static inline void *low_pages(void)
{
	void *pages = mmap(NULL, 65536, PROT_READ | PROT_WRITE | PROT_EXEC,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	if (pages == MAP_FAILED)
		die("mmap");
	return pages;
}

static inline uint32_t low(const void *p)
{
	return (uint32_t)(uintptr_t)p;
}

static inline long int80(long nr, long one, long two, long three)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(nr), "b"(one), "c"(two), "d"(three)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

/* Calls 32-bit code that lies at PAGES and ends in a far return, through a selector. The
 * way there is at 1024, as the far return has 32 bits to return to; the stack is low too.
 */
static inline long far_call(char *pages, unsigned short selector, long nr,
			    const long args[3])
{
	/* lcall *(%rsi); ret */
	static const unsigned char go_there[] = {0xff, 0x1e, 0xc3};
	struct {
		uint32_t offset;
		uint16_t selector;
	} __attribute__((packed)) frame = {low(pages), selector};
	long result = nr;

	memcpy(pages + 1024, go_there, sizeof(go_there));
	__asm__ volatile("movq %%rsp, %%r12\n\t"
			 "movq %%rbp, %%r13\n\t"
			 "movq %[stack], %%rsp\n\t"
			 "call *%[go]\n\t"
			 "movq %%r13, %%rbp\n\t"
			 "movq %%r12, %%rsp"
			 : "+a"(result)
			 : [stack] "D"(pages + 32768), [go] "r"(pages + 1024),
			   "S"(&frame), "b"(args[0]), "c"(args[1]), "d"(args[2])
			 : "memory", "cc", "r8", "r9", "r10", "r11", "r12", "r13");
	return (int)result;
}

#endif
