/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report.c - reads logs line by line: their runs, their numbers, their chains
 */
#include "audit/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "audit/report_write.h"
#include "base/xalloc.h"

#define READ_STEP (256 << 10)
/* A longer line is no line of netjail's. */
#define LINE_MAX_ (1 << 20)
#define RUNS_MAX  1000

struct report *report_new(void)
{
	struct report *report = xcalloc(1, sizeof(*report));

	report->width = 1;
	return report;
}

/* ---- runs ---- */

static struct report_run *run_of(struct report *report, const struct record *record)
{
	struct report_run *run;
	char id[sizeof(run->id)];

	text_copy(record->fields[F_RUN], id, sizeof(id));
	HASH_FIND_STR(report->runs, id, run);
	if (run || HASH_COUNT(report->runs) >= RUNS_MAX)
		return run;
	run = xcalloc(1, sizeof(*run));
	memcpy(run->id, id, sizeof(id));
	memset(run->chain, '0', sizeof(run->chain) - 1);
	HASH_ADD_STR(report->runs, id, run);
	return run;
}

/* The texts of a list, a line each, or with blanks between. */
static char *join(const struct text_list *list, char between)
{
	size_t len = 0;
	char *text;

	for (size_t i = 0; i < list->count; i++)
		len += list->items[i].len + 1;
	text = xcalloc(len + 1, 1);
	len = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			text[len++] = between;
		if (list->items[i].len)
			memcpy(text + len, list->items[i].at, list->items[i].len);
		len += list->items[i].len;
	}
	return text;
}

/* A line that is missing or was changed breaks the numbers or the chain. */
static void check_chain(struct report_run *run, const struct record *record,
			const char *line, size_t len)
{
	int64_t sequence = text_number(record->fields[F_SEQUENCE]);
	uint8_t digest[DIGEST_LEN];

	if (sequence != run->next)
		run->gaps++;
	else if (!text_is(record->fields[F_CHAIN], run->chain))
		run->broken++;
	run->next = sequence + 1;
	digest_bytes(line, len, digest);
	digest_hex(digest, run->chain);
}

static void see_start(struct report_run *run, const struct record *record)
{
	const struct text *fields = record->fields;

	if (run->started)
		return;
	run->started = true;
	run->argv = join(&record->argv, ' ');
	run->coverage = join(&record->coverage, '\n');
	text_copy(fields[F_HOST], run->host, sizeof(run->host));
	text_copy(fields[F_VERSION], run->version, sizeof(run->version));
	text_copy(fields[F_POLICY_SHA256], run->policy, sizeof(run->policy));
	text_copy(fields[F_POLICY_DEFAULT], run->fallback, sizeof(run->fallback));
	run->rules = text_number(fields[F_POLICY_RULES]);
}

static void see_run(struct report_run *run, const struct record *record, double time)
{
	run->lines++;
	if (run->first <= 0 || time < run->first)
		run->first = time;
	if (time > run->last)
		run->last = time;
	run->lost += (uint64_t)text_number(record->fields[F_LOST]);
	if (text_is(record->fields[F_ACTION], "run-start"))
		see_start(run, record);
	if (text_is(record->fields[F_ACTION], "run-end")) {
		run->ended = true;
		run->exit_code = text_number(record->fields[F_EXIT_CODE]);
		text_copy(record->fields[F_SIGNAL], run->signal, sizeof(run->signal));
	}
}

/* ---- lines ---- */

void report_add_line(struct report *report, const char *line, size_t len)
{
	struct record *record = &report->record;
	struct report_run *run;
	double time;

	if (len > report->scratch_cap) {
		report->scratch = xreallocarray(report->scratch, len, 2);
		report->scratch_cap = 2 * len;
	}
	report->lines++;
	if (!record_parse(line, len, report->scratch, record)) {
		report->bad_lines++;
		return;
	}
	run = run_of(report, record);
	if (!run)
		return;
	time = text_time(record->fields[F_TIMESTAMP]);
	check_chain(run, record, line, len);
	see_run(run, record, time);
	report_fold_life(report, time);
	report_fold_call(report, time);
}

/* Adds the whole lines of a block; returns how many bytes are left of one that has no end
 * yet, which are moved to the block's begin. */
