/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/connect_userfault_stall.c - who reads the address waits for a thread that
 * waits for the reader
 *
 * attack:   the thread that answers the fault connects first, itself: a tracer that waits
 *           for its answer holds that connect, and itself, for ever
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   userfaultfd(2); engine.md "the tracer must not" wait
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

	while (read(uffd, &msg, sizeof(msg)) == sizeof(msg)) {
		told("connect of the answering thread", visit_once(&the->allowed));
		serve(&the->denied);
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
	int fd = open_tcp(a.denied.sa.sa_family);

	the = &a;
	open_uffd();
	if (pthread_create(&thread, NULL, answer, NULL))
		die("pthread_create");
	told("connect", connect(fd, (struct sockaddr *)page, a.denied.len));
	return 0;
}
