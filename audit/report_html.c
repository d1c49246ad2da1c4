/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_html.c - the report as one HTML page that loads nothing
 */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "audit/learn.h"
#include "audit/report_page.h"
#include "audit/report_write.h"
#include "audit/show.h"

static void text(FILE *out, const char *hostile)
{
	show(out, SHOW_HTML, hostile);
}

static void cell(FILE *out, const char *hostile)
{
	fputs("<td class=m>", out);
	text(out, hostile);
	fputs("</td>", out);
}

static void number(FILE *out, uint64_t value)
{
	fprintf(out, "<td class=n data-n=%" PRIu64 ">%" PRIu64 "</td>", value, value);
}

static void size(FILE *out, int64_t bytes, bool known)
{
	fprintf(out, "<td class=n data-n=%" PRId64 ">%s</td>", bytes,
		known ? show_size((double)bytes) : "?");
}

static void time_cell(FILE *out, double time)
{
	fprintf(out, "<td class=m data-n=%.3f>%s</td>", time, show_time(time));
}

/* A table that can be searched and sorted (audit/report_page.c). */
static void begin_table(FILE *out, const char *id, const char *const *heads, size_t count)
{
	fprintf(out,
		"<input type=search id=%s-q placeholder=Search aria-label=Search>\n"
		"<div class=wide><table class=s id=%s><thead><tr>",
		id, id);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "<th scope=col><button type=button>%s</button></th>",
			heads[i]);
	fputs("</tr></thead><tbody>\n", out);
}

static void end_table(FILE *out)
{
	fputs("</tbody></table></div>\n", out);
}

/* ---- the head ---- */

static void write_run(FILE *out, const struct report_run *run)
{
	fputs("<p><span class=m>", out);
	text(out, run->argv ? run->argv : "(its start is not in the log)");
	fprintf(out, "</span><br><span class=dim>%s to %s UTC on ", show_time(run->first),
		show_time(run->last));
	text(out, run->host);
	fprintf(out, "; policy: %" PRId64 " rule%s, default ", run->rules,
		run->rules == 1 ? "" : "s");
	text(out, run->fallback);
	fputs(", SHA-256 ", out);
	text(out, run->policy);
	fputs("</span><br>", out);
	if (!run->ended)
		fputs("<b class=bad>The log has no end of this run: netjail was "
		      "killed, or still runs.</b>",
		      out);
	else if (*run->signal)
		fputs("ended by ", out), text(out, run->signal);
	else
		fprintf(out, "exit status %" PRId64, run->exit_code);
	if (run->gaps || run->broken || run->lost)
		fprintf(out,
			"<br><b class=bad>The log is not whole: %" PRIu64
			" gaps, %" PRIu64 " breaks of the chain, %" PRIu64
			" events lost.</b>",
			run->gaps, run->broken, run->lost);
	fputs("</p>\n", out);
}

static void write_verdict(FILE *out, const struct report *report)
{
	unsigned counts[SEVERITY_NUM_];
	const char *kind = "";

	report_count_findings(report, counts);
	if (counts[SEVERITY_HIGH] || counts[SEVERITY_CRITICAL])
		kind = " bad";
	else if (report->findings.head)
		kind = " warn";
	fprintf(out, "<header class=\"box%s\"><h1>netjail report</h1>\n", kind);
	for (const struct report_run *run = report->runs; run; run = run->hh.next)
		write_run(out, run);
	fprintf(out,
		"<div class=nums><span><b>%" PRIu64
		"</b> calls allowed</span><span><b>%" PRIu64 "</b> refused</span>",
		report->allowed, report->refused);
	if (report->would)
		fprintf(out, "<span><b>%" PRIu64 "</b> would be refused</span>",
			report->would);
	for (unsigned i = SEVERITY_NUM_; i-- > 0;)
		fprintf(out, "<span><b>%u</b> %s</span>", counts[i],
			severity_name((enum severity)i));
	fputs("</div>\n", out);
	if (report->unfinished)
		fprintf(out,
			"<p>%" PRIu64
			" calls were begun, and their end is not in the log.</p>\n",
			report->unfinished);
	if (report->bad_lines)
		fprintf(out,
			"<p class=bad>%" PRIu64 " lines are no lines of netjail's.</p>\n",
			report->bad_lines);
	fputs("</header>\n", out);
}

static void write_subjects(FILE *out, const struct report *report)
{
	static const char *const heads[] = {"File",    "Size",   "SHA-256", "Type",
					    "Linkage", "Loader", "Script",  "Times"};
	const struct report_subject *subject;

	fputs("<h2>What ran</h2>\n", out);
	begin_table(out, "subjects", heads, ARRAY_LEN(heads));
	for (subject = report->subjects; subject; subject = subject->hh.next) {
		fputs("<tr>", out);
		cell(out, subject->path);
		size(out, subject->size, true);
		cell(out, subject->sha256);
		cell(out, subject->type);
		cell(out, *subject->go_build ? "Go" : subject->linkage);
		cell(out, subject->interpreter);
		cell(out, subject->script);
		number(out, subject->runs);
		fputs("</tr>\n", out);
	}
	end_table(out);
}

