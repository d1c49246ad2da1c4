/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_socketcall_sendmsg.c - a 64-bit program sends by socketcall(2)
 * sendmsg
 *
 * attack:   int 0x80 with 102: a 32-bit msghdr behind a pointer in the argument block
 * expect:   silent control=reached
 * event:    compat-syscall
 * source:   arch/x86/entry/syscalls/syscall_32.tbl; engine.md "int 0x80"
 * root:     no
 */
#include "attack.h"
#include <linux/net.h>

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

struct place {
	struct endpoint ep;
	uint32_t args[6];
	uint32_t msg[7];
	uint32_t iov[2];
	char byte[4];
};

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct place *at = low_pages();
	int fd = open_udp(a.denied.sa.sa_family);
	uint32_t msg[7] = {low(&at->ep.v6), a.denied.len, low(at->iov), 1};

	at->ep = a.denied;
	at->iov[0] = low(at->byte);
	at->iov[1] = 1;
	memcpy(at->msg, msg, sizeof(msg));
	at->args[0] = (uint32_t)fd;
	at->args[1] = low(at->msg);
	printf("socketcall sendmsg: %ld\n", int80(102, SYS_SENDMSG, low(at->args), 0));
	return 0;
}
