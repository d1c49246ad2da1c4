/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/report_stack.c - a call stack as text
 *
 * Theory of operation
 *   Problem:    the names of functions are hostile, and no demangler is known that none
 *               of them keeps busy for minutes or leads astray.
 *   Mechanism:  the names of a stack are demangled in a process of their own
 *               (base/outside), which has a second and can call nothing but write and
 *               exit. What has not come from it by its end stays as it is in the log.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit/demangle.h"
#include "audit/report.h"
#include "base/cleanup.h"
#include "base/fdio.h"
#include "base/outside.h"
#include "base/xalloc.h"

#define NAME_LEN  240
#define FRAME_LEN 512

struct names {
	size_t count;
	char mangled[STACK_FRAMES_MAX][DEMANGLE_MAX + 1];
	char shown[STACK_FRAMES_MAX][NAME_LEN];
};

/* A second, and no call but write and exit. What these numbers are in the 32-bit ABI does
 * no harm with nothing open: exit and fgetxattr, getppid and fchmod. */
static int confine(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOMEM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {ARRAY_LEN(code), code};
	struct rlimit second = {1, 1};

	if (setrlimit(RLIMIT_CPU, &second) < 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) < 0)
		return -errno;
	return prctl(PR_SET_SECCOMP, (long)SECCOMP_MODE_FILTER, &program) < 0 ? -errno
									      : 0;
}

static void demangle_all(void *context, int fd)
{
	struct names *names = context;

	if (confine() != 0)
		return;
	for (size_t i = 0; i < names->count; i++) {
		char *shown = names->shown[i];

		memset(shown, 0, NAME_LEN);
		demangle(names->mangled[i], shown, NAME_LEN);
		if (fdio_write_all(fd, shown, NAME_LEN) < 0)
			return;
	}
}

/* How many names came from the process. */
static size_t receive(struct names *names, int fd)
{
	size_t len = 0, whole = names->count * NAME_LEN;
	char *to = names->shown[0];

	while (len < whole) {
		ssize_t got = read(fd, to + len, whole - len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		len += (size_t)got;
	}
	return len / NAME_LEN;
}

static bool is_mangled(const struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (demangle_is_wanted(names->mangled[i]))
			return true;
	return false;
}

static size_t ask_outside(struct names *names)
{
	int ends[2];
	size_t count = 0;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return 0;
	if (outside_start(demangle_all, names, ends[1], false) == 0) {
		close(ends[1]);
		ends[1] = -1;
		count = receive(names, ends[0]);
	}
	close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	return count;
}

static void show_names(struct report *report, struct names *names)
{
	size_t done = 0;

	if (!report->raw_names && is_mangled(names)) {
		done = ask_outside(names);
		report->raw_names = done < names->count;
	}
	for (size_t i = done; i < names->count; i++)
		snprintf(names->shown[i], NAME_LEN, "%.*s", NAME_LEN - 1,
			 names->mangled[i]);
}

char *report_frames(struct report *report, const struct record *record)
{
	char *text = xcalloc(record->frame_count + 1, FRAME_LEN);
	cleanup_free struct names *names = xcalloc(1, sizeof(*names));
	size_t len = 0;

	names->count = record->frame_count;
	for (size_t i = 0; i < names->count; i++)
		text_copy(record->frames[i].symbol, names->mangled[i],
			  sizeof(names->mangled[i]));
	show_names(report, names);
	for (size_t i = 0; i < names->count; i++) {
		const struct record_frame *frame = &record->frames[i];
		char module[200], address[24], offset[24], *name = names->shown[i];

		text_copy(frame->module, module, sizeof(module));
		text_copy(frame->address, address, sizeof(address));
		text_copy(frame->offset, offset, sizeof(offset));
		len += (size_t)snprintf(text + len, FRAME_LEN, "%s+%s  %s  %s\n",
					*name ? name : "?", offset, module, address);
	}
	return text;
}