static void write_coverage(FILE *out, const struct report *report)
{
	fputs("<h2>What this run could not see</h2>\n<ul>\n", out);
	report_show_coverage(out, report, SHOW_HTML, "<li>", "</li>\n");
	fputs("</ul>\n", out);
}

/* ---- destinations ---- */

static void write_dest(FILE *out, const struct report_dest *dest)
{
	fputs("<tr>", out);
	cell(out, dest->domain);
	cell(out, dest->address);
	number(out, (uint64_t)dest->port);
	cell(out, dest->transport);
	time_cell(out, dest->first);
	time_cell(out, dest->last);
	number(out, dest->allowed);
	fprintf(out, "<td class=\"n%s\" data-n=%" PRIu64 ">%" PRIu64 "</td>",
		dest->refused ? " bad" : "", dest->refused, dest->refused);
	fprintf(out, "<td class=\"n%s\" data-n=%" PRIu64 ">%" PRIu64 "</td>",
		dest->would ? " warn" : "", dest->would, dest->would);
	cell(out, dest->rule);
	fputs("<td class=m>", out);
	for (unsigned i = 0; i < dest->name_count; i++) {
		fputs(i ? ", " : "", out);
		text(out, dest->names[i]);
	}
	fprintf(out, "</td><td>%s</td>", dest->is_ip && dest->direct ? "direct" : "");
	size(out, dest->sent, true);
	size(out, dest->received, dest->counted);
	fputs("</tr>\n", out);
}

static void write_dests(FILE *out, const struct report *report)
{
	static const char *const heads[] = {
		"Name",      "Address", "Port",    "Protocol",         "First",
		"Last",      "Allowed", "Refused", "Would be refused", "Last rule",
		"Processes", "Mark",    "Sent",    "Received"};

	fputs("<h2>Destinations</h2>\n", out);
	begin_table(out, "dests", heads, ARRAY_LEN(heads));
	for (const struct report_dest *dest = report->dests; dest; dest = dest->hh.next)
		write_dest(out, dest);
	end_table(out);
	fputs("<p class=dim>direct: its address has no name that this run "
	      "could see.</p>\n",
	      out);
	if (report->other_dests)
		fprintf(out,
			"<p>%" PRIu64
			" calls went to destinations that were not kept.</p>\n",
			report->other_dests);
	fputs("<h2>DNS</h2>\n<p>" REPORT_NOT_VISIBLE "</p>\n", out);
}

/* The bars of a moment: allowed at the bottom, refused on top. */
static void write_bars(FILE *out, const struct report *report, unsigned i, uint64_t most)
{
	static const char kinds[] = {'a', 'w', 'r'};
	const uint64_t *counts = report->timeline[i];
	double top = 100;

	static_assert(ARRAY_LEN(kinds) == OUTCOME_NUM_, "a colour an outcome");
	if (!counts[OUTCOME_ALLOWED] && !counts[OUTCOME_WOULD] &&
	    !counts[OUTCOME_REFUSED])
		return;
	fprintf(out,
		"<g><title>%s: %" PRIu64 " allowed, %" PRIu64
		" would be refused, %" PRIu64 " refused</title>",
		show_time(report->origin + i * report->width), counts[OUTCOME_ALLOWED],
		counts[OUTCOME_WOULD], counts[OUTCOME_REFUSED]);
	for (unsigned k = 0; k < OUTCOME_NUM_; k++) {
		double high = (double)counts[k] * 100.0 / (double)most;

		top -= high;
		fprintf(out, "<rect class=%c x=%u y=%.1f width=8 height=%.1f />",
			kinds[k], i * 10, top, high);
	}
	fputs("</g>\n", out);
}

static void write_timeline(FILE *out, const struct report *report)
{
	uint64_t most = 0;

	fputs("<h2>Calls over time</h2>\n", out);
	for (unsigned i = 0; i < REPORT_BUCKETS; i++) {
		const uint64_t *row = report->timeline[i];
		uint64_t sum =
			row[OUTCOME_ALLOWED] + row[OUTCOME_WOULD] + row[OUTCOME_REFUSED];

		most = sum > most ? sum : most;
	}
	if (!most) {
		fputs("<p>" REPORT_NONE_SEEN "</p>\n", out);
		return;
	}
	fputs("<svg viewBox=\"0 0 600 100\" preserveAspectRatio=none role=img "
	      "aria-label=\"Calls over time\">\n",
	      out);
	for (unsigned i = 0; i < REPORT_BUCKETS; i++)
		write_bars(out, report, i, most);
	fprintf(out,
		"</svg>\n<p class=dim>From %s UTC, a bar each %.0f s, at most %" PRIu64
		" calls.</p>\n<h2>TLS names</h2>\n<p>" REPORT_NOT_VISIBLE "</p>\n",
		show_time(report->origin), report->width, most);
}

