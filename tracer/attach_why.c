/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/attach_why.c - why a process cannot be attached to, and what would change that
 */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/fdio.h"
#include "base/msg.h"
#include "tracer/attach.h"
#include "tracer/proc.h"

#define TEXT_MAX 512

/* Kernel documentation, admin-guide/LSM/Yama.rst. */
static const char *const scopes[] = {
	NULL,
	"1: only its own parents may trace it; run netjail as root, or set it to 0",
	"2: only root may trace (CAP_SYS_PTRACE); run netjail as root",
	"3: nobody may trace until the machine is started anew",
};

static const char *scope_in_force(void)
{
	char text[16];
	long scope;

	if (fdio_read_small("/proc/sys/kernel/yama/ptrace_scope", text, sizeof(text)) <=
	    0)
		return NULL;
	scope = strtol(text, NULL, 10);
	return scope > 0 && (size_t)scope < ARRAY_LEN(scopes) ? scopes[scope] : NULL;
}

static bool traces_everything(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data) != 0)
		return false;
	return data[0].effective & (1u << CAP_SYS_PTRACE);
}

/* The first of three ids that is not netjail's own, which is what ptrace(2) compares each
 * of them with; -1: all are. */
static int64_t other_id(const unsigned ids[static 3], unsigned own)
{
	for (size_t i = 0; i < 3; i++)
		if (ids[i] != own)
			return traces_everything() ? -1 : (int64_t)ids[i];
	return -1;
}

static void put_name(struct buf *buf, pid_t pid)
{
	char name[EVENT_NAME_MAX];

	proc_comm(pid, name);
	buf_putc(buf, '(');
	escape_put(buf, name, strnlen(name, sizeof(name)));
	buf_putc(buf, ')');
}

static void put_user(struct buf *buf, uid_t uid)
{
	struct passwd entry, *user = NULL;
	char storage[1024];

	if (getpwuid_r(uid, &entry, storage, sizeof(storage), &user) == 0 && user)
		escape_put(buf, user->pw_name, strlen(user->pw_name));
	else
		buf_printf(buf, "%u", (unsigned)uid);
}

static void put_group(struct buf *buf, gid_t gid)
{
	struct group entry, *group = NULL;
	char storage[1024];

	/* ERANGE for one of many members: its number does */
	if (getgrgid_r(gid, &entry, storage, sizeof(storage), &group) == 0 && group)
		escape_put(buf, group->gr_name, strlen(group->gr_name));
	else
		buf_printf(buf, "%u", (unsigned)gid);
}

bool attach_is_own(pid_t pid, pid_t front)
{
	pid_t own = getpid();

	if (pid == own)
		return true;
	for (own = front; own > 0; own = proc_task(own).parent)
		if (pid == own)
			return true;
	return false;
}

static void put_reason(struct buf *buf, pid_t pid, const struct proc_task *task)
{
	const char *scope = scope_in_force();
	int64_t user = other_id(task->uid, getuid());
	int64_t group = other_id(task->gid, getgid());

	if (proc_is_of_the_kernel(pid)) {
		buf_puts(buf, "it is a thread of the kernel");
	} else if (task->tracer) {
		buf_printf(buf, "process %d ", (int)task->tracer);
		put_name(buf, task->tracer);
		buf_puts(buf, " traces it already");
	} else if (user >= 0) {
		buf_puts(buf, "it belongs to user ");
		put_user(buf, (uid_t)user);
		buf_puts(buf, "; run netjail as that user, or as root");
	} else if (group >= 0) {
		buf_puts(buf, "it runs with the group ");
		put_group(buf, (gid_t)group);
		buf_puts(buf, "; run netjail with that group, or as root");
	} else if (scope && !(traces_everything() && scope != scopes[3])) {
		buf_printf(buf, "kernel.yama.ptrace_scope is %s", scope);
	} else {
		buf_puts(buf,
			 "the kernel forbids it: it has more rights than netjail, or its "
			 "program may not be read (PR_SET_DUMPABLE); root may");
	}
}

void attach_explain(pid_t pid, pid_t front, int error)
{
	struct proc_task task = proc_task(pid);
	char text[TEXT_MAX];
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	if (!task.state) {
		msg_print("cannot attach to %d: no such process", (int)pid);
		return;
	}
	buf_printf(&buf, "cannot attach to %d ", (int)pid);
	put_name(&buf, pid);
	buf_puts(&buf, ": ");
	if (pid == getpid() || pid == front)
		buf_puts(&buf, "it is netjail itself");
	else if (attach_is_own(pid, front))
		buf_puts(&buf, "netjail was started by it and would wait for itself; "
			       "attach from another shell");
	else if (error == EAGAIN)
		buf_printf(&buf,
			   "it is executing a program, which takes more than %d seconds",
			   ATTACH_EXECUTES_S_MAX);
	else if (task.state == 'Z' || task.state == 'X') /* EPERM or ESRCH */
		buf_puts(&buf, "it has ended, and its parent has not collected it yet");
	else if (error == EPERM)
		put_reason(&buf, pid, &task);
	else
		buf_puts(&buf, strerror(error));
	msg_print("%s", text);
}
