/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/life.h - what is no call: a run and its processes begin and end, connections end
 *
 * Ownership: nothing to free; what is pointed to is copied by sinks that keep it.
 */
#ifndef NETJAIL_AUDIT_LIFE_H
#define NETJAIL_AUDIT_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/digest.h"
#include "net/endpoint.h"
#include "net/sockkind.h"

struct who;

enum life_kind {
	LIFE_RUN_START = 0,
	LIFE_RUN_END,
	LIFE_RULES, /* loaded again */
	LIFE_EXEC,
	LIFE_FORK,   /* `who` is the child */
	LIFE_ATTACH, /* it runs already */
	LIFE_EXIT,
	LIFE_CLOSE, /* a connection */
	LIFE_NUM_
};

#define LIFE_COVERAGE_MAX 96

/* A run, from its start to its end. */
struct run_facts {
	const char *version;
	char *const *argv; /* of a program that is started */
	const pid_t *pids; /* of those that are attached to */
	size_t pid_count;
	const char *const *policy_paths; /* files of rules */
	size_t policy_count;
	char policy_sha256[DIGEST_HEX]; /* over all texts of rules, in their order */
	size_t rule_count;
	const char *fallback; /* what a call gets that no rule matches */
	/* What this run cannot see, as sentences; static. */
	const char *coverage[LIFE_COVERAGE_MAX];
	size_t coverage_count;
	uint64_t told, refused; /* LIFE_RUN_END */
	int exit_code;          /* LIFE_RUN_END; -1 when a signal ended the program */
	int signal;
};

/* How a number of bytes was come by. */
enum bytes_way {
	BYTES_NONE = 0,
	BYTES_DESTROYED, /* the kernel's broadcast of destroyed sockets (sock_diag) */
	BYTES_ASKED,     /* asked of the kernel (sock_diag) at the end of the run */
	BYTES_WAY_NUM_
};

struct closed {
	struct sockkind sock;
	struct endpoint local, peer;
	uint64_t cookie;
	bool inbound;            /* it came by accept(2) */
	uint64_t sent, received; /* acknowledged by the peer; received in order */
	enum bytes_way way;
	struct timespec opened;
};

struct life {
	enum life_kind kind;
	struct timespec time; /* CLOCK_REALTIME */
	pid_t tid;
	const struct who *who; /* NULL only for a run that has not begun */
	int exit_code;         /* LIFE_EXIT; -1 when a signal ended it */
	int signal;
	const struct run_facts *run; /* LIFE_RUN_* */
	const struct closed *closed; /* LIFE_CLOSE */
};

#endif
