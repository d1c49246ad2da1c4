/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/shapes/shapes.h - network calls of every shape, each once, for a comparison of how
 * two tracers print them
 *
 * Needs the addresses of test/e2e/netns. Nothing blocks; pointers that are printed are
 * constants.
 */
#ifndef NETJAIL_TEST_SHAPES_H
#define NETJAIL_TEST_SHAPES_H

#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "../victim.h"

#define BAD ((void *)0x10)

/* One page at a known address, with nothing mapped behind it. */
#define END  ((char *)0x20000000)
#define PAGE 4096

extern int udp, udp6, tcp, unpair[2];

static inline void *put_at(size_t at, const void *bytes, size_t len)
{
	return memcpy(END + at, bytes, len);
}

static inline void *put(const void *end)
{
	return put_at(0, end, sizeof(struct sockaddr_storage));
}

/* ---- addresses ---- */

extern struct sockaddr_storage end_bytes;

static inline void *end4(const char *host, int port)
{
	end_bytes = (struct sockaddr_storage){0};
	*(struct sockaddr_in *)&end_bytes = (struct sockaddr_in){
		.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	inet_pton(AF_INET, host, &((struct sockaddr_in *)&end_bytes)->sin_addr);
	return &end_bytes;
}

static inline void *end6(const char *host, int port, uint32_t flow, uint32_t scope)
{
	end_bytes = (struct sockaddr_storage){0};
	*(struct sockaddr_in6 *)&end_bytes =
		(struct sockaddr_in6){.sin6_family = AF_INET6,
				      .sin6_port = htons((uint16_t)port),
				      .sin6_flowinfo = htonl(flow),
				      .sin6_scope_id = scope};
	inet_pton(AF_INET6, host, &((struct sockaddr_in6 *)&end_bytes)->sin6_addr);
	return &end_bytes;
}

static inline void *other(int family, const char *bytes, size_t len)
{
	end_bytes = (struct sockaddr_storage){.ss_family = (sa_family_t)family};
	memcpy((char *)&end_bytes + 2, bytes, len);
	return &end_bytes;
}

static inline long call(long nr, long a, const void *b, long c, long d, const void *e,
			long f)
{
	return syscall(nr, a, b, c, d, e, f);
}

static inline void connects(int fd, const void *end, long len)
{
	call(SYS_connect, fd, put(end), len, 0, NULL, 0);
}

void addresses(void);
void sockets(void);
void ends(void);
void sends(void);
void messages(void);
void controls(void);
void receives(void);
void options(void);

#endif
