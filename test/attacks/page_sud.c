/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_sud.c - syscall user dispatch swallows the calls that netjail injects
 *
 * attack:   a second thread switches the dispatch selector; the handler of SIGSYS answers 0 for mseal
 * expect:   silent control=none
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   prctl(2) PR_SET_SYSCALL_USER_DISPATCH, tracer/inject.c
 * root:     no
 */
#include <sys/prctl.h>
#include <ucontext.h>

#include "page.h"

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define PR_SYS_DISPATCH_ON           1
#endif

static volatile char selector;
static volatile int swallowed;

/* Everything that is dispatched is answered with 0 and never made. */
static void on_sigsys(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)info;
#if defined(__x86_64__)
	((ucontext_t *)context)->uc_mcontext.gregs[REG_RAX] = 0;
#else
	((ucontext_t *)context)->uc_mcontext.regs[0] = 0;
#endif
	selector = 0;
	swallowed++;
}

static void *switcher(void *unused)
{
	(void)unused;
	while (!page_stop)
		selector = (char)!selector;
	return NULL;
}

static int open_up(struct page *p)
{
	return page_cover(p);
}

static void run_child(const struct technique *technique, int tries)
{
	pthread_t thread;

	alarm(hang_seconds());
	pthread_create(&thread, NULL, switcher, NULL);
	if (prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &selector) < 0)
		_exit(77);
	for (int i = 0; i < 40; i++)
		page_connect(&page_names[0]);
	page_stop = true;
	selector = 0;
	pthread_join(thread, NULL);
	page_stop = false;
	page.at = page_find();
	page_open = page.at && open_up(&page) == 0;
	if (page_open) {
		printf("open after %d swallowed calls\n", swallowed);
		page_race(technique, tries);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};
	int tries = door_tries(argc, argv, 4000), status = 0;
	struct sigaction action = {.sa_sigaction = on_sigsys,
				   .sa_flags = SA_SIGINFO | SA_NODEFER};

	page_names_from(argc, argv);
	if (!tracer_pid())
		return page_attack(argc, argv, &technique);
	sigaction(SIGSYS, &action, NULL);
	for (int i = 0; i < 100 && status == 0; i++) {
		pid_t pid = fork();

		if (pid == 0)
			run_child(&technique, tries);
		waitpid(pid, &status, 0);
	}
	if (status)
		printf("a child ended with status %x\n", status);
	return status && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}
