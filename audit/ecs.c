/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/ecs.c - what stands on every line of the log: when, which run, which process
 */
#include "audit/ecs.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "audit/ecs_put.h"
#include "audit/event.h"
#include "audit/who.h"
#include "base/buf.h"
#include "base/msg.h"
#include "base/utf8.h"

#define COMMAND_LINE_MAX 1024

void ecs_run_init(struct ecs_run *run, const char *version)
{
	uint8_t random[(ECS_RUN_ID_MAX - 1) / 2];
	struct buf buf;

	*run = (struct ecs_run){.version = version};
	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		msg_die("cannot make an id for this run: no random bytes");
	buf_init(&buf, run->id, sizeof(run->id));
	for (size_t i = 0; i < sizeof(random); i++)
		buf_printf(&buf, "%02x", random[i]);
	if (gethostname(run->host, sizeof(run->host) - 1) != 0)
		strcpy(run->host, "localhost");
}

void ecs_put_time(json_t *root, const char *name, const struct timespec *time)
{
	char text[64];
	struct tm tm;

	if (!gmtime_r(&time->tv_sec, &tm))
		return;
	snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ",
		 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
		 tm.tm_sec, time->tv_nsec);
	ecs_put_text(root, name, text);
}

static json_t *text_array(const char *const *words, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count && words[i]; i++)
		(void)json_array_append_new(array, ecs_text(words[i], strlen(words[i])));
	return array;
}

json_t *ecs_begin(const struct ecs_run *run, const struct timespec *time,
		  const struct ecs_class *class_)
{
	json_t *root = json_object();

	ecs_put_time(root, "@timestamp", time);
	ecs_put_text(root, "ecs.version", ECS_VERSION);
	ecs_put_text(root, "event.kind", class_->kind);
	ecs_put(root, "event.category",
		text_array(class_->category, ARRAY_LEN(class_->category)));
	ecs_put(root, "event.type", text_array(class_->type, ARRAY_LEN(class_->type)));
	ecs_put_text(root, "event.action", class_->action);
	ecs_put_text(root, "event.outcome", class_->outcome);
	ecs_put_text(root, "event.module", "netjail");
	ecs_put_text(root, "event.dataset", "netjail.audit");
	ecs_put_text(root, "event.provider", "ptrace");
	ecs_put_text(root, "agent.type", "netjail");
	ecs_put_text(root, "agent.version", run->version);
	ecs_put_text(root, "agent.id", run->id);
	ecs_put_text(root, "host.hostname", run->host);
	return root;
}

/* The arguments with blanks between them: for people, ambiguous as ps(1) is. */
static void put_command_line(json_t *process, const struct who_image *image)
{
	char text[COMMAND_LINE_MAX];
	struct buf buf;

	if (!image->arg_count)
		return;
	buf_init(&buf, text, sizeof(text));
	for (size_t i = 0; i < image->arg_count && !buf.truncated; i++) {
		if (i)
			buf_putc(&buf, ' ');
		buf_puts(&buf, image->args[i]);
	}
	ecs_put(process, "command_line", ecs_text(text, buf.len));
}

static void put_parent(json_t *process, const struct who *who)
{
	ecs_put_number(process, "parent.pid", who->parent_pid);
	if (*who->parent_entity)
		ecs_put_text(process, "parent.entity_id", who->parent_entity);
	if (*who->parent_executable)
		ecs_put_text(process, "parent.executable", who->parent_executable);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void ecs_put_who(json_t *root, const struct who *who, pid_t pid, pid_t tid,
		 const char *name)
{
	json_t *process = json_object();
	char digits[16];

	ecs_put(root, "process", process);
	ecs_put_number(process, "pid", pid);
	ecs_put_number(process, "thread.id", tid);
	if (who && !name)
		name = base_name(who->image->executable);
	ecs_put(process, "name",
		ecs_text(name ? name : "", strnlen(name ? name : "", EVENT_NAME_MAX)));
	if (!who)
		return;
	ecs_put_text(process, "entity_id", who->entity);
	ecs_put_text(process, "executable", who->image->executable);
	put_command_line(process, who->image);
	put_parent(process, who);
	snprintf(digits, sizeof(digits), "%u", (unsigned)who->uid);
	ecs_put_text(process, "user.id", digits);
}
