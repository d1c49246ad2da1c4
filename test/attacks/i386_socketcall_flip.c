/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/i386_socketcall_flip.c - a 32-bit program whose second thread flips the
 * block of socketcall(2)
 *
 * attack:   the pointer to the address in the argument block points to 127.0.0.1 and ADDR
 *           in turn
 * expect:   silent control=reached
 * event:    sockaddr-race
 * tries:    20000
 * source:   socketcall(2)
 * root:     no
 */
#include "attack.h"
#include <linux/net.h>

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	void *one = &a.allowed.v6, *other = &a.denied.v6;
	long args[6] = {open_udp(a.denied.sa.sa_family),
			(long)"x",
			1,
			MSG_DONTWAIT,
			(long)one,
			(long)a.denied.len};
	struct flipper f;

	flip_start(&f, &args[4], &one, &other, sizeof(one));
	for (int i = 0; i < a.tries; i++)
		syscall(SYS_socketcall, SYS_SENDTO, args);
	flip_end(&f);
	return 0;
}
