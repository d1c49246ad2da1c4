/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_vm_writev.c - process_vm_writev(2) writes into the sealed page from a sibling
 *
 * attack:   a child process writes into its parent at the address of the page
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   process_vm_writev(2)
 * root:     no
 */
#include <sys/prctl.h>
#include <sys/uio.h>

#include "page.h"

static pid_t victim;

static ssize_t write_there(const struct page *p, size_t at, const void *bytes, size_t len)
{
	struct iovec local = {(void *)bytes, len}, remote = {p->at + at, len};

	return process_vm_writev(victim, &local, 1, &remote, 1, 0);
}

static void flip_forever(const struct page *p)
{
	for (unsigned i = 0; i < 3000000; i++)
		for (size_t slot = 0; slot < (p->standin ? 1 : PAGE_SLOTS); slot++)
			if (write_there(p, slot * PAGE_SLOT + PAGE_NAME,
					&page_names[i % 2], sizeof(page_names[0])) < 0)
				_exit(errno);
	_exit(0);
}

static int open_up(struct page *p)
{
	victim = getpid();
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
	if (fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		flip_forever(p);
	}
	return write_there(p, PAGE_NAME, &page_names[0], sizeof(page_names[0])) < 0 ? -1
										    : 0;
}

/* The child does it. */
static void poke(const struct page *p, size_t at, const void *bytes, size_t len)
{
	(void)p, (void)at, (void)bytes, (void)len;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {
		.open_up = open_up, .poke = poke, .prot = PROT_READ | PROT_WRITE};

	return page_attack(argc, argv, &technique);
}
