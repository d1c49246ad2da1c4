/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_json.c - the report for machines
 */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "audit/ecs_put.h"
#include "audit/learn.h"
#include "audit/report_write.h"

static void put_run(json_t *array, const struct report_run *run)
{
	json_t *object = json_object();

	ecs_put_text(object, "id", run->id);
	ecs_put_text(object, "host", run->host);
	ecs_put_text(object, "argv", run->argv ? run->argv : "");
	ecs_put_text(object, "policy.sha256", run->policy);
	ecs_put_text(object, "policy.default", run->fallback);
	ecs_put_number(object, "policy.rules", run->rules);
	ecs_put(object, "first", json_real(run->first));
	ecs_put(object, "last", json_real(run->last));
	ecs_put(object, "ended", json_boolean(run->ended));
	if (run->ended)
		ecs_put_number(object, "exit_code", run->exit_code);
	if (*run->signal)
		ecs_put_text(object, "signal", run->signal);
	ecs_put_text(object, "coverage", run->coverage ? run->coverage : "");
	ecs_put_number(object, "log.lines", (int64_t)run->lines);
	ecs_put_number(object, "log.gaps", (int64_t)run->gaps);
	ecs_put_number(object, "log.chain_breaks", (int64_t)run->broken);
	ecs_put_number(object, "log.lost", (int64_t)run->lost);
	(void)json_array_append_new(array, object);
}

static void put_dest(json_t *array, const struct report_dest *dest)
{
	json_t *object = json_object(), *names = json_array();

	ecs_put_text(object, "address", dest->address);
	ecs_put_text(object, "transport", dest->transport);
	ecs_put_number(object, "port", dest->port);
	ecs_put_text(object, "direction", dest->inbound ? "ingress" : "egress");
	if (*dest->domain)
		ecs_put_text(object, "name", dest->domain);
	ecs_put(object, "direct", json_boolean(dest->is_ip && dest->direct));
	ecs_put(object, "first", json_real(dest->first));
	ecs_put(object, "last", json_real(dest->last));
	ecs_put_number(object, "allowed", (int64_t)dest->allowed);
	ecs_put_number(object, "refused", (int64_t)dest->refused);
	ecs_put_number(object, "would_be_refused", (int64_t)dest->would);
	ecs_put_number(object, "failed", (int64_t)dest->failed);
	ecs_put_number(object, "bytes.sent", dest->sent);
	ecs_put_number(object, "bytes.received", dest->received);
	ecs_put(object, "bytes.counted_by_kernel", json_boolean(dest->counted));
	ecs_put_text(object, "rule", dest->rule);
	for (unsigned i = 0; i < dest->name_count; i++)
		ecs_add_once(names, dest->names[i]);
	ecs_put(object, "processes", names);
	(void)json_array_append_new(array, object);
}

static void put_finding(json_t *array, const struct finding *finding)
{
	json_t *object = json_object(), *list = json_array();

	ecs_put_text(object, "id", finding->rule->id);
	ecs_put_text(object, "title", finding->title);
	ecs_put_text(object, "about", finding->key + strlen(finding->rule->id) + 1);
	ecs_put_text(object, "severity", severity_name(finding->severity));
	ecs_put_text(object, "confidence", finding->rule->confidence);
	ecs_put_text(object, "technique.id", finding->technique);
	ecs_put_text(object, "technique.name", finding->technique_name);
	ecs_put_text(object, "advice", finding->rule->advice);
	ecs_put_number(object, "count", (int64_t)finding->count);
	for (uint64_t i = 0; i < finding->count && i < FINDING_EVIDENCE_MAX; i++) {
		json_t *evidence = json_object();

		ecs_put_text(evidence, "run", finding->evidence[i].run);
		ecs_put_number(evidence, "sequence", finding->evidence[i].sequence);
		ecs_put_text(evidence, "text", finding->evidence[i].text);
		(void)json_array_append_new(list, evidence);
	}
	ecs_put(object, "evidence", list);
	(void)json_array_append_new(array, object);
}

