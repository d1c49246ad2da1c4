/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_tail.c - the end of the page: call stacks, what to copy, what next
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "audit/learn.h"
#include "audit/report_write.h"
#include "audit/show.h"

static void write_stacks(FILE *out, const struct report *report)
{
	const struct report_stack *row;

	fputs("<h2>Call stacks</h2>\n", out);
	if (!report->stacks)
		fputs("<p>" REPORT_NONE_SEEN "</p>\n", out);
	for (row = report->stacks; row; row = row->hh.next) {
		fputs("<details><summary class=m>", out);
		show(out, SHOW_HTML, *row->dest ? row->dest : "(no destination)");
		fprintf(out, " <span class=dim>%" PRIu64 " times</span></summary><pre>",
			row->count);
		for (const char *line = row->frames; *line;) {
			size_t len = strcspn(line, "\n");

			show_bytes(out, SHOW_HTML, line, len);
			fputc('\n', out);
			line += len + (line[len] == '\n');
		}
		fputs("</pre></details>\n", out);
	}
}

/* What a writer writes, as the text of a <pre>. */
static void write_pre(FILE *out, const char *head, const char *made, size_t len)
{
	fprintf(out, "<details><summary>%s</summary><pre>", head);
	for (const char *line = made; line < made + len;) {
		size_t left = (size_t)(made + len - line);
		const char *end = memchr(line, '\n', left);
		size_t piece = end ? (size_t)(end - line) : left;

		show_bytes(out, SHOW_HTML, line, piece);
		fputc('\n', out);
		line += piece + 1;
	}
	fputs("</pre></details>\n", out);
}

static void write_stix(FILE *memory, const struct report *report)
{
	json_t *stix = indicators_stix(report);

	(void)json_dumpf(stix, memory, JSON_INDENT(1));
	json_decref(stix);
}

static void write_copy(FILE *out, const struct report *report, const char *head,
		       void (*write)(FILE *, const struct report *))
{
	char *made = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&made, &len);

	if (!memory)
		return;
	write(memory, report);
	if (fclose(memory) == 0)
		write_pre(out, head, made, len);
	free(made);
}

static void write_rules(FILE *out, const struct report *report)
{
	learn_write(out, report, false);
}

static void write_named_rules(FILE *out, const struct report *report)
{
	learn_write(out, report, true);
}

/* The arguments with blanks between, as the log has them: quotes are the reader's. */
static void put_again(FILE *out, const char *text)
{
	fputs("netjail trace --rules suggested.rules -- ", out);
	show(out, SHOW_HTML, text);
	fputc('\n', out);
}

void report_html_tail(FILE *out, const struct report *report, bool names)
{
	write_stacks(out, report);
	fputs("<h2>Indicators</h2>\n<p class=dim>Internet addresses and files; "
	      "defanged but for STIX.</p>\n",
	      out);
	write_copy(out, report, "Markdown", indicators_markdown);
	write_copy(out, report, "CSV", indicators_csv);
	write_copy(out, report, "STIX 2.1", write_stix);
	fputs("<h2>Suggested rules</h2>\n<p>They allow what was seen, and refuse the "
	      "rest.</p>\n",
	      out);
	write_copy(out, report, "Rules", names ? write_named_rules : write_rules);
	fputs("<h2>How to run it again</h2>\n<pre>", out);
	for (const struct report_run *run = report->runs; run; run = run->hh.next)
		put_again(out, run->argv ? run->argv : "PROGRAM");
	fputs("</pre>\n", out);
}
