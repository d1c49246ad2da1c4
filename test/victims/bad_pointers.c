/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/bad_pointers.c - connect and sendto with every odd pointer and length;
 * prints the errno of each
 *
 * TRIES_DIVISOR makes it one call in so many. One that has no divisor in common with the numbers of
 * pointers, lengths, families and sockets leaves none of them out.
 */
#include "victim.h"
#include <limits.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define PAGE 4096

static unsigned long divisor = 1, number;
static char
	*page; /* one page of memory, the next one is a hole, then one without rights */

struct pointer {
	const char *name;
	void *at;
};

static const long lengths[] = {0,   1,   2,       3,       7,        8,          15,
			       16,  17,  24,      27,      28,       29,         110,
			       128, 129, INT_MAX, INT_MIN, UINT_MAX, 0x100000010};

static const int families[] = {AF_UNSPEC,  AF_UNIX, AF_INET, AF_INET6,
			       AF_NETLINK, 46,      65535};

static void fill(int family)
{
	struct endpoint ep = endpoint_from(family == AF_INET6 ? "::1" : "127.0.0.1", "1");

	memset(page, 0, PAGE);
	memcpy(page, &ep.sa, ep.len);
	page[0] = (char)(family & 0xff);
	page[1] = (char)(family >> 8);
	memcpy(page + PAGE - 8, page, 8);
	memcpy(page + PAGE - 16, page, 8);
}

static void try_one(const char *call, int domain, int type, struct pointer ptr, long len)
{
	int fd;
	long rc;

	if (number++ % divisor != 0)
		return;
	fd = socket(domain, type, 0);
	if (strcmp(call, "connect") == 0)
		rc = syscall(SYS_connect, fd, ptr.at, len);
	else
		rc = syscall(SYS_sendto, fd, "x", 1L, (long)MSG_NOSIGNAL, ptr.at, len);
	printf(" %s", rc < 0 ? strerrorname_np(errno) : "0");
	close(fd);
}

static void row(const char *call, int domain, int type, int family)
{
	const struct pointer pointers[] = {
		{"NULL", NULL},
		{"one", (void *)1},
		{"good", page},
		{"odd", page + PAGE - 16},
		{"cut", page + PAGE - 8},
		{"last", page + PAGE - 1},
		{"hole", page + PAGE},
		{"none", page + 2 * PAGE},
		{"kernel", (void *)-4096L},
		{"noncanonical", (void *)(LONG_MAX / 2)},
	};

	for (size_t p = 0; p < sizeof(pointers) / sizeof(pointers[0]); p++) {
		printf("%s(%d,%d) %d %s:", call, domain, type, family, pointers[p].name);
		for (size_t l = 0; l < sizeof(lengths) / sizeof(lengths[0]); l++)
			try_one(call, domain, type, pointers[p], lengths[l]);
		putchar('\n');
	}
}

static void bad_descriptors(void)
{
	static const int fds[] = {-1, 999, INT_MAX, INT_MIN};

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
		syscall(SYS_connect, fds[i], page, 16L);
		printf("connect(%d): %s\n", fds[i], strerrorname_np(errno));
		syscall(SYS_sendto, fds[i], "x", 1L, 0L, page, 16L);
		printf("sendto(%d): %s\n", fds[i], strerrorname_np(errno));
	}
	syscall(SYS_connect, 1, page, 16L);
	printf("connect(no socket): %s\n", strerrorname_np(errno));
}

int main(void)
{
	static const int domains[] = {AF_INET, AF_INET6, AF_UNIX};
	static const int types[] = {SOCK_STREAM, SOCK_DGRAM};

	if (getenv("TRIES_DIVISOR"))
		divisor = strtoul(getenv("TRIES_DIVISOR"), NULL, 10);
	if (divisor == 0)
		die("TRIES_DIVISOR");
	page = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		    -1, 0);
	munmap(page + PAGE, PAGE);
	mprotect(page + 2 * PAGE, PAGE, PROT_NONE);
	for (size_t f = 0; f < sizeof(families) / sizeof(families[0]); f++) {
		fill(families[f]);
		for (int i = 0; i < 6; i++) {
			row("connect", domains[i / 2], types[i % 2], families[f]);
			row("sendto", domains[i / 2], types[i % 2], families[f]);
		}
	}
	bad_descriptors();
	return 0;
}