static size_t add_block(struct report *report, char *block, size_t len)
{
	const char *line = block, *end;

	while ((end = memchr(line, '\n', len - (size_t)(line - block)))) {
		if (end > line)
			report_add_line(report, line, (size_t)(end - line));
		line = end + 1;
	}
	len -= (size_t)(line - block);
	memmove(block, line, len);
	return len;
}

int report_add_fd(struct report *report, int fd)
{
	size_t cap = READ_STEP, kept = 0;
	cleanup_free char *block = malloc(LINE_MAX_ + READ_STEP);

	if (!block)
		return -ENOMEM;
	for (;;) {
		ssize_t got = read(fd, block + kept, cap);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		kept = add_block(report, block, kept + (size_t)got);
		if (kept > LINE_MAX_) {
			report->bad_lines++;
			kept = 0;
		}
	}
	if (kept) /* a run that was killed in the middle of a line */
		report->bad_lines++;
	return 0;
}

int report_add_file(struct report *report, const char *path)
{
	cleanup_fd int fd = -1;

	if (strcmp(path, "-") == 0)
		return report_add_fd(report, STDIN_FILENO);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	return fd < 0 ? -errno : report_add_fd(report, fd);
}

/* ---- the end ---- */

/* The tree of processes: each hangs below its parent, where that is known. */
static void link_processes(struct report *report)
{
	struct report_proc *proc, *next, *parent, **last;

	HASH_ITER(hh, report->procs, proc, next)
	{
		HASH_FIND_STR(report->procs, proc->parent, parent);
		if (!parent || parent == proc)
			continue;
		proc->mother = parent;
		for (last = &parent->child; *last; last = &(*last)->sibling)
			;
		*last = proc;
	}
}

/* An announced call whose end was never seen took effect, as far as anybody knows. */
static void close_open(struct report *report)
{
	struct report_open *open_, *next;
	struct report_dest *dest;

	HASH_ITER(hh, report->opens, open_, next)
	{
		report->unfinished++;
		report->allowed++;
		HASH_FIND_STR(report->dests, open_->dest, dest);
		if (dest)
			dest->allowed++;
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): uthash's list */
		HASH_DEL(report->opens, open_);
		free(open_);
	}
}

void report_end(struct report *report)
{
	close_open(report);
	link_processes(report);
	findings_sort(&report->findings);
}

#define FREE_ALL(type, head, member, ...)                                                \
	do {                                                                             \
		struct type *row_, *next_;                                               \
		HASH_ITER(hh, head, row_, next_)                                         \
		{                                                                        \
			/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */        \
			HASH_DEL(head, row_);                                            \
			free(row_->member);                                              \
			__VA_ARGS__;                                                     \
			free(row_);                                                      \
		}                                                                        \
	} while (0)

void report_free(struct report *report)
{
	if (!report)
		return;
	FREE_ALL(report_run, report->runs, argv, free(row_->coverage));
	FREE_ALL(report_proc, report->procs, executable, free(row_->command_line));
	FREE_ALL(report_subject, report->subjects, path, );
	FREE_ALL(report_stack, report->stacks, frames, );
	while (report->dests) {
		struct report_dest *dest = report->dests;

		HASH_DEL(report->dests, dest);
		free(dest);
	}
	while (report->listens) {
		struct report_listen *row = report->listens;

		HASH_DEL(report->listens, row);
		free(row);
	}
	while (report->opens) {
		struct report_open *row = report->opens;

		HASH_DEL(report->opens, row);
		free(row);
	}
	findings_done(&report->findings);
	free(report->scratch);
	free(report);
}

/* An earlier run could not see the same. */
static bool says_coverage_before(const struct report *report,
				 const struct report_run *run)
{
	const struct report_run *other = report->runs;

	while (other != run &&
	       strcmp(other->coverage ? other->coverage : "", run->coverage) != 0)
		other = other->hh.next;
	return other != run;
}

void report_show_coverage(FILE *out, const struct report *report, enum show_as as,
			  const char *before, const char *after)
{
	for (const struct report_run *run = report->runs; run; run = run->hh.next) {
		const char *line = run->coverage && !says_coverage_before(report, run)
					   ? run->coverage
					   : "";

		while (*line) {
			size_t len = strcspn(line, "\n");

			fputs(before, out);
			show_bytes(out, as, line, len);
			fputs(after, out);
			line += len + (line[len] == '\n');
		}
	}
}
