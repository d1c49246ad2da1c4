/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/inject.c - makes a stopped task make calls of ours, so that it does not notice
 */
#include "tracer/inject.h"

#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/monotonic.h"
#include "tracer/bell.h"
#include "tracer/call.h"
#include "tracer/proc.h"
#include "tracer/stop.h"

#define KERNEL_SIGSET_SIZE                                                               \
	8 /* ptrace(2) PTRACE_GETSIGMASK: sizeof the kernel's sigset_t */

static int set_mask(pid_t tid, uint64_t mask)
{
	return ptrace(PTRACE_SETSIGMASK, tid, KERNEL_SIGSET_SIZE, &mask) < 0 ? -errno : 0;
}

int inject_begin(struct injection *injection, struct task *task,
		 const struct arch_call *call)
{
	*injection = (struct injection){.task = task, .call = call};
	if (ptrace(PTRACE_GETSIGMASK, task->tid, KERNEL_SIGSET_SIZE, &injection->mask) <
	    0)
		return -errno;
	return set_mask(task->tid, UINT64_MAX);
}

/* How long others that have stopped wait for a look at the one task. */
#define LOOK_NS 50000

/* Waits until a task has something to report, and looks at this one, not taking what it
 * has; `ret_info->si_pid` is 0 when it has nothing. The death of a thread is not to be
 * waited for alone: that of a leader is reported when its other threads are gone, and
 * they may stand before their end, waiting for tracer/loop. */
static int look_at(pid_t tid, siginfo_t *ret_info)
{
	const int what = WEXITED | WSTOPPED | WNOWAIT | __WALL;

	ret_info->si_pid = 0;
	if (waitid(P_ALL, 0, ret_info, what) < 0)
		return errno == EINTR ? 0 : -errno;
	if (ret_info->si_pid == tid)
		return 0;
	ret_info->si_pid = 0;
	if (waitid(P_PID, (id_t)tid, ret_info, what | WNOHANG) < 0)
		return errno == EINTR ? 0 : -errno;
	if (ret_info->si_pid)
		return 0;
	if (proc_is_ending(tid))
		return -ESRCH;
	(void)nanosleep(&(struct timespec){.tv_nsec = LOOK_NS}, NULL);
	return 0;
}

/* A call of ours is over in microseconds, and none of them sleeps: one that does sleeps
 * in what the program has put in the place of our descriptor (a socket that lingers), one
 * that runs and does not come is led in a circle. Others wait meanwhile. A state of D is
 * the kernel's own: memory that is being read, a frozen group. */
#define SLEEPS_MS 1000
#define RUNS_MS   10000

static bool is_held_up(pid_t tid, int64_t since_ms)
{
	int64_t ms = monotonic_ms() - since_ms;
	int state = ms < SLEEPS_MS ? 0 : proc_task(tid).state;

	return state == 'S' || (state == 'R' && ms >= RUNS_MS);
}

/* The next stop of this one task; its end stays in the queue for tracer/loop. -ETIMEDOUT
 * when the program keeps it from coming. */
static int next_stop(pid_t tid, int64_t since_ms, struct stop *ret_stop)
{
	siginfo_t info;
	int status;

	do {
		int failed = look_at(tid, &info);

		if (failed)
			return failed;
		if (!info.si_pid && is_held_up(tid, since_ms))
			return -ETIMEDOUT;
	} while (!info.si_pid);
	if ((info.si_code != CLD_TRAPPED && info.si_code != CLD_STOPPED) ||
	    info.si_status >> 8 == PTRACE_EVENT_EXIT)
		return -ESRCH;
	if (waitpid(tid, &status, __WALL) != tid)
		return -ESRCH;
	*ret_stop = stop_classify(status);
	return 0;
}

/* A call of ours passes a handful of stops; more mean that the program has its hands
 * in it. */
#define STOPS_MAX 64

/* A call from user space that is to be made. */
struct ours {
	int32_t nr;
	const uint64_t *args; /* six */
};

