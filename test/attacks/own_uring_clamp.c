/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/own_uring_clamp.c - a refused io_uring_setup that makes a ring all the same
 *
 * attack:   under a seccomp filter of the program's own: with IORING_SETUP_CLAMP any number of
 *           entries will do; the kernel's thread (SQPOLL) needs no more calls, and a second ring
 *           that shares it wakes it
 * expect:   silent control=none
 * event:    io_uring-setup
 * source:   io_uring_setup(2) IORING_SETUP_CLAMP, IORING_SETUP_ATTACH_WQ
 * root:     no
 */
#include "ownfilter.h"
#include "ring.h"

#define FLAGS (IORING_SETUP_SQPOLL | IORING_SETUP_CLAMP)

/* Whatever the call has said. */
static int find_ring(void)
{
	char link[64], target[64];

	for (int fd = 3; fd < 64; fd++) {
		ssize_t len;

		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		len = readlink(link, target, sizeof(target) - 1);
		if (len <= 0)
			continue;
		target[len] = 0;
		if (strcmp(target, "anon_inode:[io_uring]") == 0)
			return fd;
	}
	return -1;
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct ring ring = {.params = {.flags = FLAGS, .sq_thread_idle = 30000}};
	struct io_uring_params second = {.flags = FLAGS | IORING_SETUP_ATTACH_WQ,
					 .sq_thread_idle = 30000};
	int made;

	if (own_filter(SYS_chroot, SECCOMP_RET_ERRNO | EPERM, 0) < 0)
		die("seccomp");
	made = (int)syscall(SYS_io_uring_setup, 8, &ring.params);
	saw("io_uring_setup", made);
	ring.fd = find_ring();
	if (ring.fd < 0 && made < 0)
		skip("io_uring_setup");
	ring_map(&ring);
	second.wq_fd = (unsigned)ring.fd;
	(void)!syscall(SYS_io_uring_setup, 8, &second);
	ring_connect(&ring, &ep);
	return 0;
}
