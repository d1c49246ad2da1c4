/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/reload.c - new rules while programs run: by SIGHUP, and with --watch by a change
 *
 * Theory of operation
 *   SIGHUP comes over the front (tracer/relay). For --watch inotify(7) looks at the
 * folders of all files that the rules were read from, because editors put a new file in
 * the place of the old one; it rings the front's bell, which ends the waitpid(2) of the
 * loop. What decisions point to lives in the old rules: they are freed when no call is
 * under way.
 */
#include "tracer/reload.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>

#include "audit/sink.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "rules/ruleset.h"
#include "tracer/filter.h"
#include "tracer/front_shared.h"
#include "tracer/life.h"
#include "tracer/relay.h"
#include "tracer/tracer.h"

/* A file as it was when it was read last. */
struct stamp {
	char *path;
	struct stat st;
};

struct retired {
	struct ruleset *rules;
	struct retired *next;
};

struct reload {
	struct filter_options built;
	int inotify; /* -1: nothing is watched */
	struct stamp *stamps;
	size_t count;
	struct retired *retired;
};

static void take_stamp(struct stamp *stamp)
{
	memset(&stamp->st, 0, sizeof(stamp->st)); /* a file that is gone */
	(void)!stat(stamp->path, &stamp->st);
}

static bool has_changed(const struct stamp *stamp)
{
	struct stamp now = {.path = stamp->path};

	take_stamp(&now);
	return now.st.st_ino != stamp->st.st_ino || now.st.st_dev != stamp->st.st_dev ||
	       now.st.st_size != stamp->st.st_size ||
	       now.st.st_mtim.tv_sec != stamp->st.st_mtim.tv_sec ||
	       now.st.st_mtim.tv_nsec != stamp->st.st_mtim.tv_nsec;
}

static void watch_folder(const struct reload *reload, const char *path)
{
	const char *slash = strrchr(path, '/');
	cleanup_free char *folder =
		slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrndup(".", 1);

	/* One that cannot be watched leaves SIGHUP. */
	(void)inotify_add_watch(reload->inotify, folder,
				IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE |
					IN_ONLYDIR);
}

/* A file that was looked at before it was read keeps that look: what has changed since
 * then is still to be read. */
static void stamp_file(const struct reload *reload, struct stamp *stamp)
{
	for (size_t i = 0; i < reload->count; i++) {
		if (strcmp(reload->stamps[i].path, stamp->path) == 0) {
			stamp->st = reload->stamps[i].st;
			return;
		}
	}
	take_stamp(stamp);
}

static void free_stamps(struct reload *reload)
{
	for (size_t i = 0; i < reload->count; i++)
		free(reload->stamps[i].path);
	free(reload->stamps);
}

/* What the rules were read from. */
static void take_stamps(struct tracer *tracer)
{
	struct reload *reload = tracer->reload;
	size_t count = ruleset_file_count(tracer->config->rules);
	struct stamp *stamps;

	if (reload->inotify < 0)
		return;
	stamps = xcalloc(count + 1, sizeof(*stamps));
	for (size_t i = 0; i < count; i++) {
		const char *path = ruleset_file(tracer->config->rules, i);

		stamps[i].path = xstrndup(path, strlen(path));
		stamp_file(reload, &stamps[i]);
		watch_folder(reload, path);
	}
	free_stamps(reload);
	reload->stamps = stamps;
	reload->count = count;
}

void reload_start(struct tracer *tracer, const struct filter_options *built)
{
	struct reload *reload = xcalloc(1, sizeof(*reload));

	reload->built = *built;
	reload->inotify = -1;
	tracer->reload = reload;
	if (!tracer->config->load)
		return;
	relay_keep_hangup();
	if (!tracer->config->watch)
		return;
	reload->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (reload->inotify >= 0) {
		(void)fcntl(reload->inotify, F_SETOWN, getpid());
		(void)fcntl(reload->inotify, F_SETSIG, FRONT_BELL);
		(void)fcntl(reload->inotify, F_SETFL, O_NONBLOCK | O_ASYNC);
	}
	take_stamps(tracer);
}

