/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/proc.c - what /proc says of a task
 */
#include "tracer/proc.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fdio.h"

#define STATUS_MAX 8192

static int read_status(pid_t tid, char text[static STATUS_MAX])
{
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	return fdio_read_small(path, text, STATUS_MAX);
}

/* The value after "KEY:\t" at the start of a line, up to its newline; NULL when absent.
 * The name, the only line with bytes of the program's choice, is the first and holds no
 * newline (the kernel escapes it). */
static const char *field(const char *status, const char *key, size_t *ret_len)
{
	size_t len = strlen(key);

	for (const char *line = status; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, key, len) == 0 && line[len] == ':') {
			*ret_len = strcspn(line + len + 1, "\n");
			return line + len + 1;
		}
	}
	return NULL;
}

pid_t proc_tgid(pid_t tid)
{
	char status[STATUS_MAX];
	size_t len;
	const char *value;
	int got = read_status(tid, status);

	if (got < 0)
		return got;
	value = field(status, "Tgid", &len);
	return value ? (pid_t)strtol(value, NULL, 10) : -ENOENT;
}

void proc_comm(pid_t tid, char ret_name[static EVENT_NAME_MAX])
{
	char path[48], text[64];
	int got;

	snprintf(path, sizeof(path), "/proc/%d/comm", (int)tid);
	got = fdio_read_small(path, text, sizeof(text));
	if (got > 0 && text[got - 1] == '\n')
		text[got - 1] = 0;
	snprintf(ret_name, EVENT_NAME_MAX, "%.15s", got > 0 ? text : "?");
}

bool proc_ignores(pid_t tid, int sig)
{
	char status[STATUS_MAX];
	const char *ignored, *caught;
	uint64_t bit;
	size_t len;

	if (sig < 1 || sig > 64 || read_status(tid, status) < 0)
		return false;
	bit = UINT64_C(1) << (sig - 1);
	ignored = field(status, "SigIgn", &len);
	caught = field(status, "SigCgt", &len);
	if (!ignored || !caught)
		return false;
	if (strtoull(ignored, NULL, 16) & bit)
		return true;
	if (strtoull(caught, NULL, 16) & bit)
		return false;
	return sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH || sig == SIGCONT;
}

bool proc_is_pending(pid_t pid, int sig)
{
	char status[STATUS_MAX];
	const char *pending;
	size_t len;

	if (sig < 1 || sig > 64 || read_status(pid, status) < 0)
		return false;
	pending = field(status, "ShdPnd", &len);
	return pending && strtoull(pending, NULL, 16) >> (sig - 1) & 1;
}

bool proc_same_rights(pid_t tid)
{
	static const char *const keys[] = {"Uid", "Gid", "CapEff"};
	char theirs[STATUS_MAX], ours[STATUS_MAX];

	if (read_status(tid, theirs) < 0 || read_status(getpid(), ours) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		size_t len, len2;
		const char *a = field(theirs, keys[i], &len),
			   *b = field(ours, keys[i], &len2);

		if (!a || !b || len != len2 || memcmp(a, b, len) != 0)
			return false;
	}
	return true;
}

/* proc(5) "NSpid": one number a namespace, from ours inwards. */
bool proc_in_inner_namespace(pid_t tid)
{
	char status[STATUS_MAX];
	const char *value;
	char *end;
	size_t len;

	if (read_status(tid, status) < 0)
		return false;
	value = field(status, "NSpid", &len);
	if (!value)
		return false;
	strtol(value, &end, 10);
	return end < value + len;
}

int proc_seccomp_filters(pid_t tid)
{
	char status[STATUS_MAX];
	const char *value;
	size_t len;

	if (read_status(tid, status) < 0)
		return -1;
	value = field(status, "Seccomp_filters", &len);
	return value ? (int)strtol(value, NULL, 10) : -1;
}
