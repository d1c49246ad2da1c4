/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/sequence.h - a restartable sequence (rseq(2)) around the call that netjail
 * injects at (x86_64)
 */
#ifndef NETJAIL_TEST_SEQUENCE_H
#define NETJAIL_TEST_SEQUENCE_H

#include <sys/rseq.h>
#include <sys/time.h>

#include "inside.h"

/* include/uapi/linux/rseq.h struct rseq_cs; 0x53053053 is glibc's signature. */
struct sequence {
	uint32_t version, flags;
	uint64_t start, len, abort;
} __attribute__((aligned(32)));

struct sequence *sequence_now;
void *sequence_slot;
int sequence_spins;   /* until a signal comes: without netjail nothing else leads away */
int sequence_circles; /* goes nowhere instead of making the call */
long sequence_bait(void);
extern const char sequence_start[], sequence_end[], sequence_abort[];

__asm__(".text\n"
	"sequence_bait:\n"
	INSIDE_LOAD("inside_bait")
	"	mov sequence_now(%rip), %r8\n"
	"	mov sequence_slot(%rip), %r9\n"
	"	mov %r8, (%r9)\n"
	"sequence_start:\n"
	"	cmpl $0, sequence_spins(%rip)\n"
	"	jne sequence_start\n"
	"	syscall\n"
	"sequence_end:\n"
	"	ret\n"
	"	.long 0x53053053\n"
	"sequence_abort:\n"
	"	cmpl $0, sequence_circles(%rip)\n"
	"	jne sequence_abort\n"
	INSIDE_LOAD("inside_hook")
	"	syscall\n"
	"	ret\n");

static inline void sequence_alarm(int sig)
{
	(void)sig;
}

static inline long sequence_run(void)
{
	struct itimerval soon = {.it_value = {.tv_usec = 10000}};

	signal(SIGPROF, sequence_alarm);
	if (sequence_spins)
		setitimer(ITIMER_PROF, &soon, NULL);
	return sequence_bait();
}

static inline void sequence_begin(void)
{
	static struct sequence sequence;

	if (!__rseq_size)
		skip("no rseq(2)");
	sequence = (struct sequence){
		.start = (uintptr_t)sequence_start,
		.len = (uintptr_t)(sequence_end - sequence_start),
		.abort = (uintptr_t)sequence_abort,
	};
	sequence_now = &sequence;
	sequence_slot = (char *)__builtin_thread_pointer() + __rseq_offset + 8;
	sequence_spins = !tracer_pid();
}

#endif
