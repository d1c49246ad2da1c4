/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front_link.c - the tracer's side of the front: what the shell is to see
 */
#include <fcntl.h>
#include <signal.h>

#include "base/fdio.h"
#include "tracer/front.h"
#include "tracer/front_shared.h"
#include "tracer/relay.h"

static struct front_shared *shared;

bool front_forwards(int sig)
{
	static const int kept[] = {SIGKILL, SIGSTOP, SIGCHLD, SIGSEGV, SIGBUS, SIGFPE,
				   SIGILL,  SIGTRAP, SIGSYS,  SIGABRT, SIGPIPE};

	if (sig > SIGSYS && sig < SIGRTMIN)
		return false; /* the C library's own */
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (kept[i] == sig)
			return false;
	return true;
}

void front_let_go_of_stdio(void)
{
	cleanup_fd int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
	}
}

void front_detach(struct front_link *link, pid_t program)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	/* Stops are asked for with waitpid(2): a signal for each costs time. */
	struct sigaction untold = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP};

	shared = link->shared;
	/* A session of its own: the program's process group must count as orphaned
	 * when its shell is gone, which a parent in the same session would prevent
	 * (setpgid(2)). */
	setsid();
	front_let_go_of_stdio();
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGCHLD, &untold, NULL);
	relay_start(shared, program);
}

/* SIGSTOP cannot be blocked, so the front cannot raise it safely: the tracer sends it,
 * in order with the SIGCONT that follows. */
void front_stopped(struct front_link *link, int sig)
{
	atomic_store(&shared->stop_signal, sig);
	if (sig == SIGSTOP)
		kill(link->front, SIGSTOP);
	else
		(void)!fdio_write_all(link->report_fd, "s", 1);
}

void front_continued(struct front_link *link)
{
	if (atomic_exchange(&shared->stop_signal, 0))
		kill(link->front, SIGCONT);
}

void front_gone(struct front_link *link)
{
	relay_end();
	front_continued(link);
}
