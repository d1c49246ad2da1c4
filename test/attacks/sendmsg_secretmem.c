/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sendmsg_secretmem.c - a message whose header lies in memory that only the
 * program can read
 *
 * attack:   the msghdr is readable, the name it points to is in memfd_secret pages
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
	struct iovec iov = {.iov_base = "x", .iov_len = 1};
	struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
	int fd = open_udp(a.denied.sa.sa_family);

	if (secret < 0)
		lacks("memfd_secret");
	if (ftruncate(secret, 4096) < 0)
		die("ftruncate");
	at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, secret, 0);
	if (at == MAP_FAILED)
		lacks("mmap of a secret");
	*at = a.denied;
	msg.msg_name = &at->sa;
	msg.msg_namelen = at->len;
	told("sendmsg", sendmsg(fd, &msg, 0));
	return 0;
}
