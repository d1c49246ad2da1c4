/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/asker.c - questions to the person: the process that asks, by terminal or command
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>

#include "base/buf.h"
#include "base/fdio.h"
#include "base/monotonic.h"
#include "tracer/ask.h"

static const char *field(const json_t *question, const char *key)
{
	const char *text = json_string_value(json_object_get(question, key));

	return text ? text : "";
}

/* ---- what was answered ---- */

static bool parse_words(const char *answer, const char *how, struct ask_reply *reply)
{
	static const char *const yes[] = {"allow", "yes", "y"}, *const no[] = {"refuse",
									       "deny",
									       "no", "n"};
	struct ask_reply found = {.question = reply->question};
	bool known = false;

	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		found.allow |= strcmp(answer, yes[i]) == 0;
	known = found.allow;
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		known |= strcmp(answer, no[i]) == 0;
	found.remember = REMEMBER_ONCE;
	for (int i = REMEMBER_ONCE; *how && i < REMEMBER_NUM_; i++) {
		const char *name = remember_name((enum remember)i);

		if (strcmp(how, name) == 0 || (how[0] == name[0] && !how[1])) {
			found.remember = (enum remember)i;
			how = "";
		}
	}
	if (!known || *how)
		return false;
	*reply = found;
	return true;
}

bool asker_parse(const char *text, struct ask_reply *reply)
{
	json_t *root = json_loads(text, 0, NULL);
	char answer[32] = "", how[32] = "";
	bool right;

	if (json_is_object(root))
		right = parse_words(field(root, "answer"), field(root, "for"), reply);
	else
		right = sscanf(text, "%31s %31s", answer, how) > 0 &&
			parse_words(answer, how, reply);
	json_decref(root);
	return right;
}

/* ---- by a command ---- */

static _Noreturn void become_command(const char *command, int in, int out)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	(void)setpgid(0, 0); /* all of it can be ended */
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* What the command prints until it ends, or closes its output, or the time is over. */
static void read_answer(int fd, char *text, size_t size)
{
	int64_t end = monotonic_ms() + ASK_MS, left = ASK_MS;
	struct pollfd readable = {.fd = fd, .events = POLLIN};
	size_t len = 0;

	while (left > 0 && len + 1 < size && poll(&readable, 1, (int)left) > 0) {
		ssize_t got = read(fd, text + len, size - 1 - len);

		if (got <= 0)
			break;
		len += (size_t)got;
		left = end - monotonic_ms();
	}
	text[len] = '\0';
}

static bool ask_command(const char *command, const char *question,
			struct ask_reply *reply)
{
	int in[2], out[2], status;
	char text[4096];
	pid_t pid;

	if (pipe2(in, O_CLOEXEC) < 0)
		return false;
	if (pipe2(out, O_CLOEXEC) < 0) {
		close(in[0]);
		close(in[1]);
		return false;
	}
	pid = fork();
	if (pid == 0)
		become_command(command, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	/* A question is shorter than what a pipe holds: this does not wait. */
	if (pid > 0 && fdio_write_all(in[1], question, strlen(question)) == 0)
		(void)!fdio_write_all(in[1], "\n", 1);
	close(in[1]);
	text[0] = '\0';
	if (pid > 0)
		read_answer(out[0], text, sizeof(text));
	close(out[0]);
	if (pid > 0) {
		(void)kill(-pid, SIGKILL);
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	return asker_parse(text, reply);
}

/* ---- on the terminal ---- */

static void put_question(struct buf *buf, const json_t *question)
{
	const char *fixed = field(question, "for"), *host = field(question, "host");

	buf_printf(buf, "\r\nnetjail: %s[%lld] asks for %s %s", field(question, "name"),
		   (long long)json_integer_value(json_object_get(question, "pid")),
		   field(question, "call"), field(question, "target"));
	buf_printf(buf, " (%s%s%s)\r\n", field(question, "destination"), *host ? " " : "",
		   host);
	buf_printf(buf, "  program %s", field(question, "program"));
	if (*field(question, "script"))
		buf_printf(buf, ", script %s", field(question, "script"));
	if (*field(question, "parent"))
		buf_printf(buf, ", started by %s", field(question, "parent"));
	buf_printf(buf, "\r\n  rule %s: %s\r\n", field(question, "rule"),
		   field(question, "text"));
	if (*fixed)
		buf_printf(buf, "allow for %s? y or n: ", fixed);
	else
		buf_puts(buf, "allow? y or n, then once, process, session or always: ");
}

static bool ask_terminal(const char *question, struct ask_reply *reply)
{
	cleanup_fd int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	json_t *root = json_loads(question, 0, NULL);
	char storage[8192], text[256];
	struct buf prompt;
	bool answered = false;

	buf_init(&prompt, storage, sizeof(storage));
	put_question(&prompt, root);
	json_decref(root);
	/* What was typed before is no answer. */
	if (tty >= 0 && tcflush(tty, TCIFLUSH) == 0 &&
	    fdio_write_all(tty, prompt.data, prompt.len) == 0) {
		struct pollfd readable = {.fd = tty, .events = POLLIN};
		ssize_t got = poll(&readable, 1, ASK_MS) > 0
				      ? read(tty, text, sizeof(text) - 1)
				      : -1;

		if (got > 0) {
			text[got] = '\0';
			answered = asker_parse(text, reply);
		}
		(void)!fdio_write_all(tty, answered ? "" : "\r\nrefused\r\n",
				      answered ? 0 : 11);
	}
	return answered;
}

void asker_run(void *command, int fd)
{
	static char question[ASK_TEXT_MAX + 1];

	for (;;) {
		ssize_t len = recv(fd, question, sizeof(question) - 1, 0);
		struct ask_reply reply;
		json_t *root;
		bool answered;

		if (len <= 0)
			return;
		question[len] = '\0';
		root = json_loads(question, 0, NULL);
		memset(&reply, 0, sizeof(reply));
		reply.question =
			(uint64_t)json_integer_value(json_object_get(root, "question"));
		json_decref(root);
		answered = command ? ask_command(command, question, &reply)
				   : ask_terminal(question, &reply);
		if (!answered) {
			reply.allow = false;
			reply.remember = REMEMBER_ONCE;
		}
		if (send(fd, &reply, sizeof(reply), MSG_NOSIGNAL) != sizeof(reply))
			return;
	}
}
