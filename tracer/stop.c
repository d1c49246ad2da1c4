/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/stop.c - wait status -> what kind of stop it is
 */
#include "tracer/stop.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

/* The four signals that stop a process (signal(7)); with PTRACE_EVENT_STOP they mean a
 * group stop. */
static bool stops_a_group(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU;
}

static struct stop classify_event(int event, int sig)
{
	static const enum stop_kind kinds[] = {
		[PTRACE_EVENT_FORK] = STOP_CHILD,   [PTRACE_EVENT_VFORK] = STOP_CHILD,
		[PTRACE_EVENT_CLONE] = STOP_CHILD,  [PTRACE_EVENT_EXEC] = STOP_EXEC,
		[PTRACE_EVENT_EXIT] = STOP_EXITING, [PTRACE_EVENT_SECCOMP] = STOP_SECCOMP,
	};

	if (event == PTRACE_EVENT_STOP)
		return (struct stop){stops_a_group(sig) ? STOP_GROUP : STOP_TRAP, sig};
	if ((size_t)event < sizeof(kinds) / sizeof(kinds[0]))
		return (struct stop){kinds[event], 0};
	return (struct stop){STOP_UNKNOWN, 0};
}

struct stop stop_classify(int status)
{
	int sig;

	if (WIFEXITED(status))
		return (struct stop){STOP_EXITED, WEXITSTATUS(status)};
	if (WIFSIGNALED(status))
		return (struct stop){STOP_KILLED, WTERMSIG(status)};
	if (!WIFSTOPPED(status))
		return (struct stop){STOP_UNKNOWN, 0};

	sig = WSTOPSIG(status);
	if (status >> 16)
		return classify_event((int)((unsigned)status >> 16), sig);
	if (sig == (SIGTRAP | 0x80))
		return (struct stop){STOP_SYSCALL, 0};
	return (struct stop){STOP_SIGNAL, sig};
}
