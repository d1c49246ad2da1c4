/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_clone_vm.c - a process that shares the memory maps over the sealed page
 *
 * attack:   a child by clone(CLONE_VM) without CLONE_THREAD does what its parent may not
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   clone(2), mseal(2)
 * root:     no
 */
#include <sched.h>

#include "page.h"

static _Alignas(16) uint8_t stack[65536];
static volatile int result = -2;

static int child(void *arg)
{
	result = page_cover(arg);
	if (result < 0)
		result = mprotect(page.at, PAGE_SIZE_ALL, PROT_READ | PROT_WRITE);
	page_connect(&page_names[0]);
	return 0;
}

static int open_up(struct page *p)
{
	pid_t pid = clone(child, stack + sizeof(stack), CLONE_VM | SIGCHLD, p);

	if (pid < 0)
		return -1;
	waitpid(pid, NULL, 0);
	return result;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
