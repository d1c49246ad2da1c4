/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/unixpath.c - AF_UNIX calls that netjail makes itself: the path as the program
 * sees it
 */
#include "tracer/unixpath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "tracer/proc.h"
#include "tracer/task.h"

#define PATH_AT offsetof(struct sockaddr_un, sun_path)

static int open_directory(pid_t tid, const char *which)
{
	char path[48];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tid, which);
	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* An absolute path, and every absolute link on the way, begins at the program's own
 * root. */
static int open_socket(pid_t tid, const char *path)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC,
			       .resolve = *path == '/' ? RESOLVE_IN_ROOT : 0};
	cleanup_fd int base = open_directory(tid, *path == '/' ? "root" : "cwd");
	int fd;

	if (base < 0)
		return base;
	fd = (int)syscall(SYS_openat2, base, path, &how, sizeof(how));
	return fd < 0 ? -errno : fd;
}

int unixpath_translate(struct task *task, struct destination *dest, int *ret_fd)
{
	char path[sizeof(((struct sockaddr_un *)0)->sun_path) + 1] = {0};
	char *copied = (char *)dest->bytes + PATH_AT;
	int fd;

	*ret_fd = -1;
	if (!proc_same_rights(task->tid))
		return -EPERM;
	if (dest->bytes[0] != AF_UNIX || !dest->named || dest->len <= PATH_AT ||
	    dest->len > sizeof(struct sockaddr_un) || !*copied)
		return 0; /* unnamed, abstract, or wrong: no path to follow */
	memcpy(path, copied, dest->len - PATH_AT);
	fd = open_socket(task->tid, path);
	if (fd < 0)
		return fd;
	snprintf(copied, sizeof(path) - 1, "/proc/self/fd/%d", fd);
	dest->len = (uint32_t)(PATH_AT + strlen(copied) + 1);
	*ret_fd = fd;
	return 0;
}
