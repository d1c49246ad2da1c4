/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/filter_doors.c - the filter's rules for calls that lead round the jail
 *
 * All of them are rare calls: what they cost is not felt. Where nothing can be refused,
 * nothing is kept from the program either, and only io_uring, filters and Landlock stop.
 */
#include "tracer/filter_doors.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <linux/userfaultfd.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>

#include "tracer/route.h"

#define STOP_CALL     SCMP_ACT_TRACE(0)
#define INT(n, value) SCMP_CMP64(n, SCMP_CMP_MASKED_EQ, 0xffffffff, (scmp_datum_t)(value))
#define FLAG(n, bit)  SCMP_CMP64(n, SCMP_CMP_MASKED_EQ, (bit), (bit))

static int add(scmp_filter_ctx ctx, int call, struct scmp_arg_cmp condition)
{
	int failed = seccomp_rule_add_array(ctx, STOP_CALL, call, 1, &condition);

	return failed == -EEXIST ? 0 : failed;
}

static int add_whole(scmp_filter_ctx ctx, int call)
{
	int failed = seccomp_rule_add_array(ctx, STOP_CALL, call, 0, NULL);

	return failed == -EEXIST ? 0 : failed;
}

/* io_uring_enter and io_uring_register too: a ring may have been inherited. */
static int add_io_uring(scmp_filter_ctx ctx)
{
	int failed = add_whole(ctx, SCMP_SYS(io_uring_setup));

	if (!failed)
		failed = add_whole(ctx, SCMP_SYS(io_uring_enter));
	return failed ? failed : add_whole(ctx, SCMP_SYS(io_uring_register));
}

/* A filter of the program's own is told where it would answer for us, and what netjail
 * needs is mapped before it can forbid that. What a program forbids itself by Landlock
 * holds for its own calls, and not for those that netjail would make for it. */
static int add_filters(scmp_filter_ctx ctx)
{
	int failed = add(ctx, SCMP_SYS(seccomp), INT(0, SECCOMP_SET_MODE_FILTER));

	if (!failed)
		failed = add(ctx, SCMP_SYS(prctl), INT(0, PR_SET_SECCOMP));
	if (!failed) /* without an attribute it only asks for the version */
		failed = add(ctx, SCMP_SYS(landlock_create_ruleset),
			     SCMP_CMP64(0, SCMP_CMP_NE, 0));
	return failed ? failed : add_whole(ctx, SCMP_SYS(landlock_restrict_self));
}

/* A watched task is traced already, and the kernel says EPERM by itself. A child that got
 * away by CLONE_UNTRACED must not find a tracer that leads it past the stops of this
 * filter. */
static int add_traceme(scmp_filter_ctx ctx)
{
	return seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ptrace), 1,
				INT(0, PTRACE_TRACEME));
}

static int add_processes(scmp_filter_ctx ctx)
{
	static const int requests[] = {PTRACE_ATTACH, PTRACE_SEIZE};
	static const uint64_t flags[] = {CLONE_UNTRACED, CLONE_NEWUSER, CLONE_NEWNET};
	static const int whole[] = {SCMP_SYS(clone3), SCMP_SYS(setns), SCMP_SYS(bpf),
				    SCMP_SYS(process_vm_writev), SCMP_SYS(pidfd_getfd)};
	int failed = add_traceme(ctx);

	for (size_t i = 0; !failed && i < ARRAY_LEN(requests); i++)
		failed = add(ctx, SCMP_SYS(ptrace), INT(0, requests[i]));
	for (size_t i = 0; !failed && i < ARRAY_LEN(flags); i++) {
		failed = add(ctx, SCMP_SYS(clone), FLAG(0, flags[i]));
		if (!failed)
			failed = add(ctx, SCMP_SYS(unshare), FLAG(0, flags[i]));
	}
	if (!failed) /* a table of descriptors of its own: tracer/handed */
		failed = add(ctx, SCMP_SYS(unshare), FLAG(0, CLONE_FILES));
	if (!failed)
		failed = add(ctx, SCMP_SYS(close_range), FLAG(2, CLOSE_RANGE_UNSHARE));
	if (!failed) /* without UFFD_USER_MODE_ONLY (1), userfaultfd(2) */
		failed = add(ctx, SCMP_SYS(userfaultfd),
			     SCMP_CMP64(0, SCMP_CMP_MASKED_EQ, 1, 0));
	if (!failed) /* the same by its device */
		failed = add(ctx, SCMP_SYS(ioctl), INT(1, USERFAULTFD_IOC_NEW));
	if (!failed) /* with callout data the kernel starts a program outside */
		failed = add(ctx, SCMP_SYS(request_key), SCMP_CMP64(2, SCMP_CMP_NE, 0));
	for (size_t i = 0; !failed && i < ARRAY_LEN(whole); i++)
		failed = add_whole(ctx, whole[i]);
	return failed;
}

