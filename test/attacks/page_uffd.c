/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_uffd.c - a userfaultfd handler fills a hole in the sealed page
 *
 * attack:   the page is registered and emptied by MADV_REMOVE: the kernel's own read asks the handler
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   userfaultfd(2), madvise(2)
 * root:     yes
 */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include "page.h"

static int uffd = -1;

static void *answer(void *unused)
{
	_Alignas(4096) static uint8_t bytes[4096];
	struct uffd_msg message;

	(void)unused;
	memcpy(bytes + PAGE_NAME, &page_names[1], sizeof(page_names[1]));
	while (read(uffd, &message, sizeof(message)) == sizeof(message)) {
		struct uffdio_copy copy = {.dst = message.arg.pagefault.address &
						  ~4095ULL,
					   .src = (uint64_t)bytes,
					   .len = 4096};

		ioctl(uffd, UFFDIO_COPY, &copy);
	}
	return NULL;
}

static int open_up(struct page *p)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffdio_register range = {.range = {(uint64_t)p->at, PAGE_SIZE_ALL},
					.mode = UFFDIO_REGISTER_MODE_MISSING};
	pthread_t thread;

	uffd = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	if (uffd < 0 || ioctl(uffd, UFFDIO_API, &api) < 0 ||
	    ioctl(uffd, UFFDIO_REGISTER, &range) < 0)
		return -1;
	pthread_create(&thread, NULL, answer, NULL);
	return madvise(p->at, 4096, MADV_REMOVE);
}

/* Emptied again: the next read faults again. */
static void poke(const struct page *p, size_t at, const void *bytes, size_t len)
{
	(void)at, (void)bytes, (void)len;
	madvise(p->at, 4096, MADV_REMOVE);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up, .poke = poke};

	return page_attack(argc, argv, &technique);
}
