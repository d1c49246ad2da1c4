/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/marked.h - a system call with a mark in every register, to see which ones
 * change
 */
#ifndef NETJAIL_TEST_UNIT_MARKED_H
#define NETJAIL_TEST_UNIT_MARKED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

/* Every general register but the stack pointer, in the order of the assembly below. */
struct marked {
	uint64_t regs[32];
};

/* Loads all registers, makes the call, stores all registers. */
void marked_syscall(struct marked *marked);

#if defined(__x86_64__)
/* rax rbx rcx rdx rsi rdi rbp r8-r15 */
enum { MARKED_REGS = 15, MARKED_NR = 0, MARKED_RESULT = 0 };
static const uint8_t marked_args[6] = {5, 4, 3, 9, 7, 8};
static const uint8_t marked_clobbered[] = {2, 10}; /* syscall(2): rcx and r11 */

void marked_int80(struct marked *marked);
static const uint8_t marked_args_int80[6] = {1, 2, 3, 4, 5, 6};

/* clang-format off */
#define MARKED_ASM(name, instruction)                                                    \
	__asm__(".text\n.globl " name "\n.type " name ", @function\n" name ":\n"         \
		"push %rbx\npush %rbp\npush %r12\npush %r13\npush %r14\npush %r15\n"     \
		"push %rdi\n"                                                            \
		"mov 0(%rdi), %rax\nmov 8(%rdi), %rbx\nmov 16(%rdi), %rcx\n"             \
		"mov 24(%rdi), %rdx\nmov 32(%rdi), %rsi\nmov 48(%rdi), %rbp\n"           \
		"mov 56(%rdi), %r8\nmov 64(%rdi), %r9\nmov 72(%rdi), %r10\n"             \
		"mov 80(%rdi), %r11\nmov 88(%rdi), %r12\nmov 96(%rdi), %r13\n"           \
		"mov 104(%rdi), %r14\nmov 112(%rdi), %r15\nmov 40(%rdi), %rdi\n"         \
		instruction "\n"                                                         \
		"push %rax\nmov 8(%rsp), %rax\n"                                         \
		"mov %rbx, 8(%rax)\nmov %rcx, 16(%rax)\nmov %rdx, 24(%rax)\n"            \
		"mov %rsi, 32(%rax)\nmov %rdi, 40(%rax)\nmov %rbp, 48(%rax)\n"           \
		"mov %r8, 56(%rax)\nmov %r9, 64(%rax)\nmov %r10, 72(%rax)\n"             \
		"mov %r11, 80(%rax)\nmov %r12, 88(%rax)\nmov %r13, 96(%rax)\n"           \
		"mov %r14, 104(%rax)\nmov %r15, 112(%rax)\npop (%rax)\n"                 \
		"pop %rdi\npop %r15\npop %r14\npop %r13\npop %r12\npop %rbp\npop %rbx\n" \
		"ret\n.size " name ", .-" name "\n")

MARKED_ASM("marked_syscall", "syscall");
MARKED_ASM("marked_int80", "int $0x80");
/* clang-format on */
#elif defined(__aarch64__)
/* x0-x30 */
enum { MARKED_REGS = 31, MARKED_NR = 8, MARKED_RESULT = 0 };
static const uint8_t marked_args[6] = {0, 1, 2, 3, 4, 5};
static const uint8_t marked_clobbered[] = {MARKED_RESULT};

/* clang-format off */
#define PAIR(op, base, n, m, at) op " x" #n ", x" #m ", [" base ", #" #at "]\n"
#define PAIRS_2_TO_29(op, base)                                                          \
	PAIR(op, base, 2, 3, 16) PAIR(op, base, 4, 5, 32) PAIR(op, base, 6, 7, 48)       \
	PAIR(op, base, 8, 9, 64) PAIR(op, base, 10, 11, 80) PAIR(op, base, 12, 13, 96)   \
	PAIR(op, base, 14, 15, 112) PAIR(op, base, 16, 17, 128)                          \
	PAIR(op, base, 18, 19, 144) PAIR(op, base, 20, 21, 160)                          \
	PAIR(op, base, 22, 23, 176) PAIR(op, base, 24, 25, 192)                          \
	PAIR(op, base, 26, 27, 208) PAIR(op, base, 28, 29, 224)

__asm__(".text\n.globl marked_syscall\n.type marked_syscall, %function\nmarked_syscall:\n"
	"sub sp, sp, #272\n"
	PAIRS_2_TO_29("stp", "sp")
	"str x30, [sp, #240]\nstr x0, [sp, #256]\n"
	PAIRS_2_TO_29("ldp", "x0")
	"ldr x30, [x0, #240]\nldp x0, x1, [x0]\n"
	"svc #0\n"
	"stp x0, x1, [sp]\nldr x0, [sp, #256]\n" /* x1 is free from here */
	"ldr x1, [sp]\nstr x1, [x0]\nldr x1, [sp, #8]\nstr x1, [x0, #8]\n"
	PAIRS_2_TO_29("stp", "x0")
	"str x30, [x0, #240]\n"
	PAIRS_2_TO_29("ldp", "sp")
	"ldr x30, [sp, #240]\nadd sp, sp, #272\nret\n"
	".size marked_syscall, .-marked_syscall\n");
/* clang-format on */
#endif

static inline struct marked marked_new(int64_t nr, const uint8_t slots[static 6],
				       const uint64_t args[static 6])
{
	struct marked marked = {0};

	for (unsigned i = 0; i < MARKED_REGS; i++)
		marked.regs[i] = 0xabcd000000000000u | i << 8 | 0x5a;
	marked.regs[MARKED_NR] = (uint64_t)nr;
	for (unsigned i = 0; i < 6; i++)
		marked.regs[slots[i]] = args[i];
	return marked;
}

/* Whether all registers kept their value, but for the result and what the CPU destroys.
 */
static inline bool marked_is_same(const struct marked *before, const struct marked *after)
{
	for (unsigned i = 0; i < MARKED_REGS; i++) {
		bool free_to_change = i == MARKED_RESULT;

		for (unsigned c = 0; c < ARRAY_LEN(marked_clobbered); c++)
			free_to_change = free_to_change || i == marked_clobbered[c];
		if (!free_to_change && before->regs[i] != after->regs[i])
			return false;
	}
	return true;
}

/* A call, and the result that the program has to see. */
struct marked_call {
	struct marked before;
	void (*make)(struct marked *marked);
	int64_t want;
};

enum { MARKED_OK, MARKED_WRONG_RESULT, MARKED_REGS_CHANGED };

/* A tracee's body: makes the call and looks. */
static inline int marked_body(const void *arg)
{
	const struct marked_call *call = arg;
	struct marked after = call->before;

	call->make(&after);
	if ((int64_t)after.regs[MARKED_RESULT] != call->want)
		return MARKED_WRONG_RESULT;
	return marked_is_same(&call->before, &after) ? MARKED_OK : MARKED_REGS_CHANGED;
}

#endif
