/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report.h - what the logs of one or more runs come to
 *
 * Theory of operation
 *   Mechanism:  report_add_line folds a line into tables and forgets it, so that a log
 *               larger than memory works; report_end closes what is open. The writers
 *               (audit/report_html.c, _md.c, _json.c) read the tables.
 *   Invariants: MUST NOT grow with the number of events: each table has a bound, and what
 *               is beyond it is counted in `others`. Nothing is in a report that is not
 *               in the log. Every text is hostile.
 */
#ifndef NETJAIL_AUDIT_REPORT_H
#define NETJAIL_AUDIT_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "base/digest.h"
#include "base/hash.h"
#include "net/addr.h"

#define REPORT_DESTS_MAX    10000
#define REPORT_PROCS_MAX    10000
#define REPORT_SUBJECTS_MAX 2000
#define REPORT_STACKS_MAX   500
#define REPORT_BUCKETS      60
#define REPORT_NAMES_MAX    5

enum outcome { OUTCOME_ALLOWED = 0, OUTCOME_WOULD, OUTCOME_REFUSED, OUTCOME_NUM_ };

struct report_run {
	char id[40];
	char *argv, *coverage; /* lines */
	char host[64], version[32], policy[DIGEST_HEX], fallback[16], signal[16];
	int64_t rules, exit_code;
	double first, last;
	bool started, ended;
	int64_t next; /* sequence */
	char chain[DIGEST_HEX];
	uint64_t lines, gaps, broken, lost;
	UT_hash_handle hh;
};

struct report_dest {
	char key[200]; /* transport, address, port */
	char address[128], transport[16], domain[256], rule[128];
	int64_t port;
	enum addr_scope scope;
	bool is_ip, inbound;
	bool direct; /* no name is known for it */
	double first, last;
	uint64_t allowed, would, refused, failed;
	int64_t sent, received;
	bool counted; /* sent and received came from the kernel's own count */
	char names[REPORT_NAMES_MAX][16];
	unsigned name_count;
	unsigned verdict; /* bits: 1 allowed, 2 refused */
	UT_hash_handle hh;
};

struct report_proc {
	char entity[64], parent[64], name[16];
	char *executable, *command_line;
	int64_t pid;
	double start, end;
	char ending[24];
	uint64_t allowed, would, refused, alerts;
	struct report_proc *mother, *child, *sibling; /* made by report_end */
	bool shown;
	UT_hash_handle hh;
};

struct report_subject {
	char *path; /* key */
	char sha256[DIGEST_HEX], type[8], linkage[12], interpreter[128], script[256];
	char go_build[64];
	int64_t size;
	uint64_t runs;
	UT_hash_handle hh;
};

struct report_listen {
	char key[200], address[128], transport[16], name[16];
	int64_t port;
	uint64_t count, accepted;
	UT_hash_handle hh;
};

struct report_stack {
	char id[20];
	char *frames; /* a line a frame */
	char dest[200];
	uint64_t count;
	UT_hash_handle hh;
};

/* A call that was announced and whose end has not been seen: by run and thread. */
struct report_open {
	char key[64];
	char action[16], dest[200];
	UT_hash_handle hh;
};

struct report {
	struct report_run *runs;
	struct report_dest *dests;
	struct report_proc *procs;
	struct report_subject *subjects;
	struct report_listen *listens;
	struct report_stack *stacks;
	struct report_open *opens;
	uint64_t lines, bad_lines, other_dests, other_procs;
	/* would: they went on, in a dry run or open before it, against the rules */
	uint64_t allowed, would, refused, unfinished;
	/* calls over time by enum outcome; a bucket is `width` seconds */
	double origin, width;
	uint64_t timeline[REPORT_BUCKETS][OUTCOME_NUM_];
	struct findings findings;
	bool raw_names; /* some were not to be demangled in time: none is any more */
	char *scratch;
	size_t scratch_cap;
	struct record record;
};

must_check struct report *report_new(void);
void report_free(struct report *report);

/* A line without its newline. */
void report_add_line(struct report *report, const char *line, size_t len);
/* All lines of a file, "-" is standard input. 0 or -errno. */
must_check int report_add_file(struct report *report, const char *path);
int report_add_fd(struct report *report, int fd);
void report_end(struct report *report);

/* ---- what the parts share ---- */

/* audit/report_fold.c */
void report_fold_call(struct report *report, double time);
void report_fold_life(struct report *report, double time);
struct report_dest *report_dest_of(struct report *report, const struct record *record);
/* audit/report_stack.c: the frames of a line's call stack, a line each, on the heap */
must_check char *report_frames(struct report *report, const struct record *record);

#endif