/* F_SETOWN with a number: that gets SIGIO, or the signal of F_SETSIG. */
static int add_owner(scmp_filter_ctx ctx, pid_t owner)
{
	static const int calls[] = {SCMP_SYS(fcntl), SCMP_SYS(fcntl64)};
	const struct scmp_arg_cmp conditions[] = {INT(1, F_SETOWN), INT(2, owner)};
	int failed = 0;

	for (size_t i = 0; !failed && i < ARRAY_LEN(calls); i++)
		failed = seccomp_rule_add_array(ctx, STOP_CALL, calls[i],
						ARRAY_LEN(conditions), conditions);
	return failed == -EEXIST ? 0 : failed;
}

/* Calls that name a process: those that may signal it, and those that may starve it,
 * which no scope of Landlock keeps inside. */
static const struct {
	int call;
	unsigned arg;
	bool starves; /* 0 is the caller itself */
} aimed[] = {
	{SCMP_SYS(kill), 0, false},
	{SCMP_SYS(tkill), 0, false},
	{SCMP_SYS(tgkill), 0, false},
	{SCMP_SYS(tgkill), 1, false},
	{SCMP_SYS(rt_sigqueueinfo), 0, false},
	{SCMP_SYS(rt_tgsigqueueinfo), 0, false},
	{SCMP_SYS(pidfd_open), 0, false},
	{SCMP_SYS(prlimit64), 0, true},
	{SCMP_SYS(sched_setaffinity), 0, true},
	{SCMP_SYS(sched_setscheduler), 0, true},
	{SCMP_SYS(sched_setparam), 0, true},
	{SCMP_SYS(sched_setattr), 0, true},
	{SCMP_SYS(setpriority), 1, true},
	{SCMP_SYS(ioprio_set), 1, true},
};

/* Those that name netjail's own processes. */
static int add_self(scmp_filter_ctx ctx, pid_t pid)
{
	int failed = 0;

	for (size_t i = 0; !failed && i < ARRAY_LEN(aimed); i++)
		failed = add(ctx, aimed[i].call, INT(aimed[i].arg, pid));
	return failed ? failed : add_owner(ctx, pid);
}

/* The number of a thread that netjail starts later does for its own. */
static int add_threads(scmp_filter_ctx ctx, bool signals)
{
	int failed = 0;

	for (size_t i = 0; !failed && i < ARRAY_LEN(aimed); i++)
		if (aimed[i].starves)
			failed = add(ctx, aimed[i].call,
				     SCMP_CMP64(aimed[i].arg, SCMP_CMP_NE, 0));
		else if (signals)
			failed = add_whole(ctx, aimed[i].call);
	if (!failed && signals)
		failed = add(ctx, SCMP_SYS(fcntl), INT(1, F_SETOWN));
	return failed || !signals ? failed
				  : add(ctx, SCMP_SYS(fcntl64), INT(1, F_SETOWN));
}

/* The forms of F_SETOWN whose number is in memory. */
static int add_owners(scmp_filter_ctx ctx)
{
	int failed = add(ctx, SCMP_SYS(fcntl), INT(1, F_SETOWN_EX));

	if (!failed)
		failed = add(ctx, SCMP_SYS(fcntl64), INT(1, F_SETOWN_EX));
	if (!failed)
		failed = add(ctx, SCMP_SYS(ioctl), INT(1, FIOSETOWN));
	return failed ? failed : add(ctx, SCMP_SYS(ioctl), INT(1, SIOCSPGRP));
}

