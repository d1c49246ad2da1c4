/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/filter_run.c - asks a filter about a call as the kernel would, where the kernel
 * cannot be asked: in a program that was attached to
 */
#include "tracer/filter_run.h"

#include <linux/filter.h>
#include <stddef.h>
#include <string.h>

#include "tracer/filter.h"

static bool test(uint16_t code, uint32_t value, uint32_t operand)
{
	switch (BPF_OP(code)) {
	case BPF_JEQ:
		return value == operand;
	case BPF_JGT:
		return value > operand;
	case BPF_JGE:
		return value >= operand;
	default:
		return value & operand;
	}
}

/* The instructions that may stand in a seccomp program of libseccomp's, with a constant
 * each (kernel/seccomp.c seccomp_check_filter has them all). */
static bool is_known(const struct sock_filter *at)
{
	switch (at->code) {
	case BPF_LD | BPF_W | BPF_ABS:
		return at->k <= sizeof(struct seccomp_data) - sizeof(uint32_t);
	case BPF_ALU | BPF_AND | BPF_K:
	case BPF_JMP | BPF_JA:
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JSET | BPF_K:
	case BPF_RET | BPF_K:
		return true;
	default:
		return false;
	}
}

static bool loads_argument(const struct sock_filter *at)
{
	return BPF_CLASS(at->code) == BPF_LD &&
	       at->k >= offsetof(struct seccomp_data, instruction_pointer);
}

/* From an instruction that loads on, or the first; to the end, or to one that loads an
 * argument. True: the end, and the answer. */
static bool run(const struct filter *filter, const struct seccomp_data *data,
		bool to_argument, size_t *pc, uint32_t *ret_answer)
{
	uint32_t value = 0;

	/* Jumps go forwards only (seccomp(2)), so that every program ends. */
	for (; *pc < filter->len; ++*pc) {
		const struct sock_filter *at = &filter->code[*pc];

		if (!is_known(at))
			break;
		if (to_argument && loads_argument(at))
			return false;
		switch (BPF_CLASS(at->code)) {
		case BPF_LD:
			memcpy(&value, (const uint8_t *)data + at->k, sizeof(value));
			break;
		case BPF_ALU:
			value &= at->k;
			break;
		case BPF_JMP:
			if (BPF_OP(at->code) == BPF_JA)
				*pc += at->k;
			else
				*pc += test(at->code, value, at->k) ? at->jt : at->jf;
			break;
		default:
			*ret_answer = at->k;
			return true;
		}
	}
	*ret_answer = SECCOMP_RET_TRACE;
	return true;
}

uint32_t filter_run_from(const struct filter *filter, const struct seccomp_data *data,
			 uint16_t from)
{
	uint32_t answer = SECCOMP_RET_TRACE;
	size_t pc = from;

	(void)run(filter, data, false, &pc, &answer);
	return answer;
}

uint32_t filter_run(const struct filter *filter, const struct seccomp_data *data)
{
	return filter_run_from(filter, data, 0);
}

bool filter_run_number(const struct filter *filter, const struct seccomp_data *data,
		       uint32_t *ret_answer, uint16_t *ret_from)
{
	size_t pc = 0;
	bool decided = run(filter, data, true, &pc, ret_answer);

	*ret_from = (uint16_t)pc;
	return decided;
}
