/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/evasion.h - ways round the jail, by the name their events have
 */
#ifndef NETJAIL_AUDIT_EVASION_H
#define NETJAIL_AUDIT_EVASION_H

enum evasion {
	EVASION_NONE = 0,
	EVASION_IO_URING,
	EVASION_CLONE_UNTRACED,
	EVASION_RAW_SOCKET,
	EVASION_COMPAT_SYSCALL,
	EVASION_SECCOMP_LISTENER,
	EVASION_SOCKADDR_RACE,
	EVASION_FD_PASSED_IN,
	EVASION_TRACER_ATTACKED,
	EVASION_PTRACE_OUTSIDE,
	EVASION_MEMFD_EXEC,
	EVASION_SETUID_EXEC,
	EVASION_NAMESPACE,
	EVASION_ROUTE_BEND,
	EVASION_NUM_
};

struct evasion_row {
	const char *name;      /* event.action: "io_uring-setup" */
	const char *technique; /* MITRE ATT&CK id */
	const char *text;      /* for a person: what it would do */
	const char *technique_name;
	const char *tactic; /* the same for the tactic */
	const char *tactic_name;
	unsigned risk; /* of 100: event.risk_score */
};

/* Never NULL; EVASION_NONE has empty strings. */
const struct evasion_row *evasion_row(enum evasion evasion);

#endif
