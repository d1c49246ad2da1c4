/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/eintr.c - hides from a program that a signal it ignores has stopped it
 */
#include "tracer/eintr.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include "arch/sysnr.h"
#include "base/monotonic.h"
#include "tracer/mem.h"
#include "tracer/proc.h"
#include "tracer/sockid.h"
#include "tracer/task.h"

/* Where a call has its time limit. */
enum limit {
	LIMIT_NOT_REPAIRED = 0,
	LIMIT_NONE,       /* none that is looked at */
	LIMIT_MS,         /* argument 3, milliseconds in a register */
	LIMIT_MS_2,       /* the same, argument 2 */
	LIMIT_TIMESPEC_4, /* argument 4 points to a struct timespec */
	LIMIT_TIMESPEC_3,
	LIMIT_TIMESPEC_2,
	LIMIT_TIMESPEC_0,
	LIMIT_TIMEVAL_4, /* to a struct timeval */
	LIMIT_RECEIVE,   /* SO_RCVTIMEO of argument 0 */
	LIMIT_SEND,      /* SO_SNDTIMEO of argument 0 */
	LIMIT_SPLICE,    /* SO_RCVTIMEO of argument 0, or SO_SNDTIMEO of argument 2 */
};

/* Calls that a signal ends with EINTR whether or not SA_RESTART is set, and that have
 * done nothing by then (signal(7)). All others are restarted by the kernel itself. */
static const enum limit limits[SYS_ID_NUM_] = {
	[SYS_ID_EPOLL_WAIT] = LIMIT_MS,
	[SYS_ID_EPOLL_PWAIT] = LIMIT_MS,
	[SYS_ID_EPOLL_PWAIT2] = LIMIT_TIMESPEC_3,
	[SYS_ID_RT_SIGTIMEDWAIT] = LIMIT_TIMESPEC_2,
	[SYS_ID_RT_SIGTIMEDWAIT_TIME64] = LIMIT_TIMESPEC_2,
	[SYS_ID_SEMOP] = LIMIT_NONE,
	[SYS_ID_SEMTIMEDOP] = LIMIT_TIMESPEC_3,
	[SYS_ID_SEMTIMEDOP_TIME64] = LIMIT_TIMESPEC_3,
	[SYS_ID_IPC] = LIMIT_NONE,
	[SYS_ID_RECV] = LIMIT_RECEIVE,
	[SYS_ID_RECVFROM] = LIMIT_RECEIVE,
	[SYS_ID_RECVMSG] = LIMIT_RECEIVE,
	[SYS_ID_RECVMMSG] = LIMIT_RECEIVE,
	[SYS_ID_RECVMMSG_TIME64] = LIMIT_RECEIVE,
	[SYS_ID_READ] = LIMIT_RECEIVE,
	[SYS_ID_READV] = LIMIT_RECEIVE,
	[SYS_ID_PREADV2] = LIMIT_RECEIVE,
	[SYS_ID_PWRITEV2] = LIMIT_SEND,
	[SYS_ID_SPLICE] = LIMIT_SPLICE,
	[SYS_ID_SENDFILE] = LIMIT_SEND,
	[SYS_ID_SENDFILE64] = LIMIT_SEND,
	[SYS_ID_FALLOCATE] = LIMIT_NONE, /* mm/shmem.c before Linux 6.11, hugetlbfs */
	[SYS_ID_ACCEPT] = LIMIT_RECEIVE,
	[SYS_ID_ACCEPT4] = LIMIT_RECEIVE,
	[SYS_ID_CONNECT] = LIMIT_SEND,
	[SYS_ID_SEND] = LIMIT_SEND,
	[SYS_ID_SENDTO] = LIMIT_SEND,
	[SYS_ID_SENDMSG] = LIMIT_SEND,
	[SYS_ID_SENDMMSG] = LIMIT_SEND,
	[SYS_ID_WRITE] = LIMIT_SEND,
	[SYS_ID_WRITEV] = LIMIT_SEND,
	[SYS_ID_SOCKETCALL] = LIMIT_NONE,
	[SYS_ID_IO_GETEVENTS] = LIMIT_NONE,
	[SYS_ID_IO_URING_ENTER] = LIMIT_NONE,
	[SYS_ID_IO_PGETEVENTS] = LIMIT_NONE,
	/* where the rest of the limit cannot be written back: in read-only memory, or
	 * with STICKY_TIMEOUTS (fs/select.c poll_select_finish) */
	[SYS_ID_SELECT] = LIMIT_TIMEVAL_4,
	[SYS_ID_NEWSELECT] = LIMIT_TIMEVAL_4,
	[SYS_ID_PSELECT6] = LIMIT_TIMESPEC_4,
	[SYS_ID_PSELECT6_TIME64] = LIMIT_TIMESPEC_4,
	[SYS_ID_PPOLL] = LIMIT_TIMESPEC_2,
	[SYS_ID_PPOLL_TIME64] = LIMIT_TIMESPEC_2,
};

