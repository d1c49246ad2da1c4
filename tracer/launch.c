/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/launch.c - starts a program so that nothing of it runs unseen
 */
#include "tracer/launch.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/msg.h"
#include "tracer/confine.h"
#include "tracer/filter.h"

/* What the child says over the socket, in this order: READY with its listener, then, only
 * when execvp(3) fails, FAILED. Without a message the child did not come so far. */
enum report_kind { REPORT_READY = 1, REPORT_NO_FILTER, REPORT_NO_EXEC };

struct report {
	enum report_kind kind;
	int error;    /* errno of what failed */
	int listener; /* READY: the number in the child, -1 = none */
	bool no_new_privs;
	bool confined;
};

/* SPEC_ALLOW: the program keeps the speculation settings it would have alone (before
 * Linux 5.16 a filter turned store bypass off, which costs every program that has
 * one). */
static int load_filter(const struct filter *filter, unsigned flags)
{
	struct sock_fprog program = {filter->len, filter->code};
	long loaded = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
			      flags | SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program);

	return loaded < 0 ? -errno : (int)loaded;
}

/* Loads the filter with a listener; without one when a filter above us has one
 * (seccomp(2): EBUSY), which shuts the program out of having its own just as well. */
static int load_filter_listening(const struct filter *filter, int *ret_listener)
{
	int loaded = load_filter(filter, SECCOMP_FILTER_FLAG_NEW_LISTENER);

	*ret_listener = loaded;
	if (loaded != -EBUSY)
		return loaded < 0 ? loaded : 0;
	*ret_listener = -1;
	return load_filter(filter, 0);
}

/* Everything the child does; returns only when something failed. Calls made after the
 * filter is loaded must be ones that it lets pass. */
static void child_run(int sock, const struct launch *launch)
{
	struct report report = {.kind = REPORT_READY, .listener = -1};
	char go;
	int failed;

	if (read(sock, &go, 1) != 1)
		return;
	/* Tried without, so that set-uid programs keep working where they can. */
	report.confined = launch->confine && confine_child();
	failed = load_filter_listening(launch->filter, &report.listener);
	if (failed == -EACCES) { /* no CAP_SYS_ADMIN: seccomp(2) wants no_new_privs */
		report.no_new_privs = true;
		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
			report.confined = launch->confine && confine_child();
			failed = load_filter_listening(launch->filter, &report.listener);
		}
	}
	if (failed) {
		report.kind = REPORT_NO_FILTER;
		report.error = -failed;
	}
	if (write(sock, &report, sizeof(report)) != sizeof(report) || failed ||
	    read(sock, &go, 1) != 1)
		return;
	execvp(launch->argv[0], launch->argv);
	report.kind = REPORT_NO_EXEC;
	report.error = errno;
	(void)!write(sock, &report, sizeof(report));
}

static int explain_seize(int error)
{
	if (error == EPERM)
		msg_print(
			"cannot trace: the kernel forbids ptrace here (is netjail "
			"itself being traced, or kernel.yama.ptrace_scope 3 in force?)");
	else
		msg_print("cannot trace: %s", strerror(error));
	return -error;
}

static int seize(pid_t pid)
{
	unsigned long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP |
				PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
				PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
				PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL;

	if (ptrace(PTRACE_SEIZE, pid, 0, options) == 0)
		return 0;
	return explain_seize(errno);
}

/* Takes the listener that the child opened under a number of its own. */
static int take_listener(pid_t pid, int number)
{
	cleanup_fd int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	int listener;

	if (pidfd < 0)
		return -errno;
	listener = (int)syscall(SYS_pidfd_getfd, pidfd, number, 0);
	return listener < 0 ? -errno : listener;
}

static int handshake(int sock, struct launched *launched)
{
	struct report report;

	if (write(sock, "g", 1) != 1 ||
	    read(sock, &report, sizeof(report)) != sizeof(report)) {
		msg_print("the child ended before the program was started");
		return -ECHILD;
	}
	if (report.kind != REPORT_READY) {
		msg_print("cannot load the seccomp filter: %s", strerror(report.error));
		return -report.error;
	}
	launched->no_new_privs = report.no_new_privs;
	launched->confined = report.confined;
	if (report.listener >= 0) {
		launched->listener = take_listener(launched->pid, report.listener);
		if (launched->listener < 0) {
			msg_print("cannot hold the seccomp listener: %s",
				  strerror(-launched->listener));
			return launched->listener;
		}
	}
	return write(sock, "g", 1) == 1 ? 0 : -EPIPE;
}

int launch_program(const struct launch *launch, struct launched *ret_launched)
{
	struct launched launched = {.listener = -1};
	int pair[2], failed;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) {
		msg_print("cannot make a socket pair: %s", strerror(errno));
		return -errno;
	}
	if (launch->confine)
		confine_tracer();
	launched.pid = fork();
	if (launched.pid == 0) {
		close(pair[0]);
		child_run(pair[1], launch);
		_exit(EXIT_NETJAIL_FAILED);
	}
	close(pair[1]);
	launched.status_fd = pair[0];
	failed = launched.pid < 0 ? -errno : seize(launched.pid);
	if (!failed)
		failed = handshake(launched.status_fd, &launched);
	if (failed) {
		close(launched.status_fd);
		if (launched.pid > 0) {
			kill(launched.pid, SIGKILL);
			waitpid(launched.pid, NULL, __WALL);
		}
		return failed;
	}
	*ret_launched = launched;
	return 0;
}

int launch_exec_errno(struct launched *launched)
{
	struct report report;
	ssize_t got = read(launched->status_fd, &report, sizeof(report));

	close(launched->status_fd);
	launched->status_fd = -1;
	return got == sizeof(report) && report.kind == REPORT_NO_EXEC ? report.error : 0;
}
