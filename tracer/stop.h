/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/stop.h - wait status -> what kind of stop it is; pure, no process is touched
 */
#ifndef NETJAIL_TRACER_STOP_H
#define NETJAIL_TRACER_STOP_H

/* How each is resumed stands beside it; "as wanted" is PTRACE_SYSCALL when an exit stop
 * is wanted, PTRACE_CONT otherwise. ptrace(2) "Stopped states" is the source. */
enum stop_kind {
	STOP_UNKNOWN = 0, /* an event nobody asked for: as wanted */
	STOP_EXITED,      /* gone; value = exit status */
	STOP_KILLED,      /* gone; value = signal */
	STOP_SECCOMP,     /* a call begins: as wanted */
	STOP_SYSCALL,     /* a call that was let run or replaced has ended: as wanted */
	/* fork, vfork, clone: as wanted; PTRACE_GETEVENTMSG = new task */
	STOP_CHILD,
	STOP_EXEC, /* as wanted; PTRACE_GETEVENTMSG = former task id */
	/* runs nothing of the program any more: PTRACE_DETACH */
	STOP_EXITING,
	/* stopped by job control: PTRACE_LISTEN; value = the stop signal */
	STOP_GROUP,
	STOP_TRAP,   /* a new task, or the end of a group stop: as wanted */
	STOP_SIGNAL, /* value = a signal on its way: as wanted, with that signal */
	STOP_NUM_
};

struct stop {
	enum stop_kind kind;
	int value;
};

/* Classifies a status of waitpid(2) for a task seized with PTRACE_O_TRACESYSGOOD. */
struct stop stop_classify(int status);

#endif
