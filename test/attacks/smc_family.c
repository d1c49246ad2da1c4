/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/smc_family.c - a connection by a socket of family AF_SMC
 *
 * attack:   AF_SMC carries TCP addresses and falls back to TCP where the other side has
 *           no SMC
 * expect:   silent control=none
 * event:    -
 * source:   Documentation/networking/smc-sysctl.rst; net/smc/af_smc.c
 * root:     no
 */
#include "attack.h"

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int fd = open_socket(43, SOCK_STREAM, 0);

	told("connect", connect(fd, &a.denied.sa, a.denied.len));
	return 0;
}
