/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front.c - the process that the shell knows, standing before the tracer
 */
#include "tracer/front.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>

#include "base/fdio.h"
#include "base/msg.h"

/* One page shared by both. `stop_signal` is what the program is stopped by, 0 while it
 * runs: the front looks at it with its own stop signal pending and blocked, and the
 * tracer clears it before it sends SIGCONT (which discards a pending stop signal,
 * signal(7)), so that no order of the two leaves the front stopped beside a running
 * program. */
struct front_shared {
	_Atomic int stop_signal;
};

/* Signals that somebody may send to netjail and mean the program. */
static const int forwarded[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGTERM,
				SIGUSR1, SIGUSR2, SIGALRM, SIGCONT};

/* Job control signals of the terminal: the program answers them, netjail does not. */
static const int job_stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};

/* A pipe that the program reads or writes must see its end when the program is gone. */
static void let_go_of_stdio(void)
{
	cleanup_fd int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
	}
}

/* ---- the tracer's side ---- */

static volatile sig_atomic_t program_pid;
static struct front_shared *program_state;

/* Runs in the tracer. A SIGCONT is handed on only to a program that still stands still:
 * one that a shell sent to the whole group has reached it already. */
static void forward(int sig)
{
	int saved = errno;

	if (program_pid > 0 &&
	    (sig != SIGCONT || atomic_load(&program_state->stop_signal)))
		kill((pid_t)program_pid, sig);
	errno = saved;
}

void front_detach(struct front_link *link, pid_t program)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction hand_on = {.sa_handler = forward, .sa_flags = SA_RESTART};

	program_state = link->shared;
	program_pid = program;
	setpgid(0, 0);
	let_go_of_stdio();
	for (size_t i = 0; i < ARRAY_LEN(job_stops); i++)
		sigaction(job_stops[i], &ignore, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	for (size_t i = 0; i < ARRAY_LEN(forwarded); i++)
		sigaction(forwarded[i], &hand_on, NULL);
}

/* SIGSTOP cannot be blocked, so the front cannot raise it safely: the tracer sends it, in
 * order with the SIGCONT that follows. */
void front_stopped(struct front_link *link, int sig)
{
	atomic_store(&link->shared->stop_signal, sig);
	if (sig == SIGSTOP)
		kill(link->front, SIGSTOP);
	else
		(void)!fdio_write_all(link->report_fd, "s", 1);
}

void front_continued(struct front_link *link)
{
	if (atomic_exchange(&link->shared->stop_signal, 0))
		kill(link->front, SIGCONT);
}

void front_gone(struct front_link *link)
{
	program_pid = 0;
	front_continued(link);
}

/* ---- the front's side ---- */

/* Stops this process as the program was stopped, unless it goes on meanwhile. */
static void mirror_stop(const struct front_shared *shared)
{
	struct sigaction stop = {.sa_handler = SIG_DFL}, ignore = {.sa_handler = SIG_IGN};
	int sig = atomic_load(&shared->stop_signal);
	sigset_t set;

	if (!sig || sig == SIGSTOP)
		return;
	sigemptyset(&set);
	sigaddset(&set, sig);
	sigaction(sig, &stop, NULL); /* blocked: raise makes it pending */
	raise(sig);
	if (atomic_load(&shared->stop_signal))
		sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigaction(sig, &ignore, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* A signal for netjail: hand it to the tracer, which knows the program. What the kernel
 * sent (the terminal's ^C) has reached the program too when it is in the foreground. */
static void take_signal(int signals, pid_t tracer, const struct front_shared *shared)
{
	struct signalfd_siginfo info;
	struct timespec pause = {0, 20000000};

	if (read(signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGCHLD || info.ssi_code == SI_KERNEL ||
	    info.ssi_pid == (uint32_t)tracer)
		return;
	if (info.ssi_signo == SIGCONT) {
		if (atomic_load(&shared->stop_signal))
			nanosleep(&pause, NULL); /* the group's own SIGCONT comes first */
		if (!atomic_load(&shared->stop_signal))
			return;
	}
	kill(tracer, (int)info.ssi_signo);
}

/* Waits until the tracer says how the run ended; false when it died without a word. */
static bool wait_for_end(int signals, int reports, pid_t tracer,
			 const struct front_shared *shared,
			 struct front_status *ret_status)
{
	struct pollfd fds[] = {{signals, POLLIN, 0}, {reports, POLLIN, 0}};
	char message[sizeof(*ret_status)];

	for (;;) {
		if (poll(fds, ARRAY_LEN(fds), -1) < 0 && errno != EINTR)
			return false;
		if (fds[0].revents)
			take_signal(signals, tracer, shared);
		if (!fds[1].revents)
			continue;
		switch (read(reports, message, sizeof(message))) {
		case 1:
			mirror_stop(shared);
			break;
		case sizeof(*ret_status):
			memcpy(ret_status, message, sizeof(*ret_status));
			return true;
		default:
			return false;
		}
	}
}

/* Dies as the program died; the core file was the program's, not ours. */
static _Noreturn void end_like(const struct front_status *status)
{
	struct rlimit none = {0, 0};
	sigset_t all;

	if (status->by_signal) {
		setrlimit(RLIMIT_CORE, &none);
		signal(status->value, SIG_DFL);
		sigfillset(&all);
		sigprocmask(SIG_UNBLOCK, &all, NULL);
		raise(status->value);
		_exit(128 + status->value);
	}
	_exit(status->value);
}

static int watch_signals(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t set, blocked;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	for (size_t i = 0; i < ARRAY_LEN(forwarded); i++)
		sigaddset(&set, forwarded[i]);
	blocked = set;
	for (size_t i = 0; i < ARRAY_LEN(job_stops); i++) {
		sigaction(job_stops[i], &ignore, NULL);
		sigaddset(&blocked, job_stops[i]);
	}
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static _Noreturn void be_tracer(struct front_status (*tracer)(void *,
							      struct front_link *),
				void *context, struct front_link *link)
{
	struct front_status status;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != link->front)
		_exit(EXIT_NETJAIL_FAILED);
	status = tracer(context, link);
	(void)!fdio_write_all(link->report_fd, &status, sizeof(status));
	exit(0);
}

void front_run(struct front_status (*tracer)(void *, struct front_link *), void *context)
{
	struct front_link link = {.front = getpid()};
	struct front_status status;
	int pipes[2], signals;
	pid_t pid;

	link.shared = mmap(NULL, sizeof(*link.shared), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (link.shared == MAP_FAILED || pipe2(pipes, O_CLOEXEC) < 0)
		msg_die("cannot start: %s", strerror(errno));
	pid = fork();
	if (pid < 0)
		msg_die("cannot fork: %s", strerror(errno));
	link.report_fd = pipes[1];
	if (pid == 0) {
		close(pipes[0]);
		be_tracer(tracer, context, &link);
	}
	close(pipes[1]);
	signals = watch_signals();
	if (signals < 0)
		msg_die("cannot watch signals: %s", strerror(errno));
	let_go_of_stdio();
	/* The program may run as the same user: it must not trace the front into calling
	 * for it. */
	prctl(PR_SET_DUMPABLE, 0);
	if (wait_for_end(signals, pipes[0], pid, link.shared, &status)) {
		waitpid(pid, NULL, 0);
		end_like(&status);
	}
	msg_die("the tracer has died: every traced program was ended with it");
}
