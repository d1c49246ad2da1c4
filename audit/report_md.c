/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_md.c - the report as Markdown
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "audit/learn.h"
#include "audit/report_write.h"
#include "audit/show.h"

static void cell(FILE *out, const char *text)
{
	fputs(" ", out);
	show(out, SHOW_MARKDOWN, *text ? text : "-");
	fputs(" |", out);
}

static void number(FILE *out, uint64_t value)
{
	fprintf(out, " %" PRIu64 " |", value);
}

void report_count_findings(const struct report *report,
			   unsigned ret_counts[static SEVERITY_NUM_])
{
	const struct finding *finding;

	memset(ret_counts, 0, SEVERITY_NUM_ * sizeof(*ret_counts));
	for (finding = report->findings.head; finding; finding = finding->hh.next)
		ret_counts[finding->severity]++;
}

static void write_runs(FILE *out, const struct report *report)
{
	const struct report_run *run;

	for (run = report->runs; run; run = run->hh.next) {
		fputs("\n- run: ", out);
		show(out, SHOW_MARKDOWN,
		     run->argv ? run->argv : "(its start is not in the log)");
		fprintf(out,
			"\n  - %s to %s UTC, policy of %" PRId64 " rules, default %s\n",
			show_time(run->first), show_time(run->last), run->rules,
			*run->fallback ? run->fallback : "?");
		if (!run->ended)
			fputs("  - **the log has no end of this run: netjail was "
			      "killed, or still runs**\n",
			      out);
		else if (*run->signal)
			fprintf(out, "  - ended by %s\n", run->signal);
		else
			fprintf(out, "  - exit status %" PRId64 "\n", run->exit_code);
		if (run->gaps || run->broken || run->lost)
			fprintf(out,
				"  - **the log is not whole: %" PRIu64 " gaps, %" PRIu64
				" breaks of the chain, %" PRIu64 " events lost**\n",
				run->gaps, run->broken, run->lost);
	}
}

static void write_verdict(FILE *out, const struct report *report)
{
	unsigned counts[SEVERITY_NUM_];

	report_count_findings(report, counts);
	fputs("# netjail report\n", out);
	write_runs(out, report);
	fprintf(out,
		"\n%" PRIu64 " calls allowed, %" PRIu64 " refused, %" PRIu64
		" would be refused; findings: %u critical, "
		"%u high, %u medium, %u low.\n",
		report->allowed, report->refused, report->would,
		counts[SEVERITY_CRITICAL], counts[SEVERITY_HIGH], counts[SEVERITY_MEDIUM],
		counts[SEVERITY_LOW]);
	if (report->unfinished)
		fprintf(out,
			"%" PRIu64 " calls were begun and their end is not in the log.\n",
			report->unfinished);
	if (report->bad_lines)
		fprintf(out, "%" PRIu64 " lines are no lines of netjail's.\n",
			report->bad_lines);
}

static void write_subjects(FILE *out, const struct report *report)
{
	const struct report_subject *subject;

	fputs("\n## What ran\n\n"
	      "| file | size | SHA-256 | type | linkage | script | times |\n"
	      "|---|---|---|---|---|---|---|\n",
	      out);
	for (subject = report->subjects; subject; subject = subject->hh.next) {
		fputs("|", out);
		cell(out, subject->path);
		cell(out, show_size((double)subject->size));
		cell(out, subject->sha256);
		cell(out, subject->type);
		cell(out, subject->linkage);
		cell(out, subject->script);
		number(out, subject->runs);
		fputc('\n', out);
	}
}

static void write_coverage(FILE *out, const struct report *report)
{
	fputs("\n## What this run could not see\n\n", out);
	report_show_coverage(out, report, SHOW_MARKDOWN, "- ", "\n");
}

