/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/evade.c - tells a way round the jail
 */
#include "tracer/evade.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tracer/call.h"
#include "tracer/proc.h"

void evade_tell(struct tracer *tracer, struct task *task, enum evasion evasion,
		const char *outcome, const char *format, ...)
{
	struct event event = {.evasion = evasion, .reason = outcome};
	va_list args;

	va_start(args, format);
	vsnprintf(event.detail, sizeof(event.detail), format, args);
	va_end(args);
	call_tell(tracer, task, &event, 0);
}

void evade_check_exec(struct tracer *tracer, struct task *task)
{
	char link[48], target[PATH_MAX];
	struct stat stat_;
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)task->tid);
	len = readlink(link, target, sizeof(target) - 1);
	if (len < 0)
		return;
	target[len] = 0;
	if (strncmp(target, "/memfd:", 7) == 0)
		evade_tell(tracer, task, EVASION_MEMFD_EXEC, "runs watched",
			   "execve of %.60s", target);
	if (stat(link, &stat_) == 0 &&
	    ((stat_.st_mode & S_ISUID) ||
	     (stat_.st_mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP)))
		evade_tell(tracer, task, EVASION_SETUID_EXEC,
			   tracer->no_new_privs
				   ? "runs without the file's rights (no_new_privs)"
			   : tracer->gate && geteuid() != 0
				   ? "runs without the file's rights (it is traced)"
				   : "runs watched",
			   "execve of %.60s", target);
}

/* ELF's EI_CLASS byte, elf(5). */
static bool is_wide_program(pid_t tid)
{
	char link[48];
	unsigned char ident[EI_NIDENT];
	cleanup_fd int fd = -1;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)tid);
	fd = open(link, O_RDONLY | O_CLOEXEC);
	return fd >= 0 && read(fd, ident, sizeof(ident)) == sizeof(ident) &&
	       ident[EI_CLASS] == ELFCLASS64;
}

void evade_check_compat(struct tracer *tracer, struct task *task)
{
	/* A new task may make its first call before the fork that made it is reported. */
	struct image *image = task_image(task);

	if (image->compat_told)
		return;
	image->compat_told = true;
	if (is_wide_program(task->tid))
		evade_tell(tracer, task, EVASION_COMPAT_SYSCALL, "judged alike",
			   "a call of the %s ABI", abi_get(arch_compat_abi())->name);
}

pid_t evade_target(struct tracer *tracer, struct task *task, int32_t pid)
{
	struct task *other, *next;

	if (!proc_in_inner_namespace(task->tid))
		return pid;
	HASH_ITER(hh, tracer->tasks.head, other, next)
	{
		if (proc_is_called(other->tid, task->tid, pid))
			return other->tid;
	}
	return 0;
}