/* The calls that a restart_syscall(2) can stand for (include/linux/restart_block.h). */
static const enum limit blocks[SYS_ID_NUM_] = {
	[SYS_ID_NANOSLEEP] = LIMIT_TIMESPEC_0,
	[SYS_ID_CLOCK_NANOSLEEP] = LIMIT_TIMESPEC_2,
	[SYS_ID_CLOCK_NANOSLEEP_TIME64] = LIMIT_TIMESPEC_2,
	[SYS_ID_POLL] = LIMIT_MS_2,
	[SYS_ID_FUTEX] = LIMIT_TIMESPEC_3,
	[SYS_ID_FUTEX_TIME64] = LIMIT_TIMESPEC_3,
};

/* What a call returns when its limit is over, where that is not EAGAIN. A select(2) and
 * its like would have to clear what they were asked about: they were interrupted. */
static const struct {
	bool known;
	int error;
} expired[SYS_ID_NUM_] = {
	[SYS_ID_EPOLL_WAIT] = {true, 0},
	[SYS_ID_EPOLL_PWAIT] = {true, 0},
	[SYS_ID_EPOLL_PWAIT2] = {true, 0},
	[SYS_ID_NANOSLEEP] = {true, 0},
	[SYS_ID_CLOCK_NANOSLEEP] = {true, 0},
	[SYS_ID_CLOCK_NANOSLEEP_TIME64] = {true, 0},
	[SYS_ID_FUTEX] = {true, ETIMEDOUT},
	[SYS_ID_FUTEX_TIME64] = {true, ETIMEDOUT},
	[SYS_ID_POLL] = {true, EINTR},
	[SYS_ID_SELECT] = {true, EINTR},
	[SYS_ID_NEWSELECT] = {true, EINTR},
	[SYS_ID_PSELECT6] = {true, EINTR},
	[SYS_ID_PSELECT6_TIME64] = {true, EINTR},
	[SYS_ID_PPOLL] = {true, EINTR},
	[SYS_ID_PPOLL_TIME64] = {true, EINTR},
};

#define SECOND_NS INT64_C(1000000000)

/* ---- the time limit of a call: nanoseconds, -1 for none ---- */

/* A struct timespec, or a struct timeval, whose fractions are of `unit` nanoseconds. */
static int64_t time_ns(pid_t tid, uint64_t at, bool wide, int64_t unit)
{
	int64_t words64[2];
	int32_t words32[2];

	if (!at)
		return -1;
	if (wide && mem_read(tid, (struct remote){at}, words64, sizeof(words64)) == 0)
		return words64[0] * SECOND_NS + words64[1] * unit;
	if (!wide && mem_read(tid, (struct remote){at}, words32, sizeof(words32)) == 0)
		return words32[0] * SECOND_NS + words32[1] * unit;
	return -1;
}

static int64_t socket_ns(struct task *task, int fd, int option)
{
	struct timeval limit;
	socklen_t len = sizeof(limit);
	cleanup_sock int sock = sockid_take(task, fd);

	if (sock < 0 || getsockopt(sock, SOL_SOCKET, option, &limit, &len) < 0 ||
	    (!limit.tv_sec && !limit.tv_usec))
		return -1;
	return limit.tv_sec * SECOND_NS + limit.tv_usec * 1000;
}

static bool has_wide_time(const struct arch_call *call, enum sys_id id)
{
	return abi_get(call->abi)->word == 8 || id == SYS_ID_EPOLL_PWAIT2 ||
	       id == SYS_ID_RT_SIGTIMEDWAIT_TIME64 || id == SYS_ID_SEMTIMEDOP_TIME64 ||
	       id == SYS_ID_PPOLL_TIME64 || id == SYS_ID_PSELECT6_TIME64 ||
	       id == SYS_ID_CLOCK_NANOSLEEP_TIME64 || id == SYS_ID_FUTEX_TIME64;
}