static void put_subject(json_t *array, const struct report_subject *subject)
{
	json_t *object = json_object();

	ecs_put_text(object, "path", subject->path);
	ecs_put_text(object, "sha256", subject->sha256);
	ecs_put_number(object, "size", subject->size);
	ecs_put_text(object, "elf_type", subject->type);
	ecs_put_text(object, "linkage", subject->linkage);
	ecs_put_text(object, "interpreter", subject->interpreter);
	ecs_put_text(object, "script", subject->script);
	ecs_put_text(object, "go_build_id", subject->go_build);
	ecs_put_number(object, "runs", (int64_t)subject->runs);
	(void)json_array_append_new(array, object);
}

static void put_proc(json_t *array, const struct report_proc *proc)
{
	json_t *object = json_object();

	ecs_put_text(object, "entity_id", proc->entity);
	ecs_put_text(object, "parent_entity_id", proc->parent);
	ecs_put_number(object, "pid", proc->pid);
	ecs_put_text(object, "executable", proc->executable);
	ecs_put_text(object, "command_line", proc->command_line);
	ecs_put_text(object, "ending", proc->ending);
	ecs_put_number(object, "allowed", (int64_t)proc->allowed);
	ecs_put_number(object, "refused", (int64_t)proc->refused);
	ecs_put_number(object, "would_be_refused", (int64_t)proc->would);
	ecs_put_number(object, "alerts", (int64_t)proc->alerts);
	(void)json_array_append_new(array, object);
}

static void put_listen(json_t *array, const struct report_listen *row)
{
	json_t *object = json_object();

	ecs_put_text(object, "transport", row->transport);
	ecs_put_text(object, "address", row->address);
	ecs_put_number(object, "port", row->port);
	ecs_put_text(object, "process", row->name);
	ecs_put_number(object, "accepted", (int64_t)row->accepted);
	(void)json_array_append_new(array, object);
}

static void put_stack(json_t *array, const struct report_stack *row)
{
	json_t *object = json_object();

	ecs_put_text(object, "id", row->id);
	ecs_put_text(object, "destination", row->dest);
	ecs_put_number(object, "count", (int64_t)row->count);
	ecs_put_text(object, "frames", row->frames);
	(void)json_array_append_new(array, object);
}

#define PUT_ALL(root, name, type, head, put)                                             \
	do {                                                                             \
		json_t *array_ = json_array();                                           \
		for (const struct type *row_ = (head); row_; row_ = row_->hh.next)       \
			put(array_, row_);                                               \
		ecs_put(root, name, array_);                                             \
	} while (0)

static void put_rules(json_t *root, const struct report *report, bool names)
{
	char *text = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&text, &len);

	if (!memory)
		return;
	learn_write(memory, report, names);
	if (fclose(memory) == 0)
		ecs_put(root, "suggested_rules", json_stringn(text, len));
	free(text);
}

int report_write_json(FILE *out, const struct report *report, bool names)
{
	json_t *root = json_object();
	int failed;

	ecs_put_number(root, "lines", (int64_t)report->lines);
	ecs_put_number(root, "bad_lines", (int64_t)report->bad_lines);
	ecs_put_number(root, "allowed", (int64_t)report->allowed);
	ecs_put_number(root, "refused", (int64_t)report->refused);
	ecs_put_number(root, "would_be_refused", (int64_t)report->would);
	ecs_put_number(root, "unfinished", (int64_t)report->unfinished);
	ecs_put_number(root, "calls_to_other_destinations", (int64_t)report->other_dests);
	PUT_ALL(root, "runs", report_run, report->runs, put_run);
	PUT_ALL(root, "subjects", report_subject, report->subjects, put_subject);
	PUT_ALL(root, "destinations", report_dest, report->dests, put_dest);
	PUT_ALL(root, "listening", report_listen, report->listens, put_listen);
	PUT_ALL(root, "processes", report_proc, report->procs, put_proc);
	PUT_ALL(root, "findings", finding, report->findings.head, put_finding);
	PUT_ALL(root, "stacks", report_stack, report->stacks, put_stack);
	ecs_put_text(root, "dns", REPORT_NOT_VISIBLE);
	ecs_put_text(root, "tls", REPORT_NOT_VISIBLE);
	put_rules(root, report, names);
	ecs_put(root, "stix", indicators_stix(report));
	failed = json_dumpf(root, out, JSON_INDENT(1));
	json_decref(root);
	return failed || fputc('\n', out) == EOF || fflush(out) != 0 ? -EIO : 0;
}
