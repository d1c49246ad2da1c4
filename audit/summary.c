/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/summary.c - the table of destinations at the end of a run
 *
 * Rows are keyed by the text of the destination, bounded, and written in the order of
 * their first appearance.
 */
#include "audit/summary.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/fdio.h"
#include "base/hash.h"
#include "base/xalloc.h"

/* A program that scans a network must not eat netjail's memory; what comes later is
 * counted in one last row. */
#define ROWS_MAX 10000

struct row {
	char end[512]; /* destination and protocol: the key */
	uint64_t allowed, refused, bytes;
	const char *host;
	UT_hash_handle hh;
};

struct summary {
	int fd;
	struct row *rows;
	struct row others;
};

void *summary_new(int fd)
{
	struct summary *summary = xcalloc(1, sizeof(*summary));

	summary->fd = fd;
	strcpy(summary->others.end, "(others)");
	return summary;
}

static struct row *find_row(struct summary *summary, const struct event *event)
{
	char key[sizeof(summary->others.end)];
	struct buf buf;
	struct row *row;

	memset(key, 0, sizeof(key));
	buf_init(&buf, key, sizeof(key));
	sockkind_put(&buf, &event->sock);
	buf_putc(&buf, ' ');
	if (event->has_end)
		endpoint_put(&buf, &event->end);
	HASH_FIND_STR(summary->rows, key, row);
	if (row)
		return row;
	if (HASH_COUNT(summary->rows) >= ROWS_MAX)
		return &summary->others;
	row = xcalloc(1, sizeof(*row));
	memcpy(row->end, key, sizeof(key));
	row->host = event->host;
	HASH_ADD_STR(summary->rows, end, row);
	return row;
}

static void summary_emit(void *state, const struct event *event)
{
	struct row *row;

	if (event->shape == EVENT_FOUND || event->quiet || event->evasion ||
	    (!event->judged && !event->reason))
		return;
	row = find_row(state, event);
	if (event_is_refused(event))
		row->refused++;
	else
		row->allowed++;
	if (event->shape == EVENT_FD_BYTES_END && event->result > 0)
		row->bytes += (uint64_t)event->result;
}

static void summary_note(void *state, const char *text)
{
	(void)state;
	(void)text;
}

static void write_row(int fd, const struct row *row)
{
	char storage[512];
	struct buf line;

	buf_init(&line, storage, sizeof(storage));
	buf_printf(&line, "%8" PRIu64 " %8" PRIu64 " %12" PRIu64 "  %s", row->allowed,
		   row->refused, row->bytes, row->end);
	if (row->host)
		buf_printf(&line, " [%s]", row->host);
	buf_putc(&line, '\n');
	(void)!fdio_write_all(fd, line.data, line.len);
}

static void summary_close(void *state)
{
	static const char head[] = " allowed  refused   bytes sent  destination\n";
	static const char none[] = "netjail: no network call was made\n";
	struct summary *summary = state;
	struct row *row, *next;

	if (summary->rows)
		(void)!fdio_write_all(summary->fd, head, sizeof(head) - 1);
	else
		(void)!fdio_write_all(summary->fd, none, sizeof(none) - 1);
	HASH_ITER(hh, summary->rows, row, next)
	{
		write_row(summary->fd, row);
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): uthash's list */
		HASH_DEL(summary->rows, row);
		free(row);
	}
	if (summary->others.allowed || summary->others.refused)
		write_row(summary->fd, &summary->others);
	free(summary);
}

const struct sink_ops summary_sink = {
	.emit = summary_emit, .note = summary_note, .close = summary_close};
