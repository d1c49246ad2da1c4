/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/userfault.h - a page whose bytes a thread of the program makes when somebody reads them
 */
#ifndef NETJAIL_TEST_USERFAULT_H
#define NETJAIL_TEST_USERFAULT_H

#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include "attack.h"

static struct attack *the;
static char *page;
static int uffd = -1;

static inline void serve(const struct endpoint *ep)
{
	static char bytes[4096] __attribute__((aligned(4096)));
	struct uffdio_copy copy = {
		.dst = (uintptr_t)page, .src = (uintptr_t)bytes, .len = 4096};

	memcpy(bytes, &ep->v6, ep->len);
	ioctl(uffd, UFFDIO_COPY, &copy);
}

static inline void open_uffd(void)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register range = {.mode = UFFDIO_REGISTER_MODE_MISSING};

	uffd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	if (uffd < 0)
		lacks("userfaultfd");
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		    0);
	range.range.start = (uintptr_t)page;
	range.range.len = 4096;
	if (ioctl(uffd, UFFDIO_API, &api) < 0 || ioctl(uffd, UFFDIO_REGISTER, &range) < 0)
		lacks("userfaultfd");
}

#endif
