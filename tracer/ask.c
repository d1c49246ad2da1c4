/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/ask.c - questions to the person, and what was answered: the tracer's side
 */
#include "tracer/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/fdio.h"
#include "base/hash.h"
#include "base/monotonic.h"
#include "base/msg.h"
#include "base/outside.h"
#include "base/xalloc.h"
#include "tracer/ask_line.h"
#include "tracer/call.h"

#define REMEMBERED_MAX 10000
/* A call that waits asks once a second or more often, as a busy machine lets it: one that
 * does not is gone. */
#define GONE_MS 10000

struct question {
	uint64_t id;
	int64_t seen_ms, sent_ms; /* sent_ms 0: not yet */
	enum ask_answer answer;
	UT_hash_handle hh;
};

struct remembered {
	char *what;
	enum ask_answer answer;
	UT_hash_handle hh;
};

struct ask {
	int sock; /* to the other process; -1: it has died */
	const char *save;
	uint64_t last;
	struct question *questions; /* the oldest first */
	struct remembered *remembered;
};

struct ask *ask_start(const char *command, const char *save)
{
	/* outside_start hands it on as it came; nobody writes to it. */
	void *context = (void *)(uintptr_t)command;
	struct ask *ask;
	int ends[2], terminal, failed;

	if (!command) {
		terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
		if (terminal < 0)
			return NULL;
		close(terminal);
	}
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return NULL;
	failed = outside_start(asker_run, context, ends[1], !command);
	close(ends[1]);
	if (failed) {
		close(ends[0]);
		return NULL;
	}
	ask = xcalloc(1, sizeof(*ask));
	ask->sock = ends[0];
	ask->save = save;
	return ask;
}

static void drop(struct ask *ask, struct question *question)
{
	HASH_DEL(ask->questions, question);
	free(question);
}

void ask_end(struct ask *ask)
{
	struct remembered *item, *next;

	if (!ask)
		return;
	while (ask->questions)
		drop(ask, ask->questions);
	HASH_ITER(hh, ask->remembered, item, next)
	{
		HASH_DEL(ask->remembered, item);
		free(item->what);
		free(item);
	}
	if (ask->sock >= 0)
		close(ask->sock);
	free(ask);
}

/* ---- answers that count longer ---- */

/* Whose answer it is: of this process, or of all that execute the same. */
static void put_key(struct buf *buf, const struct call *call, bool process)
{
	const char *exe = task_image(call->task)->program.exe;

	if (process)
		buf_printf(buf, "%d ", (int)task_pid(call->task));
	else
		escape_put(buf, exe ? exe : "?", exe ? strlen(exe) : 1);
	buf_printf(buf, " %s ", call->event.decision.rule_id);
	ask_line_target(buf, call);
}

static struct remembered *find_remembered(const struct ask *ask, const struct call *call,
					  bool process)
{
	struct remembered *item;
	char storage[8192];
	struct buf key;

	buf_init(&key, storage, sizeof(storage));
	put_key(&key, call, process);
	HASH_FIND_STR(ask->remembered, key.data, item);
	return key.truncated ? NULL : item;
}

static void remember(struct ask *ask, const struct call *call, bool process,
		     enum ask_answer answer)
{
	char storage[8192];
	struct remembered *item;
	struct buf key;

	if (find_remembered(ask, call, process) ||
	    HASH_COUNT(ask->remembered) >= REMEMBERED_MAX)
		return;
	buf_init(&key, storage, sizeof(storage));
	put_key(&key, call, process);
	if (key.truncated)
		return; /* asked again the next time */
	item = xcalloc(1, sizeof(*item));
	item->what = xstrndup(key.data, key.len);
	item->answer = answer;
	HASH_ADD_KEYPTR(hh, ask->remembered, item->what, key.len, item);
}

static void save_line(const struct ask *ask, const struct call *call, bool allow)
{
	char storage[8192];
	struct buf line;
	int fd;

	if (!ask->save)
		return;
	buf_init(&line, storage, sizeof(storage));
	if (!ask_line_put(&line, call, allow)) {
		msg_print("the answer cannot be written as a rule, and is not saved");
		return;
	}
	fd = open(ask->save, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644);
	if (fd < 0 || fdio_write_all(fd, line.data, line.len) < 0)
		msg_print("cannot save to '%s': %s", ask->save, strerror(errno));
	if (fd >= 0)
		close(fd);
}

static void take_answer(struct ask *ask, const struct call *call,
			const struct ask_reply *reply)
{
	const struct action *action = call->event.decision.action;
	enum ask_answer answer = reply->allow ? ASK_ALLOW : ASK_REFUSE;
	enum remember how =
		action && action->remember ? action->remember : reply->remember;

	if (how == REMEMBER_PROCESS)
		remember(ask, call, true, answer);
	if (how == REMEMBER_SESSION || how == REMEMBER_ALWAYS)
		remember(ask, call, false, answer);
	if (how == REMEMBER_ALWAYS)
		save_line(ask, call, reply->allow);
}

/* ---- a question ---- */

static json_t *escaped(const char *text)
{
	char storage[4096];
	struct buf buf;

	buf_init(&buf, storage, sizeof(storage));
	if (text)
		escape_put(&buf, text, strlen(text));
	return json_string(storage);
}

