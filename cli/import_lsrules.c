/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/import_lsrules.c - rule groups of Little Snitch: one JSON file
 *
 * There the more specific rule decides, here the first: so rules that name a process and
 * a host come first, then those with a host, then those with a process, then the rest;
 * of equals those that deny.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "cli/import.h"

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* A text or a list of texts. */
static size_t count_of(const json_t *value)
{
	return json_is_array(value) ? json_array_size(value) : json_is_string(value);
}

static const char *item_of(const json_t *value, size_t index)
{
	const json_t *item = json_is_array(value) ? json_array_get(value, index) : value;
	const char *text = json_string_value(item);

	return text ? text : "";
}

static void put_hosts(struct import_draft *draft, const json_t *rule, const char *key,
		      const char *mark)
{
	const json_t *value = json_object_get(rule, key);

	for (size_t i = 0; i < count_of(value); i++) {
		const char *host = item_of(value, i);

		if (strchr(host, '-') &&
		    strspn(host, "0123456789.:abcdefABCDEF-") == strlen(host) &&
		    strpbrk(host, ".:"))
			import_unequal(draft, key, host); /* a range of addresses */
		else
			import_host(draft, mark, host);
	}
}

/* "remote" has words for what has no address. */
static void put_remote(struct import_draft *draft, const char *remote)
{
	static const struct {
		const char *word, *ours;
	} words[] = {
		{"any", NULL},
		{"local-net", "lan"},
		{"multicast", "multicast"},
		{"broadcast", "255.255.255.255"},
		{"dns-servers", "resolvers"},
	};

	for (size_t i = 0; *remote && i < ARRAY_LEN(words); i++) {
		if (strcmp(remote, words[i].word) != 0)
			continue;
		if (words[i].ours)
			buf_printf(&draft->hosts, " %s", words[i].ours);
		return;
	}
	if (*remote)
		import_unequal(draft, "remote", remote);
}

/* "443", "80, 443", "1024-2048", "any". */
static void put_ports(struct import_draft *draft, const char *ports)
{
	if (!*ports || strcmp(ports, "any") == 0)
		return;
	for (; *ports; ports++)
		if (*ports != ' ')
			buf_putc(&draft->ports, *ports);
}

static void put_protocol(struct import_draft *draft, const char *protocol)
{
	if (*protocol && strcmp(protocol, "any") != 0)
		buf_puts(&draft->protocol, protocol);
}

/* Its way of naming two processes: "/path/child via /path/parent". */
static void put_process(struct import_draft *draft, const json_t *rule)
{
	const char *process = text_of(rule, "process"), *via = text_of(rule, "via");

	if (strncmp(process, "identifier:", 11) == 0)
		import_unequal(draft, "process", process);
	else if (*process && strcmp(process, "any") != 0)
		import_condition(draft, "exe", process);
	if (*via)
		import_condition(draft, "under", via);
}

static void write_rule(const json_t *rule)
{
	static struct import_draft draft;
	const char *action = text_of(rule, "action"), *notes = text_of(rule, "notes");
	const char *direction = text_of(rule, "direction");

	import_begin(&draft, *notes ? notes : action);
	draft.allows = strcmp(action, "allow") == 0;
	draft.disabled = json_is_true(json_object_get(rule, "disabled"));
	if (!draft.allows && strcmp(action, "deny") != 0)
		import_unequal(&draft, "action", action);
	if (*direction && strcmp(direction, "outgoing") != 0)
		import_unequal(&draft, "direction", direction);
	put_process(&draft, rule);
	put_remote(&draft, text_of(rule, "remote"));
	put_hosts(&draft, rule, "remote-hosts", "");
	put_hosts(&draft, rule, "remote-domains", ".");
	put_hosts(&draft, rule, "remote-addresses", "");
	put_ports(&draft, text_of(rule, "ports"));
	put_protocol(&draft, text_of(rule, "protocol"));
	import_write(&draft);
}

/* ---- a file ---- */

static bool names_host(const json_t *rule)
{
	return json_object_get(rule, "remote-hosts") ||
	       json_object_get(rule, "remote-domains") ||
	       json_object_get(rule, "remote-addresses") ||
	       (text_of(rule, "remote")[0] &&
		strcmp(text_of(rule, "remote"), "any") != 0);
}

static unsigned order_of(const json_t *rule)
{
	const char *process = text_of(rule, "process");
	bool named = *process && strcmp(process, "any") != 0;
	unsigned general = names_host(rule) ? !named : 2u + !named;

	return general * 2 + (strcmp(text_of(rule, "action"), "allow") == 0);
}

static int compare(const void *a, const void *b)
{
	unsigned first = order_of(*(json_t *const *)a),
		 second = order_of(*(json_t *const *)b);

	return (first > second) - (first < second);
}

/* "denied-remote-domains" and its sisters: for every process. */
static void write_denied(const json_t *root, const char *key, const char *mark)
{
	const json_t *list = json_object_get(root, key);

	if (json_array_size(list))
		printf("# %s\n", key);
	for (size_t i = 0; i < json_array_size(list); i++) {
		static struct import_draft draft;

		import_begin(&draft, item_of(list, i));
		import_host(&draft, mark, item_of(list, i));
		import_write(&draft);
	}
}

static void write_rules(const json_t *list)
{
	size_t count = json_array_size(list);
	const json_t **rules = xcalloc(count + 1, sizeof(const json_t *));

	for (size_t i = 0; i < count; i++)
		rules[i] = json_array_get(list, i);
	qsort(rules, count, sizeof(const json_t *), compare);
	for (size_t i = 0; i < count; i++)
		write_rule(rules[i]);
	free(rules);
}

void import_lsrules(const char *path)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);

	if (!json_is_object(root))
		msg_die("'%s' is no rule group of Little Snitch: %s", path,
			root ? "no object" : error.text);
	puts("# Rules of Little Snitch. Its answers are kept in the order of how special "
	     "they are.");
	write_rules(json_object_get(root, "rules"));
	write_denied(root, "denied-remote-hosts", "");
	write_denied(root, "denied-remote-domains", ".");
	write_denied(root, "denied-remote-addresses", "");
	json_decref(root);
}