/* Signals from a terminal, whose foreground may be netjail's group. */
static int add_terminals(scmp_filter_ctx ctx)
{
	static const int calls[] = {SCMP_SYS(fcntl), SCMP_SYS(fcntl64)};
	const struct scmp_arg_cmp conditions[] = {INT(1, F_SETFL), FLAG(2, O_ASYNC)};
	int failed = 0;

	for (size_t i = 0; !failed && i < ARRAY_LEN(calls); i++)
		failed = seccomp_rule_add_array(ctx, STOP_CALL, calls[i],
						ARRAY_LEN(conditions), conditions);
	return failed && failed != -EEXIST ? failed
					   : add(ctx, SCMP_SYS(ioctl), INT(1, FIOASYNC));
}

/* The tracer's process group, everybody, and a process by a descriptor. In a run the
 * front's group is the program's own. */
static int add_groups(scmp_filter_ctx ctx, const struct filter_options *options)
{
	pid_t tracer = options->self[0];
	int failed = add(ctx, SCMP_SYS(kill), INT(0, -tracer));

	if (!failed)
		failed = add(ctx, SCMP_SYS(kill), INT(0, -1));
	if (!failed)
		failed = add_owner(ctx, -tracer);
	if (!failed && options->group)
		failed = add(ctx, SCMP_SYS(setpgid), INT(1, tracer));
	if (!failed && options->group)
		failed = add(ctx, SCMP_SYS(setpgid), INT(1, options->group));
	if (!failed && options->group)
		failed = add_terminals(ctx);
	if (!failed)
		failed = add_threads(ctx, options->signals);
	if (!failed && options->signals)
		failed = add_owners(ctx);
	return failed ? failed : add_whole(ctx, SCMP_SYS(pidfd_send_signal));
}

static int add_ioctls(scmp_filter_ctx ctx)
{
	size_t count;
	const struct route_option *requests = route_ioctls(&count);
	int failed = 0;

	for (size_t i = 0; !failed && i < count; i++)
		failed = add(ctx, SCMP_SYS(ioctl), INT(1, (uint32_t)requests[i].name));
	return failed;
}

static int add_routes(scmp_filter_ctx ctx, bool compat)
{
	size_t count;
	const struct route_option *options = route_options(&count);
	struct scmp_arg_cmp sctp[] = {INT(1, route_getsockopt.level),
				      INT(2, route_getsockopt.name)};
	int failed = add_ioctls(ctx);

	if (failed)
		return failed;
	if (compat) {
		failed = add_whole(ctx, SCMP_SYS(getsockopt));
		return failed ? failed : add_whole(ctx, SCMP_SYS(setsockopt));
	}
	failed = seccomp_rule_add_array(ctx, STOP_CALL, SCMP_SYS(getsockopt),
					ARRAY_LEN(sctp), sctp);
	for (size_t i = 0; !failed && i < count; i++) {
		struct scmp_arg_cmp conditions[] = {INT(1, options[i].level),
						    INT(2, options[i].name)};

		failed = seccomp_rule_add_array(ctx, STOP_CALL, SCMP_SYS(setsockopt),
						ARRAY_LEN(conditions), conditions);
	}
	return failed;
}

int filter_add_doors(scmp_filter_ctx ctx, const struct filter_options *options,
		     bool compat)
{
	int failed = add_filters(ctx);

	if (!failed && !options->allow_io_uring)
		failed = add_io_uring(ctx);
	if (failed || !options->enforces)
		return failed;
	failed = add_processes(ctx);
	for (size_t i = 0; !failed && i < ARRAY_LEN(options->self); i++)
		failed = add_self(ctx, options->self[i]);
	if (!failed)
		failed = add_groups(ctx, options);
	if (!failed)
		failed = add_routes(ctx, compat);
	if (!failed)
		failed = add_whole(ctx, SCMP_SYS(recvmsg));
	if (!failed)
		failed = add_whole(ctx, SCMP_SYS(recvmmsg));
	return failed ? failed : add_whole(ctx, SCMP_SYS(recvmmsg_time64));
}