static void free_retired(struct reload *reload)
{
	while (reload->retired) {
		struct retired *next = reload->retired->next;

		ruleset_free(reload->retired->rules);
		free(reload->retired);
		reload->retired = next;
	}
}

void reload_end(struct tracer *tracer)
{
	struct reload *reload = tracer->reload;

	free_retired(reload);
	free_stamps(reload);
	if (reload->inotify >= 0)
		close(reload->inotify);
	free(reload);
}

/* True when some call still points into rules. */
static bool is_busy(const struct tracer *tracer)
{
	struct task *task, *next;

	HASH_ITER(hh, tracer->tasks.head, task, next)
	{
		if (task->pending.exit || task->interrupted.set || task->hold.set ||
		    task->retries)
			return true;
	}
	return false;
}

/* What the new rules need and the filter does not stop; NULL. */
static const char *lacks(const struct filter_options *built, const struct ruleset *rules)
{
	if (ruleset_refuses(rules) && !built->enforces)
		return "this run was started with rules that refuse nothing";
	if (ruleset_judges_bind(rules) && !built->listens)
		return "this run was started with rules that allow every bind";
	if (ruleset_judges_socket(rules) && !built->sockets)
		return "this run was started with rules that allow every common socket";
	if (ruleset_goes_elsewhere(rules) && !built->peers)
		return "this run was started with rules that neither redirect nor time "
		       "out";
	return NULL;
}

static void note(const struct tracer *tracer, const char *what, const char *why)
{
	char storage[2400];
	struct buf text;

	buf_init(&text, storage, sizeof(storage));
	buf_printf(&text, "%s%s", what, why);
	hub_note(tracer->config->hub, text.data);
}

static void take_rules(struct tracer *tracer, struct ruleset *rules)
{
	struct reload *reload = tracer->reload;
	struct retired *old = xcalloc(1, sizeof(*old));
	char text[80];

	if (!is_busy(tracer))
		free_retired(reload);
	old->rules = tracer->config->rules;
	old->next = reload->retired;
	reload->retired = old;
	tracer->config->rules = rules;
	snprintf(text, sizeof(text), "rules loaded again: %zu, default %s",
		 ruleset_count(rules), verdict_verb(ruleset_default(rules)));
	note(tracer, text, "");
	life_rules(tracer);
}

static void load(struct tracer *tracer)
{
	struct reload *reload = tracer->reload;
	struct rule_error error;
	struct ruleset *rules;
	const char *lacking = NULL;

	for (size_t i = 0; i < reload->count; i++)
		take_stamp(&reload->stamps[i]);
	rules = tracer->config->load(tracer->config->load_context, &error);
	if (!rules) {
		note(tracer, "the old rules stay; the new ones are wrong: ", error.text);
	} else {
		lacking = tracer->config->dry_run ? NULL : lacks(&reload->built, rules);
		if (lacking) {
			note(tracer, "the old rules stay; start anew, or with --watch: ",
			     lacking);
			ruleset_free(rules);
		} else {
			take_rules(tracer, rules);
		}
	}
	if (rules && !lacking)
		take_stamps(tracer);
}

/* Empties inotify and looks whether one of our files is another now. */
static bool files_have_changed(const struct reload *reload)
{
	char events[4096];

	if (reload->inotify < 0)
		return false;
	while (read(reload->inotify, events, sizeof(events)) > 0)
		;
	for (size_t i = 0; i < reload->count; i++) {
		if (has_changed(&reload->stamps[i]))
			return true;
	}
	return false;
}

void reload_if_wanted(struct tracer *tracer)
{
	bool hangup = relay_took_hangup();

	if (!tracer->config->load || !tracer->reload)
		return;
	if (hangup || (relay_rang() && files_have_changed(tracer->reload)))
		load(tracer);
}
