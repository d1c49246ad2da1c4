/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/found_peer.c - where a connection goes that is still being made
 */
#include "tracer/found_peer.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "net/sockaddr.h"

/* Words of the machine, each as eight digits. */
static void words_from_hex(const char *hex, size_t count, uint8_t *ret)
{
	for (size_t i = 0; i < count; i++) {
		char digits[9] = {0};
		uint32_t word;

		memcpy(digits, hex + i * 8, 8);
		word = (uint32_t)strtoul(digits, NULL, 16);
		memcpy(ret + i * 4, &word, 4);
	}
}

bool found_peer_parse(const char *line, uint64_t inode, struct endpoint *ret_end)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	char hex[33];
	unsigned port;
	uint64_t of;

	/* NOLINTNEXTLINE(cert-err34-c): the kernel's own numbers */
	if (sscanf(line,
		   " %*u: %*[0-9A-F]:%*x %32[0-9A-F]:%4x %*x %*x:%*x %*x:%*x %*x %*u %*u "
		   "%" SCNu64,
		   hex, &port, &of) != 3 ||
	    of != inode || (!port && hex[strspn(hex, "0")] == 0))
		return false;
	v4.sin_port = v6.sin6_port = htons((uint16_t)port);
	if (strlen(hex) == 8) {
		words_from_hex(hex, 1, (uint8_t *)&v4.sin_addr);
		return sockaddr_decode((const uint8_t *)&v4, sizeof(v4), ret_end) == 0;
	}
	if (strlen(hex) != 32)
		return false;
	words_from_hex(hex, 4, (uint8_t *)&v6.sin6_addr);
	return sockaddr_decode((const uint8_t *)&v6, sizeof(v6), ret_end) == 0;
}

static bool look_in(pid_t tid, const char *table, uint64_t inode,
		    struct endpoint *ret_end)
{
	char path[48], line[512];
	bool found = false;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/net/%s", (int)tid, table);
	file = fopen(path, "re");
	while (file && !found && fgets(line, sizeof(line), file))
		found = found_peer_parse(line, inode, ret_end);
	if (file)
		fclose(file);
	return found;
}

bool found_peer(pid_t tid, int sock, struct endpoint *ret_end)
{
	struct stat st;

	static const char *const tables[] = {"tcp", "tcp6", "raw", "raw6"};

	if (fstat(sock, &st) != 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		if (look_in(tid, tables[i], st.st_ino, ret_end))
			return true;
	return false;
}
