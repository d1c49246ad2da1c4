/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/line.c - an event as one line for people, in strace's shape
 */
#include "audit/line.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/event.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/escape.h"

/* Where the verdict column begins, so that the eye can run down it. */
#define VERDICT_COLUMN 84

#define SGR_REFUSED "\033[31m"
#define SGR_ALLOWED "\033[32m"
#define SGR_RESET   "\033[0m"

static void put_fd(struct buf *buf, const struct event *event)
{
	buf_put_int(buf, event->fd);
	if (!event->sock.domain)
		return;
	buf_putc(buf, '<');
	sockkind_put(buf, &event->sock);
	buf_putc(buf, '>');
}

static void put_end(struct buf *buf, const struct event *event)
{
	if (!event->has_end) {
		buf_puts(buf, "NULL");
		return;
	}
	endpoint_put(buf, &event->end);
	if (event->host) {
		buf_puts(buf, " [");
		escape_put(buf, event->host, strlen(event->host));
		buf_putc(buf, ']');
	}
}

static void put_fd_end(struct buf *buf, const struct event *event)
{
	put_fd(buf, event);
	buf_puts(buf, ", ");
	put_end(buf, event);
}

static void put_fd_bytes_end(struct buf *buf, const struct event *event)
{
	put_fd(buf, event);
	buf_printf(buf, ", %" PRIu64 " bytes, ", event->bytes);
	put_end(buf, event);
}

static void put_socket(struct buf *buf, const struct event *event)
{
	const char *family = family_name(event->sock.domain);
	const char *type = socktype_name(event->sock.type);

	if (family)
		buf_puts(buf, family);
	else
		buf_printf(buf, "%d", event->sock.domain);
	buf_puts(buf, ", ");
	if (type)
		buf_puts(buf, type);
	else
		buf_printf(buf, "%d", event->sock.type);
	if (event->type_flags & SOCK_CLOEXEC)
		buf_puts(buf, "|SOCK_CLOEXEC");
	if (event->type_flags & SOCK_NONBLOCK)
		buf_puts(buf, "|SOCK_NONBLOCK");
	buf_printf(buf, ", %d", event->sock.protocol);
}

static void put_socketpair(struct buf *buf, const struct event *event)
{
	put_socket(buf, event);
	if (event->result == 0)
		buf_printf(buf, ", [%d, %d]", event->pair[0], event->pair[1]);
}

static void put_fd_number(struct buf *buf, const struct event *event)
{
	put_fd(buf, event);
	buf_printf(buf, ", %d", event->number);
}

static void put_fd_how(struct buf *buf, const struct event *event)
{
	static const char *const how[] = {"SHUT_RD", "SHUT_WR", "SHUT_RDWR"};

	put_fd(buf, event);
	if (event->number >= 0 && (size_t)event->number < ARRAY_LEN(how))
		buf_printf(buf, ", %s", how[event->number]);
	else
		buf_printf(buf, ", %d", event->number);
}

static void put_found(struct buf *buf, const struct event *event)
{
	put_fd_end(buf, event);
	buf_printf(buf, ", %s", event->state);
}

static void (*const put_args[])(struct buf *, const struct event *) = {
	[EVENT_FD_END] = put_fd_end,       [EVENT_FD_BYTES_END] = put_fd_bytes_end,
	[EVENT_SOCKET] = put_socket,       [EVENT_SOCKETPAIR] = put_socketpair,
	[EVENT_FD_NUMBER] = put_fd_number, [EVENT_FD_HOW] = put_fd_how,
	[EVENT_FOUND] = put_found,
};
static_assert(ARRAY_LEN(put_args) == EVENT_SHAPE_NUM_, "each shape has its arguments");

static void put_result(struct buf *buf, int64_t result)
{
	const char *name;

	if (result >= 0) {
		buf_puts(buf, " = ");
		buf_put_int(buf, result);
		return;
	}
	name = strerrorname_np((int)-result);
	if (name)
		buf_printf(buf, " = -1 %s (%s)", name, strerrordesc_np((int)-result));
	else
		buf_printf(buf, " = -1 (errno %" PRId64 ")", -result);
}

static const char *before_verdict(const struct event *event)
{
	if (event->shape == EVENT_FOUND)
		return event->cut ? "cut, " : "would be ";
	if (event->dry)
		return "would be ";
	if (event->decision.verdict != VERDICT_ASK)
		return "";
	if (event_is_unanswered(event))
		return "unanswered, ";
	return event->answered ? "allowed, " : "refused, ";
}

static void put_verdict(struct buf *buf, const struct event *event, bool color)
{
	if (color)
		buf_puts(buf, event_is_refused(event) ? SGR_REFUSED : SGR_ALLOWED);
	if (event->reason) {
		buf_puts(buf, "refused netjail: ");
		buf_puts(buf, event->reason);
	} else {
		buf_puts(buf, before_verdict(event));
		buf_puts(buf, verdict_past(event->decision.verdict));
		buf_putc(buf, ' ');
		buf_puts(buf, event->decision.rule_id);
	}
	if (color)
		buf_puts(buf, SGR_RESET);
}

static void put_clock(struct buf *buf, const struct timespec *time)
{
	struct tm tm;

	if (!localtime_r(&time->tv_sec, &tm))
		return;
	buf_printf(buf, "%02d:%02d:%02d.%06ld ", tm.tm_hour, tm.tm_min, tm.tm_sec,
		   time->tv_nsec / 1000);
}

/* "[pid] " or "[pid:tid] " */
static void put_task(struct buf *buf, const struct event *event)
{
	buf_putc(buf, '[');
	buf_put_int(buf, event->pid);
	if (event->pid != event->tid) {
		buf_putc(buf, ':');
		buf_put_int(buf, event->tid);
	}
	buf_puts(buf, "] ");
}

/* At least one blank. */
static void put_blanks(struct buf *buf, size_t start)
{
	char blanks[VERDICT_COLUMN];
	size_t len = buf->len - start;

	memset(blanks, ' ', sizeof(blanks));
	buf_put(buf, blanks, len < VERDICT_COLUMN ? VERDICT_COLUMN - len : 1);
}

/* "evasion io_uring-setup: what it would do; io_uring_setup(): refused (T1562)" */
static void put_evasion(struct buf *buf, const struct event *event, bool color)
{
	const struct evasion_row *row = evasion_row(event->evasion);

	if (color)
		buf_puts(buf, SGR_REFUSED);
	buf_printf(buf, "evasion %s: %s; ", row->name, row->text);
	escape_put(buf, event->detail, strnlen(event->detail, sizeof(event->detail)));
	buf_printf(buf, ": %s (%s)", event->reason ? event->reason : "told",
		   row->technique);
	if (color)
		buf_puts(buf, SGR_RESET);
}

void line_put(struct buf *buf, const struct event *event, const struct line_style *style)
{
	size_t start = buf->len;

	if (style->clock)
		put_clock(buf, &event->time);
	escape_put(buf, event->name, strnlen(event->name, sizeof(event->name)));
	put_task(buf, event);
	if (event->evasion) {
		put_evasion(buf, event, style->color);
		return;
	}
	buf_puts(buf, event->call);
	buf_putc(buf, '(');
	put_args[event->shape](buf, event);
	buf_putc(buf, ')');
	if (event->left)
		buf_puts(buf, " = ? (netjail has left)");
	else if (event->shape != EVENT_FOUND)
		put_result(buf, event->result);
	if (!event->judged && !event->reason)
		return;
	put_blanks(buf, start);
	put_verdict(buf, event, style->color);
}
