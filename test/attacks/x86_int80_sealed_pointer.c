/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_int80_sealed_pointer.c - a 32-bit call cannot point to sealed memory above
 * 4 GiB
 *
 * attack:   the page is mapped by a 64-bit call; int 0x80 takes the lower half of its
 *           address, and DENIED stands there
 * expect:   silent
 * event:    compat-syscall
 * form:     unix
 * source:   arch/x86/entry/entry_64_compat.S: 32-bit arguments
 * root:     no
 */
#include "page.h"

static long int80_connect(long fd, const void *name)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(362L), "b"(fd), "c"((uint32_t)(uintptr_t)name),
			   "d"(sizeof(struct sockaddr_un))
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

static void *map_low(uintptr_t at)
{
	void *low =
		mmap((void *)at, PAGE_SIZE_ALL, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | (at ? MAP_FIXED_NOREPLACE : MAP_32BIT),
		     -1, 0);

	if (low == MAP_FAILED)
		die("mmap");
	return low;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {0};
	struct sockaddr_un *name = map_low(0);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char *low;

	page_names_from(argc, argv);
	page_provoke(&technique);
	*name = page_names[page.standin ? 1 : 0];
	low = map_low((uint32_t)(uintptr_t)page.at);
	for (size_t slot = 0; slot < PAGE_SIZE_ALL; slot += PAGE_SLOT)
		memcpy(low + slot + PAGE_NAME, &page_names[1], sizeof(page_names[1]));
	printf("int 0x80 connect: %ld\n", int80_connect(fd, name));
	return 0;
}