static int64_t ms_ns(uint64_t ms)
{
	return (int32_t)ms < 0 ? -1 : (int32_t)ms * INT64_C(1000000);
}

static int64_t limit_ns(struct task *task, const struct arch_call *call, enum limit limit)
{
	bool wide = has_wide_time(call, sysnr_id(call->abi, call->nr));
	const uint64_t *args = call->args;
	int64_t ns;

	switch ((unsigned)limit) {
	case LIMIT_MS:
		return ms_ns(args[3]);
	case LIMIT_MS_2:
		return ms_ns(args[2]);
	case LIMIT_TIMESPEC_4:
		return time_ns(task->tid, args[4], wide, 1);
	case LIMIT_TIMESPEC_3:
		return time_ns(task->tid, args[3], wide, 1);
	case LIMIT_TIMESPEC_2:
		return time_ns(task->tid, args[2], wide, 1);
	case LIMIT_TIMESPEC_0:
		return time_ns(task->tid, args[0], wide, 1);
	case LIMIT_TIMEVAL_4:
		return time_ns(task->tid, args[4], wide, 1000);
	case LIMIT_RECEIVE:
		return socket_ns(task, (int32_t)args[0], SO_RCVTIMEO);
	case LIMIT_SEND:
		return socket_ns(task, (int32_t)args[0], SO_SNDTIMEO);
	case LIMIT_SPLICE:
		ns = socket_ns(task, (int32_t)args[0], SO_RCVTIMEO);
		return ns >= 0 ? ns : socket_ns(task, (int32_t)args[2], SO_SNDTIMEO);
	default:
		return -1;
	}
}

/* ---- the stops of a repaired call ---- */

/* The rest of the limit, in the register that holds it. */
static void shorten(struct task *task, const struct arch_call *call)
{
	struct repair *repair = &task->repair;
	uint64_t args[6];
	int64_t rest_ms = (repair->deadline_ns - monotonic_ns() + 999999) / 1000000;

	for (unsigned i = 0; i < 6; i++)
		args[i] = call->args[i];
	args[3] = rest_ms > 0 ? (uint64_t)rest_ms : 0;
	repair->shortened =
		arch_call_replace(task->tid, call, call->nr, args, &repair->saved) == 0;
}

/* True when it counts from here. */
static bool begin_limit(struct task *task, const struct arch_call *call, enum limit limit)
{
	enum sys_id id = sysnr_id(call->abi, call->nr);
	struct repair *repair = &task->repair;
	int64_t ns, since = interrupted_since(task);

	if (repair->limited)
		return false;
	ns = limit_ns(task, call, limit);
	repair->limited = ns >= 0;
	repair->deadline_ns = (since ? since : monotonic_ns()) + ns;
	repair->expired = expired[id].known ? -expired[id].error : -EAGAIN;
	return true;
}

static void begin_again(struct task *task)
{
	struct repair *repair = &task->repair;
	struct arch_call call;
	enum limit limit;

	repair->state = REPAIR_NONE;
	if (arch_call_get(task->tid, &call) != 0)
		return;
	repair->state = REPAIR_RUNNING;
	limit = limits[sysnr_id(call.abi, call.nr)];
	if (!begin_limit(task, &call, limit) && limit == LIMIT_MS)
		shorten(task, &call);
}

/* A restart_syscall(2) gets the number of the call that it stands for: a filter of the
 * program's own may not know it, and alone nobody had interrupted the call. That call is
 * none that is judged: the program may have made this one itself. */
static void restart_by_name(struct task *task)
{
	struct repair *repair = &task->repair;
	struct arch_call call;

	repair->state = REPAIR_NONE;
	if (arch_call_get(task->tid, &call) != 0 ||
	    sysnr_id(call.abi, call.nr) != SYS_ID_RESTART_SYSCALL ||
	    blocks[sysnr_id(call.abi, repair->restarted)] == LIMIT_NOT_REPAIRED)
		return;
	call.nr = repair->restarted;
	(void)begin_limit(task, &call, blocks[sysnr_id(call.abi, call.nr)]);
	if (repair->limited && monotonic_ns() >= repair->deadline_ns)
		(void)!arch_call_skip(task->tid, repair->expired);
	else if (arch_call_rename(task->tid, call.nr) == 0)
		repair->state = REPAIR_RUNNING;
}

