/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/evasion.c - ways round the jail, by the name their events have
 */
#include "audit/evasion.h"

#include <assert.h>

#include "base/cleanup.h"

/* Techniques: attack.mitre.org, Enterprise matrix, v16. */
#define EVADES   "TA0005", "Defense Evasion"
#define COMMANDS "TA0011", "Command and Control"
#define EXECUTES "TA0002", "Execution"
#define RISES    "TA0004", "Privilege Escalation"

static const struct evasion_row rows[] = {
	[EVASION_NONE] = {"", "", "", "", "", "", 0},
	[EVASION_IO_URING] = {"io_uring-setup", "T1562",
			      "io_uring makes network calls that no tracer sees",
			      "Impair Defenses", EVADES, 40},
	[EVASION_CLONE_UNTRACED] = {"clone-untraced", "T1622",
				    "a child that asks not to be traced",
				    "Debugger Evasion", EVADES, 80},
	[EVASION_RAW_SOCKET] = {"raw-socket", "T1095",
				"a socket whose packets carry their own addresses",
				"Non-Application Layer Protocol", COMMANDS, 60},
	[EVASION_COMPAT_SYSCALL] = {"compat-syscall", "T1106",
				    "a 64-bit program makes a 32-bit network call",
				    "Native API", EXECUTES, 70},
	[EVASION_SECCOMP_LISTENER] =
		{"seccomp-listener", "T1562",
		 "a filter that would answer calls in netjail's place", "Impair Defenses",
		 EVADES, 60},
	[EVASION_SOCKADDR_RACE] = {"sockaddr-race", "T1562",
				   "the address changed while it was judged",
				   "Impair Defenses", EVADES, 90},
	[EVASION_FD_PASSED_IN] = {"fd-passed-in", "T1559",
				  "a socket that somebody outside has connected",
				  "Inter-Process Communication", EXECUTES, 70},
	[EVASION_TRACER_ATTACKED] = {"tracer-attacked", "T1562.001",
				     "a call aimed at netjail itself",
				     "Disable or Modify Tools", EVADES, 95},
	[EVASION_PTRACE_OUTSIDE] = {"ptrace-outside", "T1055.008",
				    "reaches into a process that netjail does not watch",
				    "Ptrace System Calls", EVADES, 90},
	[EVASION_MEMFD_EXEC] = {"memfd-exec", "T1620", "executes a program from memory",
				"Reflective Code Loading", EVADES, 75},
	[EVASION_SETUID_EXEC] = {"setuid-exec", "T1548.001", "executes a set-uid program",
				 "Setuid and Setgid", RISES, 20},
	[EVASION_NAMESPACE] = {"namespace", "T1611",
			       "a user or network namespace of its own", "Escape to Host",
			       RISES, 50},
	[EVASION_ROUTE_BEND] = {"route-bend", "T1562.004",
				"packets would go another way than their address says",
				"Disable or Modify System Firewall", EVADES, 80},
};
static_assert(ARRAY_LEN(rows) == EVASION_NUM_, "name each way round");

const struct evasion_row *evasion_row(enum evasion evasion)
{
	return &rows[(unsigned)evasion < EVASION_NUM_ ? evasion : EVASION_NONE];
}
