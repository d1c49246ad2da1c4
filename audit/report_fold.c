/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_fold.c - folds an event into the tables of a report
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "audit/report.h"
#include "base/xalloc.h"

static char *keep(struct text text)
{
	return xstrndup(text.at ? text.at : "", text.len);
}

/* ---- destinations ---- */

struct report_dest *report_dest_of(struct report *report, const struct record *record)
{
	const struct text *fields = record->fields;
	bool inbound = text_is(fields[F_DIRECTION], "ingress");
	struct text address = inbound ? fields[F_SOURCE_IP] : fields[F_DEST_ADDRESS];
	struct report_dest *dest;
	char key[sizeof(dest->key)], transport[16], text[128];
	int64_t port = inbound ? 0 : text_number(fields[F_DEST_PORT]);
	struct addr addr;

	if (!address.len)
		return NULL;
	text_copy(fields[F_TRANSPORT], transport, sizeof(transport));
	text_copy(address, text, sizeof(text));
	snprintf(key, sizeof(key), "%s%s %s %" PRId64, transport, inbound ? " in" : "",
		 text, port);
	HASH_FIND_STR(report->dests, key, dest);
	if (dest)
		return dest;
	if (HASH_COUNT(report->dests) >= REPORT_DESTS_MAX) {
		report->other_dests++;
		return NULL;
	}
	dest = xcalloc(1, sizeof(*dest));
	memcpy(dest->key, key, sizeof(key));
	memcpy(dest->address, text, sizeof(text));
	memcpy(dest->transport, transport, sizeof(transport));
	dest->port = port;
	dest->inbound = inbound;
	dest->direct = true;
	dest->is_ip = addr_parse(text, strlen(text), &addr);
	if (dest->is_ip)
		dest->scope = addr_scope_of(&addr);
	HASH_ADD_STR(report->dests, key, dest);
	return dest;
}

static void name_process(struct report_dest *dest, struct text name)
{
	char text[sizeof(dest->names[0])];

	text_copy(name, text, sizeof(text));
	for (unsigned i = 0; i < dest->name_count; i++)
		if (strcmp(dest->names[i], text) == 0)
			return;
	if (dest->name_count < REPORT_NAMES_MAX)
		memcpy(dest->names[dest->name_count++], text, sizeof(text));
}

static void fold_dest(struct report_dest *dest, const struct record *record, double time,
		      enum outcome outcome)
{
	const struct text *fields = record->fields;
	bool refused = outcome == OUTCOME_REFUSED;

	if (dest->first <= 0)
		dest->first = time;
	dest->last = time;
	name_process(dest, fields[F_NAME]);
	text_copy(fields[F_RULE], dest->rule, sizeof(dest->rule));
	if (fields[F_DEST_DOMAIN].len) {
		text_copy(fields[F_DEST_DOMAIN], dest->domain, sizeof(dest->domain));
		dest->direct = false;
	}
	dest->verdict |= refused ? 2 : 1;
	dest->allowed += outcome == OUTCOME_ALLOWED;
	dest->would += outcome == OUTCOME_WOULD;
	dest->refused += refused;
	dest->failed += !refused && text_is(fields[F_OUTCOME], "failure");
	if (!dest->counted)
		dest->sent += text_number(fields[F_SOURCE_BYTES]);
}

/* ---- calls over time ---- */

/* When the buckets do not reach, each gets twice as wide. */
static void fold_time(struct report *report, double time, enum outcome outcome)
{
	if (report->origin <= 0)
		report->origin = time;
	if (time < report->origin)
		time = report->origin;
	if (time - report->origin > 1e9)
		return;
	while ((time - report->origin) / report->width >= REPORT_BUCKETS) {
		for (size_t i = 0; i < REPORT_BUCKETS; i++) {
			bool kept = i < REPORT_BUCKETS / 2;

			for (unsigned k = 0; k < OUTCOME_NUM_; k++)
				report->timeline[i][k] =
					kept ? report->timeline[2 * i][k] +
							report->timeline[2 * i + 1][k]
					     : 0;
		}
		report->width *= 2;
	}
	report->timeline[(unsigned)((time - report->origin) / report->width)][outcome]++;
}

/* ---- announcements ---- */

static void open_key(const struct record *record, char *key, size_t cap)
{
	char run[40], tid[16];

	snprintf(key, cap, "%s %s", text_copy(record->fields[F_RUN], run, sizeof(run)),
		 text_copy(record->fields[F_TID], tid, sizeof(tid)));
}

