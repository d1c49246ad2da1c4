/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seize.c - takes a task under trace without waiting for its process
 */
#include "tracer/seize.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "tracer/proc.h"

static sigjmp_buf out;
static volatile sig_atomic_t waits;

void seize_tick(void)
{
	if (!waits)
		return;
	waits = 0;
	siglongjmp(out, 1);
}

int seize_task(pid_t tid, unsigned long options)
{
	int failed;

	/* The tick may have come when it was done. */
	if (sigsetjmp(out, 1) != 0)
		return proc_task(tid).tracer == getpid() ? 0 : -EAGAIN;
	waits = 1;
	failed = ptrace(PTRACE_SEIZE, tid, 0L, options) < 0 ? -errno : 0;
	waits = 0;
	return failed;
}
