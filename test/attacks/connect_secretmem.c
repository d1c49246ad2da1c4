/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_secretmem.c - an address in memory that only the program itself
 * can read
 *
 * attack:   memfd_secret pages are in no kernel map: a tracer cannot read them,
 *           connect(2) can
 * expect:   silent control=none
 * event:    -
 * source:   memfd_secret(2); engine.md "memory that cannot be read"
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int secret = (int)syscall(SYS_memfd_secret, 0);
	struct endpoint *at;
	int fd = open_tcp(a.denied.sa.sa_family);

	if (secret < 0)
		lacks("memfd_secret");
	if (ftruncate(secret, 4096) < 0)
		die("ftruncate");
	at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, secret, 0);
	if (at == MAP_FAILED)
		lacks("mmap of a secret");
	*at = a.denied;
	told("connect", connect(fd, &at->sa, at->len));
	return 0;
}