bool eintr_syscall_stop(struct task *task)
{
	struct repair *repair = &task->repair;
	int64_t result;

	if (repair->state == REPAIR_REWOUND) {
		begin_again(task);
		return true;
	}
	if (repair->state == REPAIR_RESTARTING) {
		restart_by_name(task);
		return true;
	}
	if (repair->state != REPAIR_RUNNING)
		return false;
	if (arch_result_get(task->tid, &result) != 0)
		result = 0;
	if (repair->shortened)
		(void)!arch_call_finish(task->tid, &repair->saved, result);
	repair->shortened = false;
	repair->state = result == -EINTR || result == -ERESTART_RESTARTBLOCK
				? REPAIR_INTERRUPTED
				: REPAIR_NONE;
	return false;
}

bool eintr_watches(const struct task *task)
{
	return task->repair.state == REPAIR_REWOUND ||
	       task->repair.state == REPAIR_RESTARTING ||
	       task->repair.state == REPAIR_RUNNING;
}

/* ---- the signal stop ---- */

/* A signal that ends a job control stop ends the call natively, too (signal(7)). */
static bool is_hidden(struct task *task, int sig)
{
	if (sig == SIGCONT && task->was_stopped) {
		task->was_stopped = false;
		return false;
	}
	return proc_ignores(task->tid, sig);
}

static bool is_repairable(struct task *task)
{
	struct arch_call call;

	return arch_interrupted_get(task->tid, &call) == 0 &&
	       limits[sysnr_id(call.abi, call.nr)] != LIMIT_NOT_REPAIRED;
}

/* A signal that waited at the repair, and that the call's own mask (epoll_pwait) held
 * back: it comes between the call and itself made again, but does not end it. */
static bool is_kept_waiting(struct task *task, int sig)
{
	bool kept = task->repair.masked & UINT64_C(1) << (sig - 1);

	if (kept)
		task->repair.state = REPAIR_NONE;
	return kept;
}

/* Nothing here can fail but for a task that is gone, which needs no repair. */
static void repair_now(struct task *task)
{
	struct repair *repair = &task->repair;

	repair->masked = 0;
	if (repair->state != REPAIR_INTERRUPTED)
		repair->limited = false;
	if (repair->limited && monotonic_ns() >= repair->deadline_ns) {
		(void)!arch_call_skip(task->tid, repair->expired);
		interrupted_expired(task, repair->expired);
		repair->state = REPAIR_NONE;
	} else if (arch_interrupted_rewind(task->tid) == 0) {
		repair->state = REPAIR_REWOUND;
	}
}

static void let_restart(struct task *task, bool by_name)
{
	struct repair *repair = &task->repair;

	if (repair->state != REPAIR_INTERRUPTED)
		repair->limited = false;
	repair->state = REPAIR_NONE;
	if (by_name && arch_restarted_nr(task->tid, &repair->restarted) == 0)
		repair->state = REPAIR_RESTARTING;
}

void eintr_repair(struct task *task, int sig, bool attached)
{
	struct repair *repair = &task->repair;
	bool by_name = attached && task->own_filter;

	if (repair->state == REPAIR_REWOUND) { /* one more before the call has begun */
		repair->signalled = true;
		if (!is_hidden(task, sig) && !is_kept_waiting(task, sig)) {
			(void)!arch_interrupted_undo(task->tid);
			repair->state = REPAIR_NONE;
		}
	} else if (!is_repairable(task)) {
		let_restart(task, by_name && is_hidden(task, sig));
	} else if (is_hidden(task, sig)) {
		repair->signalled = true;
		repair_now(task);
	} else {
		let_restart(task, false);
	}
}

void eintr_repair_trap(struct task *task)
{
	uint64_t masked;
	bool alone;

	if (task->repair.state == REPAIR_REWOUND)
		return;
	alone = !proc_is_interrupted(task->tid, &masked);
	if (is_repairable(task) && alone) {
		repair_now(task);
		task->repair.masked = masked;
	} else {
		let_restart(task, task->own_filter && alone);
	}
}