static void write_listens(FILE *out, const struct report *report)
{
	const struct report_listen *row;

	fputs("<h2>Listening</h2>\n", out);
	if (!report->listens) {
		fputs("<p>" REPORT_NONE_SEEN "</p>\n", out);
		return;
	}
	fputs("<ul>\n", out);
	for (row = report->listens; row; row = row->hh.next) {
		fputs("<li><span class=m>", out);
		text(out, row->name);
		fputs(" on ", out);
		text(out, row->transport);
		fputs(" ", out);
		text(out, row->address);
		fprintf(out, "</span> port %" PRId64 ", %" PRIu64 " accepted</li>\n",
			row->port, row->accepted);
	}
	fputs("</ul>\n", out);
}

/* ---- processes ---- */

static void tag(FILE *out, const char *kind, uint64_t count, const char *what)
{
	if (count)
		fprintf(out, " <span class=\"tag %s\">%" PRIu64 " %s</span>", kind, count,
			what);
}

/* NOLINTNEXTLINE(misc-no-recursion): the depth of a tree of processes, bounded */
static void write_proc(FILE *out, const struct report_proc *proc, unsigned depth)
{
	fprintf(out, "<li><span class=m>%" PRId64 " ", proc->pid);
	text(out, *proc->command_line ? proc->command_line : proc->name);
	fputs("</span> <span class=dim>", out);
	text(out, *proc->ending ? proc->ending : "no end seen");
	fputs("</span>", out);
	tag(out, "good", proc->allowed, "allowed");
	tag(out, "bad", proc->refused, "refused");
	tag(out, "warn", proc->would, "would be refused");
	tag(out, "bad", proc->alerts, "alerts");
	if (proc->child && depth < 100) {
		fputs("<ul>\n", out);
		for (const struct report_proc *child = proc->child; child;
		     child = child->sibling)
			write_proc(out, child, depth + 1);
		fputs("</ul>", out);
	}
	fputs("</li>\n", out);
}

static void write_procs(FILE *out, const struct report *report)
{
	fputs("<h2>Processes</h2>\n<ul class=tree>\n", out);
	for (const struct report_proc *proc = report->procs; proc; proc = proc->hh.next)
		if (!proc->mother)
			write_proc(out, proc, 0);
	fputs("</ul>\n", out);
	if (report->other_procs)
		fprintf(out,
			"<p>%" PRIu64
			" events are of processes that were not kept.</p>\n",
			report->other_procs);
}

/* ---- findings ---- */

static void write_finding(FILE *out, const struct finding *finding)
{
	bool grave = finding->severity >= SEVERITY_HIGH;

	fprintf(out, "<details%s><summary><span class=\"tag %s\">%s</span> ",
		grave ? " open" : "", grave ? "bad" : "warn",
		severity_name(finding->severity));
	text(out, finding->title);
	fprintf(out, " <span class=dim>confidence %s, %" PRIu64 " times, ATT&amp;CK ",
		finding->rule->confidence, finding->count);
	text(out, finding->technique);
	fputs(" ", out);
	text(out, finding->technique_name);
	fputs("</span></summary>\n<ul>\n", out);
	for (uint64_t i = 0; i < finding->count && i < FINDING_EVIDENCE_MAX; i++) {
		const struct finding_evidence *evidence = &finding->evidence[i];

		fprintf(out, "<li class=m>%s event %" PRId64 " of run ",
			show_time(evidence->time), evidence->sequence);
		text(out, evidence->run);
		fputs(": ", out);
		text(out, evidence->text);
		fputs("</li>\n", out);
	}
	fprintf(out, "</ul><p>%s</p></details>\n", finding->rule->advice);
}

static void write_findings(FILE *out, const struct report *report)
{
	const struct finding *finding;

	fputs("<h2>Findings</h2>\n", out);
	if (!report->findings.head)
		fputs("<p>" REPORT_NONE_SEEN "</p>\n", out);
	for (finding = report->findings.head; finding; finding = finding->hh.next)
		write_finding(out, finding);
}

int report_write_html(FILE *out, const struct report *report, bool names)
{
	report_page_begin(out);
	write_verdict(out, report);
	write_subjects(out, report);
	write_coverage(out, report);
	write_dests(out, report);
	write_timeline(out, report);
	write_listens(out, report);
	write_procs(out, report);
	write_findings(out, report);
	report_html_tail(out, report, names);
	report_page_end(out);
	return fflush(out) != 0 || ferror(out) ? -EIO : 0;
}
