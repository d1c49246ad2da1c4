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

uint32_t filter_run(const struct filter *filter, const struct seccomp_data *data,
		    bool *ret_by_number)
{
	uint32_t value = 0;

	*ret_by_number = true;
	/* Jumps go forwards only (seccomp(2)), so that every program ends. */
	for (size_t pc = 0; pc < filter->len; pc++) {
		const struct sock_filter *at = &filter->code[pc];

		if (!is_known(at))
			break;
		switch (BPF_CLASS(at->code)) {
		case BPF_LD:
			memcpy(&value, (const uint8_t *)data + at->k, sizeof(value));
			*ret_by_number &= at->k < offsetof(struct seccomp_data,
							   instruction_pointer);
			break;
		case BPF_ALU:
			value &= at->k;
			break;
		case BPF_JMP:
			if (BPF_OP(at->code) == BPF_JA)
				pc += at->k;
			else
				pc += test(at->code, value, at->k) ? at->jt : at->jf;
			break;
		default:
			return at->k;
		}
	}
	*ret_by_number = false;
	return SECCOMP_RET_TRACE;
}
