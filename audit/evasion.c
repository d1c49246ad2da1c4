/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/evasion.c - ways round the jail, by the name their events have
 */
#include "audit/evasion.h"

#include <assert.h>

#include "base/cleanup.h"

/* Techniques: attack.mitre.org, Enterprise matrix, v16. */
static const struct evasion_row rows[] = {
	[EVASION_NONE] = {"", "", ""},
	[EVASION_IO_URING] = {"io_uring-setup", "T1562",
			      "io_uring makes network calls that no tracer sees"},
	[EVASION_CLONE_UNTRACED] = {"clone-untraced", "T1622",
				    "a child that asks not to be traced"},
	[EVASION_RAW_SOCKET] = {"raw-socket", "T1095",
				"a socket whose packets carry their own addresses"},
	[EVASION_COMPAT_SYSCALL] = {"compat-syscall", "T1106",
				    "a 64-bit program makes a 32-bit network call"},
	[EVASION_SECCOMP_LISTENER] =
		{"seccomp-listener", "T1562",
		 "a filter that would answer calls in netjail's place"},
	[EVASION_SOCKADDR_RACE] = {"sockaddr-race", "T1562",
				   "the address changed while it was judged"},
	[EVASION_FD_PASSED_IN] = {"fd-passed-in", "T1559",
				  "a socket that somebody outside has connected"},
	[EVASION_TRACER_ATTACKED] = {"tracer-attacked", "T1562.001",
				     "a call aimed at netjail itself"},
	[EVASION_PTRACE_OUTSIDE] = {"ptrace-outside", "T1055.008",
				    "reaches into a process that netjail does not watch"},
	[EVASION_MEMFD_EXEC] = {"memfd-exec", "T1620", "executes a program from memory"},
	[EVASION_SETUID_EXEC] = {"setuid-exec", "T1548.001",
				 "executes a set-uid program"},
	[EVASION_NAMESPACE] = {"namespace", "T1611",
			       "a user or network namespace of its own"},
	[EVASION_ROUTE_BEND] = {"route-bend", "T1562.004",
				"packets would go another way than their address says"},
};
static_assert(ARRAY_LEN(rows) == EVASION_NUM_, "name each way round");

const struct evasion_row *evasion_row(enum evasion evasion)
{
	return &rows[(unsigned)evasion < EVASION_NUM_ ? evasion : EVASION_NONE];
}