static void write_dests(FILE *out, const struct report *report)
{
	const struct report_dest *dest;

	fputs("\n## Destinations\n\n| name | address | port | protocol | first | last | "
	      "allowed | refused | would be refused | rule | processes | direct | "
	      "sent | received |\n"
	      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
	      out);
	for (dest = report->dests; dest; dest = dest->hh.next) {
		fputs("|", out);
		cell(out, dest->domain);
		cell(out, dest->address);
		number(out, (uint64_t)dest->port);
		cell(out, dest->transport);
		cell(out, show_time(dest->first));
		cell(out, show_time(dest->last));
		number(out, dest->allowed);
		number(out, dest->refused);
		number(out, dest->would);
		cell(out, dest->rule);
		cell(out, dest->name_count ? dest->names[0] : "");
		cell(out, dest->is_ip && dest->direct ? "direct" : "");
		cell(out, show_size((double)dest->sent));
		cell(out, dest->counted ? show_size((double)dest->received) : "?");
		fputc('\n', out);
	}
	if (report->other_dests)
		fprintf(out,
			"\n%" PRIu64 " calls went to destinations that were not kept.\n",
			report->other_dests);
	fputs("\n## DNS\n\n" REPORT_NOT_VISIBLE "\n\n## TLS names\n\n" REPORT_NOT_VISIBLE
	      "\n",
	      out);
}

static void write_listens(FILE *out, const struct report *report)
{
	const struct report_listen *row;

	fputs("\n## Listening\n\n", out);
	if (!report->listens)
		fputs(REPORT_NONE_SEEN "\n", out);
	for (row = report->listens; row; row = row->hh.next) {
		fputs("- ", out);
		show(out, SHOW_MARKDOWN, row->name);
		fprintf(out, " on %s %s port %" PRId64 ", %" PRIu64 " accepted\n",
			row->transport, row->address, row->port, row->accepted);
	}
}

/* NOLINTNEXTLINE(misc-no-recursion): the depth of a tree of processes, bounded */
static void write_proc(FILE *out, const struct report_proc *proc, unsigned depth)
{
	fprintf(out, "%*s- %" PRId64 " ", (int)(2 * depth), "", proc->pid);
	show(out, SHOW_MARKDOWN, *proc->command_line ? proc->command_line : proc->name);
	fprintf(out,
		" (%s; %" PRIu64 " allowed, %" PRIu64 " refused, %" PRIu64
		" would be refused, %" PRIu64 " alerts)\n",
		*proc->ending ? proc->ending : "no end seen", proc->allowed,
		proc->refused, proc->would, proc->alerts);
	for (const struct report_proc *child = proc->child; child && depth < 100;
	     child = child->sibling)
		write_proc(out, child, depth + 1);
}

static void write_procs(FILE *out, const struct report *report)
{
	fputs("\n## Processes\n\n", out);
	for (const struct report_proc *proc = report->procs; proc; proc = proc->hh.next)
		if (!proc->mother)
			write_proc(out, proc, 0);
}

static void write_findings(FILE *out, const struct report *report)
{
	const struct finding *finding;

	fputs("\n## Findings\n\n", out);
	if (!report->findings.head)
		fputs(REPORT_NONE_SEEN "\n", out);
	for (finding = report->findings.head; finding; finding = finding->hh.next) {
		fprintf(out, "- **%s** (confidence %s, %s %s, %" PRIu64 " times): ",
			severity_name(finding->severity), finding->rule->confidence,
			finding->technique, finding->technique_name, finding->count);
		show(out, SHOW_MARKDOWN, finding->title);
		fputc('\n', out);
		for (uint64_t i = 0; i < finding->count && i < FINDING_EVIDENCE_MAX;
		     i++) {
			fprintf(out, "  - event %" PRId64 ": ",
				finding->evidence[i].sequence);
			show(out, SHOW_MARKDOWN, finding->evidence[i].text);
			fputc('\n', out);
		}
		fprintf(out, "  - %s\n", finding->rule->advice);
	}
}

int report_write_markdown(FILE *out, const struct report *report, bool names)
{
	write_verdict(out, report);
	write_findings(out, report);
	write_subjects(out, report);
	write_coverage(out, report);
	write_dests(out, report);
	write_listens(out, report);
	write_procs(out, report);
	fputs("\n## Indicators\n\n", out);
	indicators_markdown(out, report);
	fputs("\n## Suggested rules\n\n```\n", out);
	learn_write(out, report, names);
	fputs("```\n", out);
	return fflush(out) != 0 || ferror(out) ? -EIO : 0;
}
