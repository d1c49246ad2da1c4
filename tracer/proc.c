/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/proc.c - what /proc says of a task
 */
#include "tracer/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/kcmp.h>
#include <linux/nsfs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fdio.h"
#include "base/xalloc.h"

#define STATUS_MAX     8192
#define NAMESPACES_MAX 33 /* MAX_PID_NS_LEVEL and ours, pid_namespaces(7) */

static int read_status(pid_t tid, char text[static STATUS_MAX])
{
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	return fdio_read_small(path, text, STATUS_MAX);
}

char *proc_link(pid_t pid, const char *name)
{
	char path[64], target[PATH_MAX];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	len = readlink(path, target, sizeof(target));
	if (len <= 0 || len == sizeof(target))
		return NULL;
	return xstrndup(target, (size_t)len);
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

int64_t proc_user(pid_t tid)
{
	char status[STATUS_MAX];
	const char *value;
	char *end;
	size_t len;

	if (read_status(tid, status) < 0)
		return -1;
	value = field(status, "Uid", &len);
	if (!value)
		return -1;
	(void)strtol(value, &end, 10); /* the real one comes first */
	return strtol(end, NULL, 10);
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

static uint64_t mask_of(const char *status, const char *key)
{
	size_t len;
	const char *value = field(status, key, &len);

	return value ? strtoull(value, NULL, 16) : 0;
}

#define BIT(sig) (UINT64_C(1) << ((sig)-1))

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

bool proc_catches(pid_t tid, int sig)
{
	char status[STATUS_MAX];

	if (sig < 1 || sig > 64 || read_status(tid, status) < 0)
		return true;
	return mask_of(status, "SigCgt") & BIT(sig);
}

bool proc_is_interrupted(pid_t tid, uint64_t *ret_masked)
{
	char status[STATUS_MAX];
	uint64_t waiting, idle;

	*ret_masked = 0;
	if (read_status(tid, status) < 0)
		return true;
	waiting = mask_of(status, "SigPnd") | mask_of(status, "ShdPnd");
	idle = BIT(SIGCHLD) | BIT(SIGURG) | BIT(SIGWINCH) | BIT(SIGCONT);
	idle &= ~mask_of(status, "SigCgt");
	*ret_masked = waiting & mask_of(status, "SigBlk");
	return waiting & ~mask_of(status, "SigBlk") & ~mask_of(status, "SigIgn") & ~idle;
}

static long number_of(const char *status, const char *key)
{
	size_t len;
	const char *value = field(status, key, &len);

	return value ? strtol(value, NULL, 10) : 0;
}

/* One number of a task's status; -1 when it cannot be read. */
static int number_in(pid_t tid, const char *key, int base)
{
	char status[STATUS_MAX];
	const char *value;
	size_t len;

	if (read_status(tid, status) < 0)
		return -1;
	value = field(status, key, &len);
	return value ? (int)strtol(value, NULL, base) : -1;
}

int32_t proc_of_pidfd(int pidfd)
{
	char path[48], text[1024];
	const char *line;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	if (fdio_read_small(path, text, sizeof(text)) < 0)
		return -1;
	line = strstr(text, "\nPid:");
	return line ? (int32_t)strtol(line + 5, NULL, 10) : -1;
}

/* The first three of the four. */
static void numbers_of(const char *status, const char *key, unsigned ret[static 3])
{
	size_t len;
	const char *value = field(status, key, &len);

	for (unsigned i = 0; value && i < 3; i++) {
		char *end;

		ret[i] = (unsigned)strtoul(value, &end, 10);
		value = end;
	}
}

struct proc_task proc_task(pid_t tid)
{
	struct proc_task task = {.state = 0};
	char status[STATUS_MAX];
	const char *value;
	size_t len;

	if (read_status(tid, status) < 0)
		return task;
	value = field(status, "State", &len);
	if (value && len > 1)
		task.state = value[1];
	task.tgid = (pid_t)number_of(status, "Tgid");
	task.parent = (pid_t)number_of(status, "PPid");
	task.tracer = (pid_t)number_of(status, "TracerPid");
	task.filtered = number_of(status, "Seccomp") != 0;
	numbers_of(status, "Uid", task.uid);
	numbers_of(status, "Gid", task.gid);
	return task;
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

int proc_umask(pid_t tid)
{
	return number_in(tid, "Umask", 8);
}

/* proc(5) "NSpid": one number a namespace, from ours inwards. How many there are (0 when
 * it cannot be read), the first MAX of them in `ret_ids`. */
static size_t namespace_ids(pid_t tid, size_t max, int32_t *ret_ids)
{
	char status[STATUS_MAX], *end;
	const char *value;
	size_t len, count = 0;

	if (read_status(tid, status) < 0)
		return 0;
	value = field(status, "NSpid", &len);
	for (const char *at = value; at && at < value + len; at = end, count++) {
		long id = strtol(at, &end, 10);

		if (count < max)
			ret_ids[count] = (int32_t)id;
	}
	return count;
}

bool proc_in_inner_namespace(pid_t tid)
{
	return namespace_ids(tid, 0, NULL) > 1;
}

static int open_namespace(pid_t tid)
{
	char path[48];

	snprintf(path, sizeof(path), "/proc/%d/ns/pid", (int)tid);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* ioctl_ns(2): `levels` above the task's own namespace. */
static int open_outer_namespace(pid_t tid, size_t levels)
{
	int fd = open_namespace(tid);

	for (; fd >= 0 && levels; levels--) {
		int outer = ioctl(fd, NS_GET_PARENT);

		close(fd);
		fd = outer;
	}
	return fd;
}

bool proc_is_called(pid_t tid, pid_t viewer, int32_t number)
{
	int32_t ids[NAMESPACES_MAX];
	size_t depth = namespace_ids(viewer, 0, NULL);
	size_t count = namespace_ids(tid, ARRAY_LEN(ids), ids);
	cleanup_fd int theirs = -1, its = -1;
	struct stat a, b;

	if (!depth || depth > count || count > ARRAY_LEN(ids) || ids[depth - 1] != number)
		return false;
	theirs = open_namespace(viewer);
	its = open_outer_namespace(tid, count - depth);
	return theirs >= 0 && its >= 0 && fstat(theirs, &a) == 0 && fstat(its, &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

int proc_seccomp_filters(pid_t tid)
{
	return number_in(tid, "Seccomp_filters", 10);
}

bool proc_share_files(pid_t a, pid_t b)
{
	return syscall(SYS_kcmp, a, b, KCMP_FILES, 0, 0) == 0;
}