/* Between the end of one call of ours and the beginning of the next the task is in user
 * space, where the program may lead it astray: another thread changes the instruction
 * there, or rseq(2) takes it elsewhere. */
static bool enters_ours(const struct injection *injection, const struct ours *ours)
{
	uint64_t mask =
		abi_get(injection->call->abi)->word == 4 ? UINT32_MAX : UINT64_MAX;
	struct arch_call call;

	if (arch_call_get(injection->task->tid, &call) != 0 ||
	    call.abi != injection->call->abi || call.nr != ours->nr)
		return false;
	for (unsigned i = 0; i < 6; i++)
		if (call.args[i] != (ours->args[i] & mask))
			return false;
	return true;
}

/* The program has its hands in our calls. */
static int end_program(const struct injection *injection)
{
	(void)!arch_call_skip(injection->task->tid, -EPERM);
	call_kill(injection->task, -EPERM);
	return -EPERM;
}

/* Lets the task go on until the call of ours has ended: its exit stop is the second
 * syscall stop when it begins in user space (the first is its entry), as one that is
 * given in `ours` does. Of signals only SIGSTOP cannot be blocked; any other is forced by
 * what the program has set up for our call (syscall user dispatch): it dies of it. */
static int run_to_exit(struct injection *injection, const struct ours *ours)
{
	pid_t tid = injection->task->tid;
	struct stop stop = {STOP_UNKNOWN, 0};
	int64_t since_ms = monotonic_ms();
	unsigned syscall_stops = ours ? 2 : 1;

	for (unsigned stops = 0; syscall_stops; stops++) {
		int failed;

		if (ptrace(PTRACE_SYSCALL, tid, 0L, 0L) < 0)
			return -errno;
		failed = next_stop(tid, since_ms, &stop);
		if (failed == -ETIMEDOUT)
			return end_program(injection);
		if (failed)
			return failed;
		if (stop.kind == STOP_SYSCALL) {
			if (syscall_stops-- == 2 && !enters_ours(injection, ours))
				return end_program(injection);
		} else if (stop.kind == STOP_GROUP ||
			   (stop.kind == STOP_SIGNAL && stop.value == SIGSTOP))
			injection->stop_signal = stop.value;
		else if (stop.kind ==
			 STOP_TRAP) { /* it goes on again, or netjail asked */
			injection->stop_signal = 0;
			injection->task->awaited = false;
		} else if (stop.kind == STOP_SIGNAL || stops > STOPS_MAX) {
			return end_program(injection);
		}
	}
	return 0;
}

int64_t inject_call(struct injection *injection, enum sys_id id,
		    const uint64_t args[static 6], int *ret_failed)
{
	pid_t tid = injection->task->tid;
	int32_t nr = sysnr_nr(injection->call->abi, id);
	const struct ours ours = {nr, args};
	int64_t result = -ENOSYS;
	int failed;

	if (injection->begun)
		failed = arch_call_inject(tid, injection->call, &injection->saved, nr,
					  args);
	else
		failed = arch_call_replace(tid, injection->call, nr, args,
					   &injection->saved);
	if (!failed) {
		(void)bell_start(); /* for a look at the time */
		failed = run_to_exit(injection, injection->begun ? &ours : NULL);
		bell_stop();
	}
	if (!failed)
		failed = arch_result_get(tid, &result);
	injection->begun = true;
	*ret_failed = failed;
	return failed ? failed : result;
}

int inject_end(struct injection *injection)
{
	struct task *task = injection->task;
	int failed = set_mask(task->tid, injection->mask);

	if (!failed && injection->begun) {
		task->batch.saved = injection->saved;
		failed = arch_call_again(task->tid, &injection->saved);
	}
	if (!failed && injection->stop_signal)
		(void)syscall(SYS_tgkill, task_pid(task), task->tid,
			      injection->stop_signal);
	return failed;
}
