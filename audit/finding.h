/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/finding.h - a finding is a small rule over events: audit/findings/ has one a file
 */
#ifndef NETJAIL_AUDIT_FINDING_H
#define NETJAIL_AUDIT_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/hash.h"

struct finding_event;
struct findings;
struct record;
struct report_dest;

enum severity {
	SEVERITY_LOW = 0,
	SEVERITY_MEDIUM,
	SEVERITY_HIGH,
	SEVERITY_CRITICAL,
	SEVERITY_NUM_
};

#define FINDING_EVIDENCE_MAX 5
#define FINDINGS_MAX         500
/* What one rule may remember of a log of any length. */
#define FINDING_STATES_MAX 20000

struct finding_rule {
	const char *id, *title;
	enum severity severity;
	const char *confidence;                 /* "low", "medium", "high" */
	const char *technique, *technique_name; /* MITRE ATT&CK; "" = none fits */
	const char *advice;
	/* Looks at one event. `*state` is the rule's own, NULL at first; `dest` is where
	 * the event goes, or NULL. */
	void (*see)(const struct finding_rule *rule, struct finding_event *event);
	void (*done)(void *state); /* frees it; NULL = free(3) */
};

struct finding_event {
	const struct record *record;
	const struct report_dest *dest; /* NULL: it names no destination */
	double time;
	struct findings *out;
	void **state;
};

struct finding_evidence {
	char run[40];
	int64_t sequence;
	double time;
	char text[200];
};

struct finding {
	char key[96]; /* the rule and what it is about */
	const struct finding_rule *rule;
	char title[128], technique[16], technique_name[64];
	enum severity severity;
	uint64_t count;
	struct finding_evidence evidence[FINDING_EVIDENCE_MAX];
	UT_hash_handle hh;
};

struct findings {
	struct finding *head;
	void *states[32]; /* one a rule */
};

void findings_see(struct findings *findings, const struct record *record,
		  const struct report_dest *dest, double time);
void findings_done(struct findings *findings);
/* The gravest first. */
void findings_sort(struct findings *findings);
const char *severity_name(enum severity severity);

/* For rules: adds a piece of evidence to the finding about `about`, which it makes. */
struct finding *finding_add(const struct finding_rule *rule, struct finding_event *event,
			    const char *about, const char *format, ...)
	printf_format(4, 5);

/* A call that reached out: not its announcement. */
must_check bool finding_is_call(const struct record *record);
/* The same to an IP address that is not of this machine or its networks. */
must_check bool finding_is_internet(const struct finding_event *event);

/* What a rule remembers of one process or destination: a table of its own. */
struct finding_memory {
	char key[200];
	uint64_t count;
	double last, sum, squares;
	uint32_t seen[32]; /* ports or hosts, as they come */
	unsigned seen_count;
	bool told;
	UT_hash_handle hh;
};
/* Made when it is not there; NULL when there are too many. */
struct finding_memory *finding_remember(struct finding_event *event, const char *key);

extern const struct finding_rule finding_evasion, finding_hard_coded, finding_beacon,
	finding_port_scan, finding_host_scan, finding_metadata, finding_tor,
	finding_cleartext, finding_dns_tunnel, finding_preload, finding_odd_place,
	finding_listens;

#endif
