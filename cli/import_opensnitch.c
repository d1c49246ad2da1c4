/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/import_opensnitch.c - the rules of OpenSnitch: a folder of JSON files, one a rule
 *
 * There a rule that denies wins over one that allows, whatever their order, unless a rule
 * has precedence; here the first that matches decides. So they are written in that order:
 * those with precedence, those that deny, those that allow, each by name.
 */
#include <dirent.h>
#include <errno.h>
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

/* ---- operands ---- */

/* "^(|.*\.)example\.com$" is how its dialog writes "and all below". */
static bool put_host_pattern(struct import_draft *draft, const char *pattern)
{
	static const char *const heads[] = {"^(|.*\\.)", "^(.*\\.)?", ".*\\.", "^.*\\."};
	char host[256];
	size_t len = 0, head = 0;

	while (head < ARRAY_LEN(heads) &&
	       strncmp(pattern, heads[head], strlen(heads[head])) != 0)
		head++;
	if (head < ARRAY_LEN(heads))
		pattern += strlen(heads[head]);
	else if (*pattern++ != '^')
		return false;
	for (; *pattern && strcmp(pattern, "$") != 0; pattern++) {
		if (*pattern == '\\' && pattern[1] == '.')
			pattern++;
		else if (strchr(".*+?[](){}|^$\\", *pattern))
			return false;
		if (len + 1 >= sizeof(host))
			return false;
		host[len++] = *pattern;
	}
	host[len] = '\0';
	if (*pattern != '$' || !len)
		return false;
	import_host(draft, head < 2 ? "." : head < ARRAY_LEN(heads) ? "*." : "", host);
	return true;
}

static bool put_host(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "regexp") == 0)
		return put_host_pattern(draft, data);
	import_host(draft, "", data);
	return true;
}

static bool put_address(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "regexp") == 0)
		return false;
	if (strcmp(data, "LAN") == 0)
		data = "lan";
	import_host(draft, "", data);
	return true;
}

static bool put_port(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "simple") != 0)
		return false;
	buf_puts(&draft->ports, data);
	return true;
}

/* tcp6 and udp6: here a protocol is of both families. */
static bool put_protocol(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "simple") != 0)
		return false;
	buf_put(&draft->protocol, data, strcspn(data, "6"));
	return true;
}

static bool put_exe(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "simple") == 0)
		import_condition(draft, "exe", data);
	return strcmp(type, "simple") == 0;
}

static bool put_parent(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "simple") == 0)
		import_condition(draft, "under", data);
	return strcmp(type, "simple") == 0;
}

static bool put_user(struct import_draft *draft, const char *type, const char *data)
{
	if (strcmp(type, "simple") == 0)
		import_condition(draft, "user", data);
	return strcmp(type, "simple") == 0;
}

static bool put_nothing(struct import_draft *draft, const char *type, const char *data)
{
	(void)draft;
	(void)type;
	(void)data;
	return true;
}

static const struct {
	const char *operand;
	bool (*put)(struct import_draft *draft, const char *type, const char *data);
} operands[] = {
	{"dest.host", put_host},
	{"dest.ip", put_address},
	{"dest.network", put_address},
	{"dest.port", put_port},
	{"protocol", put_protocol},
	{"process.path", put_exe},
	{"process.parent.path", put_parent},
	{"user.id", put_user},
	{"user.name", put_user},
	{"true", put_nothing},
};

static void read_operand(struct import_draft *draft, const json_t *operator)
{
	const char *operand = text_of(operator, "operand"),
		   *data = text_of(operator, "data");
	size_t i = 0;

	while (i < ARRAY_LEN(operands) && strcmp(operands[i].operand, operand) != 0)
		i++;
	if (i == ARRAY_LEN(operands) ||
	    !operands[i].put(draft, text_of(operator, "type"), data))
		import_unequal(draft, operand, data);
}

/* One operand, or a list of them; OpenSnitch has no list in a list. */
static void read_operator(struct import_draft *draft, const json_t *operator)
{
	const json_t *list = json_object_get(operator, "list");

	if (strcmp(text_of(operator, "type"), "list") != 0) {
		read_operand(draft, operator);
		return;
	}
	for (size_t i = 0; i < json_array_size(list); i++)
		read_operand(draft, json_array_get(list, i));
}

/* ---- rules ---- */

struct rule_file {
	json_t *json;
	char *path;
	unsigned order; /* which come first */
};

static unsigned order_of(const json_t *rule)
{
	if (json_is_true(json_object_get(rule, "precedence")))
		return 0;
	return strcmp(text_of(rule, "action"), "allow") == 0 ? 2 : 1;
}

static int compare(const void *a, const void *b)
{
	const struct rule_file *first = a, *second = b;

	if (first->order != second->order)
		return first->order < second->order ? -1 : 1;
	return strcmp(text_of(first->json, "name"), text_of(second->json, "name"));
}

static void write_rule(const json_t *rule)
{
	static struct import_draft draft;
	const char *action = text_of(rule, "action"),
		   *duration = text_of(rule, "duration");

	import_begin(&draft, text_of(rule, "name"));
	draft.allows = strcmp(action, "allow") == 0;
	draft.disabled = !json_is_true(json_object_get(rule, "enabled"));
	if (!draft.allows && strcmp(action, "deny") != 0 && strcmp(action, "reject") != 0)
		import_unequal(&draft, "action", action);
	if (*duration && strcmp(duration, "always") != 0)
		import_unequal(&draft, "duration", duration);
	read_operator(&draft, json_object_get(rule, "operator"));
	import_write(&draft);
}

static bool is_json(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && strcmp(name + len - 5, ".json") == 0;
}

static void read_rule(const char *folder, const char *name, struct rule_file *file)
{
	size_t size = strlen(folder) + strlen(name) + 2;
	json_error_t error;

	file->path = xcalloc(size, 1);
	snprintf(file->path, size, "%s/%s", folder, name);
	file->json = json_load_file(file->path, 0, &error);
	if (!json_is_object(file->json))
		msg_die("'%s' is no rule of OpenSnitch: %s", file->path,
			file->json ? "no object" : error.text);
	file->order = order_of(file->json);
}

void import_opensnitch(const char *folder)
{
	DIR *dir = opendir(folder);
	struct rule_file *files = NULL;
	const struct dirent *entry;
	size_t count = 0;

	if (!dir)
		msg_die("cannot read '%s': %s", folder, strerror(errno));
	while ((entry = readdir(dir))) {
		if (!is_json(entry->d_name))
			continue;
		files = xreallocarray(files, count + 1, sizeof(*files));
		read_rule(folder, entry->d_name, &files[count++]);
	}
	closedir(dir);
	if (!count)
		msg_die("no rule of OpenSnitch in '%s'", folder);
	qsort(files, count, sizeof(*files), compare);
	puts("# Rules of OpenSnitch. What it drops is refused here, at once.");
	for (size_t i = 0; i < count; i++) {
		write_rule(files[i].json);
		json_decref(files[i].json);
		free(files[i].path);
	}
	free(files);
}
