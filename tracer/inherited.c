/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/inherited.c - sockets that the program would inherit connected from who started
 * netjail
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/sink.h"
#include "base/buf.h"
#include "tracer/passed.h"
#include "tracer/prepared.h"
#include "tracer/tracer.h"

static void tell(int fd, const char *what, const char *outcome, const struct hub *hub)
{
	char text[256];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	buf_printf(&buf,
		   "evasion fd-passed-in: inherited descriptor %d is %s: %s (T1559)", fd,
		   what, outcome);
	hub_note(hub, text);
}

static void withhold(int fd)
{
	cleanup_fd int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* Without /dev/null the descriptor is closed: the program must not have it. */
	if (null < 0 || dup2(null, fd) < 0)
		close(fd);
}

/* proc(5): what the kernel calls a ring's descriptor. */
static bool is_ring(int fd)
{
	char link[48], target[64];
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, target, sizeof(target) - 1);
	if (len < 0)
		return false;
	target[len] = 0;
	return strcmp(target, "anon_inode:[io_uring]") == 0;
}

static void judge_inherited(int fd, const struct run_config *config)
{
	char what[160];
	struct buf buf;
	int took = 0;

	buf_init(&buf, what, sizeof(what));
	if (is_ring(fd)) {
		buf_puts(&buf, "an io_uring");
	} else if (!passed_is_refused(config, fd, &buf)) {
		buf_puts(&buf, "a socket ");
		took = prepared_take_all(fd, &buf);
		if (!took)
			return;
	}
	if (took <= 0)
		withhold(fd);
	tell(fd, what, took > 0 ? "taken off" : "withheld", config->hub);
}

void passed_withhold_inherited(const struct run_config *config)
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		int fd = (int)strtol(entry->d_name, NULL, 10), flags = fcntl(fd, F_GETFD);

		if (entry->d_name[0] == '.' || flags < 0 || (flags & FD_CLOEXEC))
			continue;
		judge_inherited(fd, config);
	}
	if (dir)
		closedir(dir);
}
