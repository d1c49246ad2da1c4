/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/indicators.c - addresses and hashes of a report, to hand on
 */
#include <jansson.h>
#include <string.h>

#include "audit/ecs_put.h"
#include "audit/report_write.h"
#include "audit/show.h"

bool indicators_has(const struct report_dest *dest)
{
	return dest->is_ip && dest->scope == ADDR_SCOPE_INTERNET;
}

void indicators_markdown(FILE *out, const struct report *report)
{
	const struct report_subject *subject;
	const struct report_dest *dest;

	for (dest = report->dests; dest; dest = dest->hh.next)
		if (indicators_has(dest))
			fprintf(out, "- %s %s port %lld\n", dest->transport,
				show_defanged(dest->address), (long long)dest->port);
	for (dest = report->dests; dest; dest = dest->hh.next)
		if (indicators_has(dest) && *dest->domain) {
			fputs("- name ", out);
			show(out, SHOW_MARKDOWN, show_defanged(dest->domain));
			fputc('\n', out);
		}
	for (subject = report->subjects; subject; subject = subject->hh.next)
		if (*subject->sha256) {
			fprintf(out, "- sha256 %s ", subject->sha256);
			show(out, SHOW_MARKDOWN, subject->path);
			fputc('\n', out);
		}
}

static void csv_row(FILE *out, const char *type, const char *value, const char *note)
{
	fprintf(out, "%s,\"", type);
	show(out, SHOW_CSV, value);
	fputs("\",\"", out);
	show(out, SHOW_CSV, note);
	fputs("\"\n", out);
}

void indicators_csv(FILE *out, const struct report *report)
{
	const struct report_subject *subject;
	const struct report_dest *dest;

	fputs("type,value,note\n", out);
	for (dest = report->dests; dest; dest = dest->hh.next)
		if (indicators_has(dest))
			csv_row(out, "ip", show_defanged(dest->address), dest->key);
	for (subject = report->subjects; subject; subject = subject->hh.next)
		if (*subject->sha256)
			csv_row(out, "sha256", subject->sha256, subject->path);
}

/* ---- STIX 2.1 ---- */

/* An id that is the same for the same content: the shape of RFC 4122 version 5. */
static void make_id(const char *type, const char *content, char *id, size_t cap)
{
	uint8_t digest[DIGEST_LEN];
	char hex[DIGEST_HEX];

	digest_bytes(content, strlen(content), digest);
	digest[6] = (uint8_t)((digest[6] & 0x0f) | 0x50);
	digest[8] = (uint8_t)((digest[8] & 0x3f) | 0x80);
	digest_hex(digest, hex);
	snprintf(id, cap, "%s--%.8s-%.4s-%.4s-%.4s-%.12s", type, hex, hex + 8, hex + 12,
		 hex + 16, hex + 20);
}

static void stix_time(double seconds, char *text, size_t cap)
{
	const char *time = show_time(seconds > 0 ? seconds : 1);

	snprintf(text, cap, "%.10sT%.8s.000Z", time, time + 11);
}

static void add_indicator(json_t *objects, const char *pattern, const char *name,
			  double time)
{
	json_t *object = json_object(), *types = json_array();
	char id[80], at[40];

	make_id("indicator", pattern, id, sizeof(id));
	stix_time(time, at, sizeof(at));
	ecs_put_text(object, "type", "indicator");
	ecs_put_text(object, "spec_version", "2.1");
	ecs_put_text(object, "id", id);
	ecs_put_text(object, "created", at);
	ecs_put_text(object, "modified", at);
	ecs_put_text(object, "valid_from", at);
	ecs_put_text(object, "name", name);
	ecs_put_text(object, "pattern", pattern);
	ecs_put_text(object, "pattern_type", "stix");
	(void)json_array_append_new(types, json_string("anomalous-activity"));
	ecs_put(object, "indicator_types", types);
	(void)json_array_append_new(objects, object);
}

json_t *indicators_stix(const struct report *report)
{
	json_t *bundle = json_object(), *objects = json_array();
	const struct report_subject *subject;
	const struct report_dest *dest;
	char id[80], pattern[200];
	double time = report->runs ? report->runs->first : 0;

	for (dest = report->dests; dest; dest = dest->hh.next) {
		if (!indicators_has(dest))
			continue;
		snprintf(pattern, sizeof(pattern), "[ipv%c-addr:value = '%s']",
			 strchr(dest->address, ':') ? '6' : '4', dest->address);
		add_indicator(objects, pattern, dest->key, dest->first);
	}
	for (subject = report->subjects; subject; subject = subject->hh.next) {
		if (!*subject->sha256)
			continue;
		snprintf(pattern, sizeof(pattern), "[file:hashes.'SHA-256' = '%s']",
			 subject->sha256);
		add_indicator(objects, pattern, subject->path, time);
	}
	make_id("bundle", report->runs ? report->runs->id : "", id, sizeof(id));
	ecs_put_text(bundle, "type", "bundle");
	ecs_put_text(bundle, "id", id);
	ecs_put(bundle, "objects", objects);
	return bundle;
}
