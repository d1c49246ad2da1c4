/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_dontfork.c - MADV_DONTFORK leaves a hole in a child, where it maps own memory
 *
 * attack:   the child puts writable memory at the address of the page, then connects
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   madvise(2), tracer/seal.h "Invariants"
 * root:     no
 */
#include "page.h"

static int open_up(struct page *p)
{
	int status;
	pid_t pid;

	saw("MADV_DONTFORK", madvise(p->at, PAGE_SIZE_ALL, MADV_DONTFORK));
	pid = fork();
	if (pid) {
		waitpid(pid, &status, 0);
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	}
	alarm(hang_seconds());
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
