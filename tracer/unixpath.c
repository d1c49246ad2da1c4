/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/unixpath.c - AF_UNIX calls that netjail makes itself: the path as the program
 * sees it
 */
#include "tracer/unixpath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
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

/* Unnamed, abstract, or wrong: no path to follow. */
static bool has_path(const struct destination *dest)
{
	return dest->bytes[0] == AF_UNIX && dest->named && dest->len > PATH_AT &&
	       dest->len <= sizeof(struct sockaddr_un) && dest->bytes[PATH_AT];
}

int unixpath_translate(struct task *task, struct destination *dest, int *ret_fd)
{
	char path[sizeof(((struct sockaddr_un *)0)->sun_path) + 1] = {0};
	char *copied = (char *)dest->bytes + PATH_AT;
	int fd;

	*ret_fd = -1;
	if (!proc_same_rights(task->tid))
		return -EPERM;
	if (!has_path(dest))
		return 0;
	memcpy(path, copied, dest->len - PATH_AT);
	fd = open_socket(task->tid, path);
	if (fd < 0)
		return fd;
	snprintf(copied, sizeof(path) - 1, "/proc/self/fd/%d", fd);
	dest->len = (uint32_t)(PATH_AT + strlen(copied) + 1);
	*ret_fd = fd;
	return 0;
}

/* The same mount is their root: another of the same file system may show other files. */
static bool shares_root(pid_t tid)
{
	struct statx ours, theirs;
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/root", (int)tid);
	return statx(AT_FDCWD, path, 0, STATX_INO | STATX_MNT_ID, &theirs) == 0 &&
	       statx(AT_FDCWD, "/", 0, STATX_INO | STATX_MNT_ID, &ours) == 0 &&
	       theirs.stx_mask & ours.stx_mask & STATX_MNT_ID &&
	       theirs.stx_mnt_id == ours.stx_mnt_id && theirs.stx_ino == ours.stx_ino;
}

static int bind_bytes(int sock, const struct destination *dest)
{
	return bind(sock, (const void *)dest->bytes, dest->len) < 0 ? -errno : 0;
}

/* A directory that may not be searched does for an absolute path. */
static bool is_absolute(const struct destination *dest)
{
	return dest->bytes[PATH_AT] == '/';
}

/* In a process whose working directory and umask are those of the program. What signals
 * tell netjail is not its own to answer, and they end no wait for what may be done. */
static int bind_there(int cwd, mode_t mask, int sock, const struct destination *dest)
{
	sigset_t all, before;
	int status = 0, failed;
	pid_t child;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	child = fork();
	failed = child < 0 ? -errno : 0;
	if (child == 0) {
		umask(mask);
		if (!is_absolute(dest) && fchdir(cwd) < 0)
			_exit(errno);
		_exit(-bind_bytes(sock, dest));
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return failed;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}

int unixpath_bind(struct task *task, int sock, const struct destination *dest,
		  int *ret_result)
{
	cleanup_fd int cwd = open_directory(task->tid, "cwd");
	int mask = proc_umask(task->tid);

	if (!proc_same_rights(task->tid))
		return -EPERM;
	if (!has_path(dest)) {
		*ret_result = bind_bytes(sock, dest);
		return 0;
	}
	if (cwd < 0 || mask < 0 || task->own_domain || !shares_root(task->tid))
		return -EPERM;
	*ret_result = bind_there(cwd, (mode_t)mask, sock, dest);
	return 0;
}
