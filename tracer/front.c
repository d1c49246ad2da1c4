/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/front.c - the process that the shell knows, standing before the tracer
 */
#include "tracer/front.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/fdio.h"
#include "base/monotonic.h"
#include "base/msg.h"
#include "tracer/front_shared.h"

/* How long the tracer may take to answer a signal before it counts as stuck: the
 * kernel does not interrupt it while it reads memory that the program holds back
 * (userfaultfd(2)). */
#define ANSWER_MS 3000
/* How often it is reminded of what it has taken and not yet handed on: the signal may
 * have come just before it waits. */
#define REMIND_MS 20

/* Stops this process as the program was stopped, unless it goes on meanwhile. */
static void mirror_stop(const struct front_shared *shared)
{
	int sig = atomic_load(&shared->stop_signal);
	sigset_t set;

	if (!sig || sig == SIGSTOP)
		return;
	sigemptyset(&set);
	sigaddset(&set, sig);
	raise(sig); /* blocked: it stays pending */
	if (atomic_load(&shared->stop_signal))
		sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* What the kernel sent (the terminal's ^C) has reached the program too, being in the same
 * process group; but a terminal that hangs up tells the leader of its session alone. */
static bool is_for_program(const struct signalfd_siginfo *info, pid_t tracer)
{
	bool hangs_up = info->ssi_signo == SIGHUP && getsid(0) == getpid();

	if (info->ssi_signo == SIGCHLD || info->ssi_pid == (uint32_t)tracer)
		return false;
	return info->ssi_code != SI_KERNEL || hangs_up;
}

/* A signal for netjail: hand it to the tracer, which knows the program. */
static void take_signal(int signals, pid_t tracer, struct front_shared *shared)
{
	struct signalfd_siginfo info;
	unsigned asked = atomic_load(&shared->asked);

	if (read(signals, &info, sizeof(info)) != sizeof(info) ||
	    !is_for_program(&info, tracer))
		return;
	if (asked - atomic_load(&shared->settled) >= FRONT_COPIES)
		return; /* as the kernel does with too many of them */
	shared->copies[asked % FRONT_COPIES] = (struct front_copy){
		(int)info.ssi_signo, (pid_t)info.ssi_pid, monotonic_ns()};
	atomic_store(&shared->asked, asked + 1);
	kill(tracer, FRONT_BELL);
}

/* Nothing has come for REMIND_MS. Returns how often that was so since the tracer answered
 * last. */
static int remind(pid_t tracer, const struct front_shared *shared, int times)
{
	if (atomic_load(&shared->settled) != atomic_load(&shared->asked))
		kill(tracer, FRONT_BELL);
	if (atomic_load(&shared->answered) == atomic_load(&shared->asked))
		return 0;
	if (times * REMIND_MS >= ANSWER_MS)
		kill(tracer, SIGKILL);
	return times + 1;
}

/* Waits until the tracer says how the run ended; false when it died without a word. */
static bool wait_for_end(int signals, int reports, pid_t tracer,
			 struct front_shared *shared, struct front_status *ret_status)
{
	struct pollfd fds[] = {{signals, POLLIN, 0}, {reports, POLLIN, 0}};
	char message[sizeof(*ret_status)];
	int silent = 0;

	for (;;) {
		bool owed = atomic_load(&shared->settled) != atomic_load(&shared->asked);
		int ready = poll(fds, ARRAY_LEN(fds), owed ? REMIND_MS : -1);

		if (ready < 0 && errno != EINTR)
			return false;
		if (ready == 0)
			silent = remind(tracer, shared, silent);
		if (ready <= 0)
			continue;
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
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	for (int sig = 1; sig <= SIGRTMAX; sig++)
		if (front_forwards(sig))
			sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, NULL);
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
	if (link.shared == MAP_FAILED ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pipes) < 0)
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
	front_let_go_of_stdio();
	/* The program may run as the same user: it must not trace the front into calling
	 * for it. */
	prctl(PR_SET_DUMPABLE, 0);
	if (wait_for_end(signals, pipes[0], pid, link.shared, &status)) {
		waitpid(pid, NULL, 0);
		end_like(&status);
	}
	msg_die("the tracer has died: every traced program was ended with it");
}
