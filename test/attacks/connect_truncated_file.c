/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_truncated_file.c - an address in a mapped file that is cut off
 * and grows again
 *
 * attack:   a second thread truncates the file to nothing and writes ADDR again: what
 *           cannot be read at the look can be read at the act
 * expect:   silent control=reached
 * event:    -
 * tries:    20000
 * source:   mmap(2) "SIGBUS"; truncate(2)
 * root:     no
 */
#include "attack.h"

struct file {
	const struct endpoint *ep;
	int fd;
};

static void turn(void *state, int side)
{
	struct file *file = state;

	if (side == 0 && ftruncate(file->fd, 0) < 0)
		die("ftruncate");
	if (side == 1 && pwrite(file->fd, &file->ep->v6, file->ep->len, 0) < 0)
		die("pwrite");
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	struct file file = {.ep = &a.denied,
			    .fd = (int)syscall(SYS_memfd_create, "address", 0)};
	struct flipper f;
	void *at = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file.fd, 0);

	if (at == MAP_FAILED)
		die("mmap");
	flip_calls(&f, turn, &file);
	race_connect(&a, at, a.denied.len);
	flip_end(&f);
	return 0;
}
