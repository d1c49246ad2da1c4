/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/inherited.c - sockets that the program would inherit connected from who started
 * netjail
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>

#include "audit/sink.h"
#include "base/buf.h"
#include "net/endpoint.h"
#include "tracer/passed.h"

static void withhold(int fd, const struct endpoint *peer, const struct hub *hub)
{
	cleanup_fd int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	char text[200];
	struct buf buf;

	/* Without /dev/null the descriptor is closed: the program must not have it. */
	if (null < 0 || dup2(null, fd) < 0)
		close(fd);
	buf_init(&buf, text, sizeof(text));
	buf_printf(&buf, "evasion fd-passed-in: descriptor %d is connected to ", fd);
	endpoint_put(&buf, peer);
	buf_puts(&buf, ", which the rules refuse: withheld (T1559)");
	hub_note(hub, text);
}

void passed_withhold_inherited(const struct ruleset *rules, const struct hub *hub)
{
	DIR *dir = opendir("/proc/self/fd");
	struct dirent *entry;
	struct endpoint peer;

	while (dir && (entry = readdir(dir))) {
		int fd = (int)strtol(entry->d_name, NULL, 10), flags = fcntl(fd, F_GETFD);

		if (entry->d_name[0] == '.' || flags < 0 || (flags & FD_CLOEXEC))
			continue;
		if (passed_is_refused(rules, fd, &peer))
			withhold(fd, &peer, hub);
	}
	if (dir)
		closedir(dir);
}
