/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/ask_line.c - a call as a rule would name it: for questions, for saved answers
 */
#include "tracer/ask_line.h"

#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "rules/ruleset.h"
#include "tracer/call.h"

/* One word: what would end it becomes a '?', which stands for any byte. */
static void put_word(struct buf *buf, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];
		bool ends = byte <= ' ' || byte == '#' || byte >= 0x7f;

		buf_put(buf, ends ? "?" : text + i, 1);
	}
}

static void put_protocol(struct buf *buf, const struct sockkind *sock)
{
	static const char *const words[] = {"tcp", "udp", "icmp", "mptcp", "sctp"};
	const char *name = sockkind_name(sock);

	for (size_t i = 0; name && i < ARRAY_LEN(words); i++)
		if (strcmp(name, words[i]) == 0)
			buf_printf(buf, "/%s", name);
}

static void put_ip(struct buf *buf, const struct call *call)
{
	const struct endpoint *end = &call->event.end;
	const char *host = call->event.host;
	bool brackets = end->inet.addr.family == ADDR_V6;
	struct addr plain = end->inet.addr;

	plain.scope_id = 0;
	if (call->id == SYS_ID_BIND || call->id == SYS_ID_LISTEN)
		host = NULL;
	if (host) {
		put_word(buf, host, strlen(host));
		if (!strchr(host, '.'))
			buf_putc(buf, '.');
	} else {
		buf_puts(buf, brackets ? "[" : "");
		addr_put(buf, &plain);
		buf_puts(buf, brackets ? "]" : "");
	}
	if (end->inet.port)
		buf_printf(buf, ":%u", end->inet.port);
	put_protocol(buf, &call->event.sock);
}

void ask_line_target(struct buf *buf, const struct call *call)
{
	const struct event *event = &call->event;
	const struct endpoint *end = &event->end;
	bool binds = call->id == SYS_ID_BIND || call->id == SYS_ID_LISTEN;
	const char *family = family_name(event->sock.domain);

	if (event->has_end && (end->family == AF_INET || end->family == AF_INET6)) {
		buf_puts(buf, binds ? "bind " : "");
		put_ip(buf, call);
	} else if (event->has_end && end->family == AF_UNIX && end->un.path_len) {
		buf_puts(buf, end->un.abstract ? "unix:@" : "unix:");
		put_word(buf, (const char *)end->un.path + !!end->un.abstract,
			 (size_t)end->un.path_len - !!end->un.abstract);
	} else {
		buf_printf(buf, "family %s", family ? family : "?");
	}
}

bool ask_line_put(struct buf *buf, const struct call *call, bool allow)
{
	const char *exe = task_image(call->task)->program.exe;
	struct ruleset *set = ruleset_new();
	struct rule_error error;
	bool right;

	buf_puts(buf, allow ? "allow " : "refuse ");
	ask_line_target(buf, call);
	if (exe) {
		buf_puts(buf, " exe ");
		put_word(buf, exe, strlen(exe));
	}
	buf_putc(buf, '\n');
	right = exe && !buf->truncated &&
		ruleset_add_text(set, "", 1, buf->data, buf->len, &error) == 0;
	ruleset_free(set);
	return right;
}
