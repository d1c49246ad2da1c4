/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_userfault.c - the address is made up anew each time somebody
 * reads it
 *
 * attack:   userfaultfd answers the first reader with 127.0.0.1, drops the page, and the
 *           second with ADDR
 * expect:   silent control=none
 * event:    tracer-attacked
 * tries:    2000
 * source:   userfaultfd(2)
 * root:     yes (a fault in the kernel, userfaultfd(2))
 */
#include "attack.h"
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

static struct attack *the;
static char *page;
static int uffd = -1;

static void serve(const struct endpoint *ep)
{
	static char bytes[4096] __attribute__((aligned(4096)));
	struct uffdio_copy copy = {
		.dst = (uintptr_t)page, .src = (uintptr_t)bytes, .len = 4096};

	memcpy(bytes, &ep->v6, ep->len);
	ioctl(uffd, UFFDIO_COPY, &copy);
}

static void *answer(void *unused)
{
	struct uffd_msg msg;

	for (int i = 0; read(uffd, &msg, sizeof(msg)) == sizeof(msg); i++) {
		serve(i & 1 ? &the->denied : &the->allowed);
		/* What reads the page has it now or comes again. */
		pause_for(2000);
		madvise(page, 4096, MADV_DONTNEED);
	}
	return unused;
}

static void open_uffd(void)
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
int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	pthread_t thread;

	the = &a;
	open_uffd();
	if (pthread_create(&thread, NULL, answer, NULL))
		die("pthread_create");
	race_connect(&a, page, a.denied.len);
	return 0;
}
