/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/call.h - one stopped call: its arguments, and the ways to end it
 *
 * Every handler ends its call by exactly one of call_finish, call_refuse,
 * call_fail_closed, call_let_run, call_let_pass, call_replace and call_retry. Nothing
 * else resumes a judged call.
 */
#ifndef NETJAIL_TRACER_CALL_H
#define NETJAIL_TRACER_CALL_H

#include "arch/sysnr.h"
#include "tracer/mem.h"
#include "tracer/request.h"
#include "tracer/tracer.h"

struct call {
	struct tracer *tracer;
	struct task *task;
	struct arch_call arch;
	enum sys_id id;   /* what it is; socketcall(2) is unpacked */
	uint64_t args[6]; /* the same */
	bool multiplexed; /* came as socketcall(2), with its arguments in memory */
	unsigned word;    /* bytes of a pointer in its ABI */
	bool ended;       /* by one of the functions below; what is not is refused */
	unsigned hold_ms; /* the call has to wait so long before it may be made */
	struct event event;
};

typedef void (*call_exit_fn)(struct tracer *tracer, struct task *task, int64_t result);

/* At the stop where it begins: hands the call to its handler (tracer/syscall). */
void call_begin(struct tracer *tracer, struct task *task, const struct arch_call *arch);

/* At the same stop: the call fails with that errno, untold. */
void call_deny(struct tracer *tracer, struct task *task, const struct arch_call *arch,
	       int error);

/* The program sees `result`; nothing of its own call runs. Tells the event. */
void call_finish(struct call *call, int64_t result);
/* The same without an event. */
void call_finish_quiet(struct call *call, int64_t result);

/* Not made, by call->event.decision: `error` is what a plain refusal gets. A call that
 * has to wait does that, and is made again. */
void call_refuse(struct call *call, int error);
/* Refused because netjail could not judge it or carry it out; `reason` is static. */
void call_fail_closed(struct call *call, const char *reason);

/* The program's own call runs and its result is told. Only for calls whose arguments are
 * all in registers, or whose memory decides nothing. */
void call_let_run(struct call *call);
/* The same with a handler of its own at the exit stop, which tells the event itself. */
void call_let_run_then(struct call *call, call_exit_fn exit);
/* The same, untold. */
void call_let_pass(struct call *call);

/* At that exit stop: tells the event. */
void call_end_run(struct tracer *tracer, struct task *task, int64_t result);
/* The same, untold. */
void call_end_passed(struct tracer *tracer, struct task *task, int64_t result);

/* Another call runs in its place; at its exit stop `exit` must call call_end_replaced or
 * call_again_replaced. The socket, -1 for none, is closed when the call is settled. */
void call_replace(struct call *call, enum sys_id id, const uint64_t args[static 6],
		  int sock, call_exit_fn exit);
/* The program makes it again in a moment: no room to send, or call->hold_ms says so. */
void call_retry(struct call *call);

/* At the exit stop of a replaced call: the program's registers are put back, it sees
 * `result`, and the event is told; an interruption later (tracer/interrupted). */
void call_end_replaced(struct tracer *tracer, struct task *task, int64_t result);

/* The same, untold. */
void call_end_replaced_quiet(struct tracer *tracer, struct task *task, int64_t result);

/* At the exit stop of a replaced call, which was one message of a batch: the program
 * makes its call again for the next one, `sent` of them being done. */
void call_again_replaced(struct task *task, unsigned sent);
/* The same for one that has passed call_asks_filter. */
void call_again_asked(struct task *task);

/* A signal is about to be delivered: a batch that stands between two messages ends with
 * the count so far before a handler runs. */
void call_signalled(struct tracer *tracer, struct task *task, int sig);

/* Tells an event: fills in who and when. */
void call_tell(struct tracer *tracer, struct task *task, struct event *event,
	       int64_t result);
/* The program makes the call of before again, as for SA_RESTART. */
must_check bool call_is_same(const struct arch_call *before, const struct arch_call *now);

/* The task cannot be held to its verdict any more: end its process. */
void call_kill(struct task *task, int error);

/* socketcall(2): its arguments are copied once. False when the call has been ended. */
must_check bool call_demultiplex(struct call *call);
/* Tells when a socketcall(2) has others now than those that were judged. */
void call_check_multiplexed_race(struct call *call, const uint64_t judged[static 6]);

/* Ends the process when a verdict could not be applied: `failed` is not 0. */
void call_must_apply(struct task *task, int failed);

/* Nothing is remembered of the call in progress: it has ended. */
void call_is_over(struct task *task);
/* The task makes that call: what a log was told of another one has ended. */
void call_forget_others(struct task *task, const struct arch_call *arch);

/* For a skip, where a filter of the program's own may kill for one. 0 or -errno. */
must_check bool call_has_to_be_harmless(const struct call *call);
must_check int call_make_harmless(struct call *call, int64_t result);
/* At an entry stop: true when that filter is asked first, and an exit stop follows. */
must_check bool call_asks_filter(struct tracer *tracer, struct task *task,
				 const struct arch_call *arch);

/* ---- what handlers share ---- */

/* The duplicate of args[0], with event.fd and event.sock filled; -1 when the call has
 * been ended (no such descriptor, or it could not be had). -ENOTSOCK is left to the
 * caller: event.sock is zero then, as the kernel looks at addresses first. */
must_check int call_socket(struct call *call);

/* A copy of `len` address bytes; 0, or the kernel's errno. Ends nothing. */
must_check int call_copy_address(struct call *call, uint64_t from, int32_t len,
				 struct destination *ret_copy);

/* Tells when the address that was judged, `copy`, is another one now. */
void call_check_race(struct call *call, uint64_t from, const struct destination *copy);

/* Both for a call of (socket, address, length), in the kernel's order of checks; -1 when
 * the call has been ended. */
must_check int call_socket_and_address(struct call *call, struct destination *ret_copy);

/* Ends a call whose memory could not be copied: the errno the kernel gives for a bad
 * argument, a refusal for everything else. */
void call_copy_failed(struct call *call, int error);

/* Fills in who calls and what the request's end is called. */
void call_know(struct call *call, struct request *request);

/* Fills event.host and decision: who calls and what the end is called is put into the
 * request, whose kind and end are the caller's. */
void call_decide(struct call *call, struct request *request);

/* Fills event.end, host and decision for a destination; false when the rules refuse it.
 * Ends nothing. True without event.judged: it names no end. */
must_check bool call_judge(struct call *call, enum request_kind kind, int sock,
			   struct destination *dest);

#endif
