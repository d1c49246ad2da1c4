/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_odd_lengths.c - ADDR with every length that connect(2) may be
 * given
 *
 * attack:   connects with each length from 0 to 130, -1 and the like: the kernel takes
 *           some that are not sizeof
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   connect(2); net/ipv6/af_inet6.c SIN6_LEN_RFC2133
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	unsigned char bytes[256] = {0};
	static const unsigned odd[] = {0x80000010, 0xffffffff, 0x10010, 0x7fffffff};

	memcpy(bytes, &a.denied.v6, a.denied.len);
	for (unsigned i = 0; i < 131 + sizeof(odd) / sizeof(odd[0]); i++) {
		unsigned len = i < 131 ? i : odd[i - 131];
		int fd = open_tcp(a.denied.sa.sa_family);

		if (connect(fd, (struct sockaddr *)bytes, len) == 0)
			printf("length %u: connected\n", len);
		close(fd);
	}
	return 0;
}