static void see_begin(struct report *report, const struct record *record,
		      const struct report_dest *dest)
{
	struct report_open *row;
	char key[sizeof(row->key)];

	open_key(record, key, sizeof(key));
	HASH_FIND_STR(report->opens, key, row);
	if (!row) {
		row = xcalloc(1, sizeof(*row));
		memcpy(row->key, key, sizeof(key));
		HASH_ADD_STR(report->opens, key, row);
	}
	snprintf(row->dest, sizeof(row->dest), "%s", dest ? dest->key : "");
}

static void see_end(struct report *report, const struct record *record)
{
	struct report_open *row;
	char key[sizeof(row->key)];

	open_key(record, key, sizeof(key));
	HASH_FIND_STR(report->opens, key, row);
	if (row) {
		HASH_DEL(report->opens, row);
		free(row);
	}
}

/* ---- processes ---- */

static struct report_proc *proc_of(struct report *report, const struct record *record)
{
	const struct text *fields = record->fields;
	struct report_proc *proc;
	char entity[sizeof(proc->entity)];

	text_copy(fields[F_ENTITY], entity, sizeof(entity));
	if (!*entity)
		return NULL;
	HASH_FIND_STR(report->procs, entity, proc);
	if (proc)
		return proc;
	if (HASH_COUNT(report->procs) >= REPORT_PROCS_MAX) {
		report->other_procs++;
		return NULL;
	}
	proc = xcalloc(1, sizeof(*proc));
	memcpy(proc->entity, entity, sizeof(entity));
	proc->pid = text_number(fields[F_PID]);
	text_copy(fields[F_PARENT_ENTITY], proc->parent, sizeof(proc->parent));
	text_copy(fields[F_NAME], proc->name, sizeof(proc->name));
	proc->executable = keep(fields[F_EXECUTABLE]);
	proc->command_line = keep(fields[F_COMMAND_LINE]);
	HASH_ADD_STR(report->procs, entity, proc);
	return proc;
}

static void see_exec(struct report *report, const struct record *record)
{
	const struct text *fields = record->fields;
	struct report_subject *subject;
	char *path = keep(fields[F_EXECUTABLE]);

	HASH_FIND_STR(report->subjects, path, subject);
	if (!subject && HASH_COUNT(report->subjects) < REPORT_SUBJECTS_MAX) {
		subject = xcalloc(1, sizeof(*subject));
		subject->path = path;
		HASH_ADD_KEYPTR(hh, report->subjects, path, strlen(path), subject);
		text_copy(fields[F_SHA256], subject->sha256, sizeof(subject->sha256));
		text_copy(fields[F_ELF_TYPE], subject->type, sizeof(subject->type));
		text_copy(fields[F_LINKAGE], subject->linkage, sizeof(subject->linkage));
		text_copy(fields[F_INTERPRETER], subject->interpreter,
			  sizeof(subject->interpreter));
		text_copy(fields[F_GO_BUILD], subject->go_build,
			  sizeof(subject->go_build));
		subject->size = text_number(fields[F_SIZE]);
	} else {
		free(path);
	}
	if (!subject)
		return;
	subject->runs++;
	if (fields[F_SCRIPT].len)
		text_copy(fields[F_SCRIPT], subject->script, sizeof(subject->script));
	else if (fields[F_INLINE].len)
		text_copy(fields[F_INLINE], subject->script, sizeof(subject->script));
}

static void rename_process(struct report_proc *proc, const struct record *record)
{
	free(proc->executable);
	free(proc->command_line);
	proc->executable = keep(record->fields[F_EXECUTABLE]);
	proc->command_line = keep(record->fields[F_COMMAND_LINE]);
	text_copy(record->fields[F_NAME], proc->name, sizeof(proc->name));
}

static void see_exit(struct report_proc *proc, const struct record *record, double time)
{
	char number[16];

	proc->end = time;
	if (record->fields[F_SIGNAL].len)
		text_copy(record->fields[F_SIGNAL], proc->ending, sizeof(proc->ending));
	else
		snprintf(proc->ending, sizeof(proc->ending), "exit %s",
			 text_copy(record->fields[F_EXIT_CODE], number, sizeof(number)));
}

static void see_close(struct report *report, const struct record *record)
{
	struct report_dest *dest = report_dest_of(report, record);
	const struct text *fields = record->fields;

	if (!dest)
		return;
	if (!dest->counted)
		dest->sent = 0;
	dest->counted = true;
	dest->sent += text_number(fields[dest->inbound ? F_DEST_BYTES : F_SOURCE_BYTES]);
	dest->received +=
		text_number(fields[dest->inbound ? F_SOURCE_BYTES : F_DEST_BYTES]);
}

