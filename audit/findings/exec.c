/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/exec.c - programs that were started in a way that hides something
 */
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"

/* Where everybody may write, and what is gone again. */
static const char *const odd_places[] = {"/dev/shm/", "/var/tmp/", "/run/user/"};

static bool is_odd(const char *path)
{
	size_t len = strlen(path), deleted = sizeof(" (deleted)") - 1;

	if (strncmp(path, "/memfd:", 7) == 0)
		return false; /* memfd-exec says so */
	if (len > deleted && strcmp(path + len - deleted, " (deleted)") == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(odd_places); i++)
		if (strncmp(path, odd_places[i], strlen(odd_places[i])) == 0)
			return true;
	return false;
}

static void see_place(const struct finding_rule *rule, struct finding_event *event)
{
	char path[150];

	if (!text_is(event->record->fields[F_ACTION], "exec"))
		return;
	text_copy(event->record->fields[F_EXECUTABLE], path, sizeof(path));
	if (is_odd(path))
		finding_add(rule, event, path, "executed %s", path);
}

static void see_preload(const struct finding_rule *rule, struct finding_event *event)
{
	static const char *const names[] = {"LD_PRELOAD=", "LD_AUDIT="};
	const struct text_list *env = &event->record->env;
	char text[150];

	if (!text_is(event->record->fields[F_ACTION], "exec"))
		return;
	for (size_t i = 0; i < env->count; i++) {
		text_copy(env->items[i], text, sizeof(text));
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (strncmp(text, names[k], strlen(names[k])) == 0 &&
			    text[strlen(names[k])])
				finding_add(rule, event, text, "%s", text);
	}
}

const struct finding_rule finding_preload = {
	.id = "preload",
	.title = "a library is forced into programs",
	.severity = SEVERITY_MEDIUM,
	.confidence = "medium",
	.technique = "T1574.006",
	.technique_name = "Dynamic Linker Hijacking",
	.advice = "Look at the library, and at who set the variable.",
	.see = see_preload,
};

const struct finding_rule finding_odd_place = {
	.id = "odd-place",
	.title = "a program from a place that everybody may write to, or that is deleted",
	.severity = SEVERITY_MEDIUM,
	.confidence = "medium",
	.technique = "T1036.005",
	.technique_name = "Match Legitimate Name or Location",
	.advice = "Keep a copy of the file, and look at it.",
	.see = see_place,
};