static json_t *arguments(const struct program *program)
{
	json_t *list = json_array();
	const char *at = program->args, *end = at ? at + program->args_len : NULL;

	for (unsigned i = 0; at && at < end && i < 32; i++) {
		size_t len = strnlen(at, (size_t)(end - at));
		char storage[256];
		struct buf buf;

		buf_init(&buf, storage, sizeof(storage));
		escape_put(&buf, at, len < 100 ? len : 100);
		json_array_append_new(list, json_string(storage));
		at += len + 1;
	}
	return list;
}

static char *text_of(const struct call *call, uint64_t id)
{
	const struct program *program = &task_image(call->task)->program;
	const struct event *event = &call->event;
	const struct action *action = event->decision.action;
	json_t *root = json_object();
	char storage[512];
	struct buf end;
	char *text;

	buf_init(&end, storage, sizeof(storage));
	ask_line_target(&end, call);
	json_object_set_new(root, "question", json_integer((json_int_t)id));
	json_object_set_new(root, "name", escaped(task_image(call->task)->name));
	json_object_set_new(root, "pid", json_integer(task_pid(call->task)));
	json_object_set_new(root, "program", escaped(program->exe));
	json_object_set_new(root, "script", escaped(program->script));
	json_object_set_new(root, "arguments", arguments(program));
	json_object_set_new(root, "parent",
			    escaped(program->ancestors ? program->ancestors->exe : ""));
	json_object_set_new(root, "call", json_string(event->call));
	json_object_set_new(root, "target", json_string(storage));
	buf_init(&end, storage, sizeof(storage));
	if (event->has_end)
		endpoint_put(&end, &event->end);
	json_object_set_new(root, "destination", json_string(storage));
	json_object_set_new(root, "host", escaped(event->host));
	json_object_set_new(root, "rule", json_string(event->decision.rule_id));
	json_object_set_new(root, "text", escaped(event->decision.rule_text));
	if (action && action->remember)
		json_object_set_new(root, "for",
				    json_string(remember_name(action->remember)));
	text = json_dumps(root, JSON_COMPACT);
	json_decref(root);
	return text;
}

static void send_question(struct ask *ask, const struct call *call,
			  struct question *question)
{
	cleanup_free char *text = text_of(call, question->id);
	size_t len = text ? strlen(text) : 0;

	if (!text || len > ASK_TEXT_MAX) {
		question->answer = ASK_REFUSE;
		return;
	}
	if (send(ask->sock, text, len, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)len)
		question->sent_ms = monotonic_ms();
	else if (errno != EAGAIN)
		question->answer = ASK_NOBODY;
}

/* Answers go to the question they are for; one that nobody waits for any more is lost. */
static void receive(struct ask *ask, const struct call *call, uint64_t id)
{
	struct ask_reply reply;
	struct question *question;
	ssize_t got = recv(ask->sock, &reply, sizeof(reply), MSG_DONTWAIT | MSG_PEEK);

	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
		close(ask->sock);
		ask->sock = -1;
		return;
	}
	if (got != sizeof(reply))
		return;
	HASH_FIND(hh, ask->questions, &reply.question, sizeof(reply.question), question);
	if (question && reply.question != id)
		return; /* its own call takes it, which knows what is to be remembered */
	if (recv(ask->sock, &reply, sizeof(reply), MSG_DONTWAIT) != sizeof(reply) ||
	    !question)
		return;
	question->answer = reply.allow ? ASK_ALLOW : ASK_REFUSE;
	take_answer(ask, call, &reply);
}

static struct question *question_of(struct ask *ask, uint64_t *id)
{
	struct question *question;

	HASH_FIND(hh, ask->questions, id, sizeof(*id), question);
	if (question)
		return question;
	question = xcalloc(1, sizeof(*question));
	*id = question->id = ++ask->last;
	HASH_ADD(hh, ask->questions, id, sizeof(question->id), question);
	return question;
}

/* The oldest question whose call is still there. */
static struct question *oldest(struct ask *ask)
{
	int64_t now = monotonic_ms();

	while (ask->questions && now - ask->questions->seen_ms > GONE_MS)
		drop(ask, ask->questions);
	return ask->questions;
}

unsigned ask_before(const struct ask *ask, uint64_t id)
{
	unsigned count = 0;

	for (const struct question *question = ask->questions;
	     question && question->id != id; question = question->hh.next)
		count++;
	return count;
}

enum ask_answer ask_about(struct ask *ask, const struct call *call, uint64_t *id)
{
	const struct remembered *known;
	struct question *question;
	enum ask_answer answer;

	if (!ask || ask->sock < 0)
		return ASK_NOBODY;
	question = question_of(ask, id);
	question->seen_ms = monotonic_ms();
	receive(ask, call, *id);
	known = find_remembered(ask, call, true);
	if (!known)
		known = find_remembered(ask, call, false);
	if (known && !question->sent_ms)
		question->answer = known->answer;
	if (!question->answer && ask->sock >= 0 && !question->sent_ms &&
	    oldest(ask) == question)
		send_question(ask, call, question);
	if (question->sent_ms && monotonic_ms() - question->sent_ms > ASK_MS)
		question->answer = ASK_NOBODY;
	if (ask->sock < 0)
		question->answer = ASK_NOBODY;
	answer = question->answer;
	if (answer)
		drop(ask, question);
	return answer;
}
