/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_ptrace.c - a traced process writes into the sealed page of its child by ptrace
 *
 * attack:   PTRACE_POKEDATA ignores the protection of private pages
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   ptrace(2), mm/gup.c check_vma_flags
 * root:     no
 */
#include <sys/prctl.h>
#include <sys/ptrace.h>

#include "page.h"

/* The parent becomes the tracer; the child goes on with the attack. */
static void poke_child(pid_t pid, const struct page *p)
{
	const struct sockaddr_un *denied = &page_names[1];
	int status;

	for (int i = 0; i < 4000; i++) {
		if (ptrace(PTRACE_INTERRUPT, pid, 0, 0) < 0 ||
		    waitpid(pid, &status, __WALL) < 0 || WIFEXITED(status))
			return;
		for (size_t at = 0; at < sizeof(*denied) / sizeof(long); at++) {
			long word;

			memcpy(&word, (const char *)denied + at * sizeof(long),
			       sizeof(word));
			ptrace(PTRACE_POKEDATA, pid, (long *)(p->at + PAGE_NAME) + at,
			       word);
		}
		ptrace(PTRACE_CONT, pid, 0, 0);
	}
	ptrace(PTRACE_DETACH, pid, 0, 0);
}

static int open_up(struct page *p)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		alarm(hang_seconds());
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		usleep(50000);
		return 0;
	}
	saw("seize", ptrace(PTRACE_SEIZE, pid, 0, 0));
	poke_child(pid, p);
	waitpid(pid, &status, 0);
	exit(0);
}

/* The parent does it. */
static void poke(const struct page *p, size_t at, const void *bytes, size_t len)
{
	(void)p, (void)at, (void)bytes, (void)len;
}

int main(int argc, char **argv)
{
	static const struct technique technique = {
		.open_up = open_up, .poke = poke, .flags = MAP_PRIVATE};

	return page_attack(argc, argv, &technique);
}
