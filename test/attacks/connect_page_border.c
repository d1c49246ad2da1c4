/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_page_border.c - an address that ends where the mapped memory ends
 *
 * attack:   the address ends at a page border, with nothing mapped behind: reading more
 *           than its length faults, and what cannot be read may be let run
 * expect:   silent control=reached
 * event:    -
 * family:   4 6
 * source:   engine.md "Paths at the stop": memory that cannot be read
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *at = pages + 4096 - a.denied.len;
	int fd = open_tcp(a.denied.sa.sa_family);

	munmap(pages + 4096, 4096);
	memcpy(at, &a.denied.v6, a.denied.len);
	told("connect", connect(fd, (struct sockaddr *)at, a.denied.len));
	return 0;
}