void report_fold_life(struct report *report, double time)
{
	const struct record *record = &report->record;
	struct text action = record->fields[F_ACTION];
	struct report_proc *proc = proc_of(report, record);

	if (text_is(action, "exec") || text_is(action, "attach"))
		see_exec(report, record);
	if (text_is(action, "close"))
		see_close(report, record);
	if (!proc)
		return;
	if (proc->start <= 0)
		proc->start = time;
	if (text_is(action, "exec"))
		rename_process(proc, record);
	if (text_is(action, "exit"))
		see_exit(proc, record, time);
	proc->alerts += text_is(record->fields[F_KIND], "alert");
}

/* ---- listening and stacks ---- */

static void see_listen(struct report *report, const struct record *record)
{
	const struct text *fields = record->fields;
	struct report_listen *row;
	char key[sizeof(row->key)], address[128], transport[16], port[16];

	text_copy(fields[F_SERVER_ADDRESS], address, sizeof(address));
	text_copy(fields[F_TRANSPORT], transport, sizeof(transport));
	snprintf(key, sizeof(key), "%s %s %s", transport, address,
		 text_copy(fields[F_SERVER_PORT], port, sizeof(port)));
	HASH_FIND_STR(report->listens, key, row);
	if (!row) {
		if (HASH_COUNT(report->listens) >= REPORT_SUBJECTS_MAX)
			return;
		row = xcalloc(1, sizeof(*row));
		memcpy(row->key, key, sizeof(key));
		memcpy(row->address, address, sizeof(address));
		memcpy(row->transport, transport, sizeof(transport));
		row->port = text_number(fields[F_SERVER_PORT]);
		text_copy(fields[F_NAME], row->name, sizeof(row->name));
		HASH_ADD_STR(report->listens, key, row);
	}
	if (strncmp(fields[F_ACTION].at, "accept", 6) == 0)
		row->accepted++;
	else
		row->count++;
}

static void see_stack(struct report *report, const struct record *record,
		      const struct report_dest *dest)
{
	struct report_stack *row;
	char id[sizeof(row->id)];

	text_copy(record->fields[F_STACK_ID], id, sizeof(id));
	HASH_FIND_STR(report->stacks, id, row);
	if (row) {
		row->count++;
		return;
	}
	if (!record->frame_count || HASH_COUNT(report->stacks) >= REPORT_STACKS_MAX)
		return;
	row = xcalloc(1, sizeof(*row));
	memcpy(row->id, id, sizeof(id));
	row->frames = report_frames(report, record);
	row->count = 1;
	snprintf(row->dest, sizeof(row->dest), "%s", dest ? dest->key : "");
	HASH_ADD_STR(report->stacks, id, row);
}

/* ---- calls ---- */

static void count_call(struct report *report, const struct record *record,
		       struct report_dest *dest, double time)
{
	struct report_proc *proc = proc_of(report, record);
	enum outcome outcome = OUTCOME_ALLOWED;

	if (record->denied)
		outcome = OUTCOME_REFUSED;
	else if (record->would_deny)
		outcome = OUTCOME_WOULD;
	report->allowed += outcome == OUTCOME_ALLOWED;
	report->would += outcome == OUTCOME_WOULD;
	report->refused += outcome == OUTCOME_REFUSED;
	if (proc) {
		proc->allowed += outcome == OUTCOME_ALLOWED;
		proc->would += outcome == OUTCOME_WOULD;
		proc->refused += outcome == OUTCOME_REFUSED;
	}
	fold_time(report, time, outcome);
	if (dest)
		fold_dest(dest, record, time, outcome);
}

void report_fold_call(struct report *report, double time)
{
	const struct record *record = &report->record;
	const struct text *fields = record->fields;
	bool ends = text_is(fields[F_PHASE], "end");
	bool listens = text_is(fields[F_ACTION], "listen") ||
		       text_is(fields[F_ACTION], "accept") ||
		       text_is(fields[F_ACTION], "accept4");
	bool binds = text_is(fields[F_ACTION], "bind");
	bool found = text_is(fields[F_ACTION], "found");
	struct report_dest *dest =
		binds || (listens && !text_is(fields[F_OUTCOME], "success"))
			? NULL
			: report_dest_of(report, record);

	if (text_is(fields[F_PHASE], "begin")) {
		see_begin(report, record, dest);
		return;
	}
	if (ends)
		see_end(report, record);
	listens |= text_is(fields[F_STATE], "listening");
	if (ends && listens && text_is(fields[F_OUTCOME], "success"))
		see_listen(report, record);
	/* told and judged: it has a verdict; a socket that was open counts as a call */
	if (ends && !binds && (fields[F_VERDICT].len || ((listens || found) && dest)))
		count_call(report, record, dest, time);
	if (fields[F_STACK_ID].len)
		see_stack(report, record, dest);
	findings_see(&report->findings, record, dest, time);
}
