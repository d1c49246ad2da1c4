/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front_link.c - the tracer's side of the front: signals for the program, stops
 * for the shell
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>

#include "base/fdio.h"
#include "tracer/front.h"
#include "tracer/front_shared.h"

/* A signal sent to netjail's whole process group reaches the program by itself and
 * over the front once more: within this time one of the two is enough. */
#define SAME_NS 100000000

static volatile sig_atomic_t program_pid;
static struct front_shared *shared;

/* The last signal that the program got, by whom and when. */
static struct {
	volatile sig_atomic_t sig, sender;
	volatile int64_t at_ns;
} last;

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

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Runs in the tracer as a signal handler. A SIGCONT is handed on only to a program
 * that still stands still: one that a shell sent to the whole group has reached it
 * already. */
static void forward(int sig, siginfo_t *info, void *context)
{
	int saved = errno;
	bool same = last.sig == sig && last.sender == info->si_value.sival_int &&
		    now_ns() - last.at_ns < SAME_NS;

	(void)context;
	if (program_pid > 0 && !same &&
	    (sig != SIGCONT || atomic_load(&shared->stop_signal)))
		kill((pid_t)program_pid, sig);
	atomic_fetch_add(&shared->answered, 1);
	errno = saved;
}

void front_detach(struct front_link *link, pid_t program)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction hand_on = {.sa_sigaction = forward,
				    .sa_flags = SA_RESTART | SA_SIGINFO};

	shared = link->shared;
	program_pid = program;
	/* A session of its own: the program's process group must count as orphaned
	 * when its shell is gone, which a parent in the same session would prevent
	 * (setpgid(2)). */
	setsid();
	front_let_go_of_stdio();
	sigaction(SIGPIPE, &ignore, NULL);
	for (int sig = 1; sig <= SIGRTMAX; sig++)
		if (front_forwards(sig))
			sigaction(sig, &hand_on, NULL);
}

void front_saw(int sig, pid_t sender)
{
	last.sig = 0;
	last.at_ns = now_ns();
	last.sender = sender;
	last.sig = sig;
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
	program_pid = 0;
	front_continued(link);
}
