/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/bpf.h - runs a seccomp program on a call, as the kernel would, for any architecture
 */
#ifndef NETJAIL_TEST_UNIT_BPF_H
#define NETJAIL_TEST_UNIT_BPF_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What no filter of ours may do: stands for an instruction that is not known here. */
#define BPF_STRAY 0xdeadbeefu

static inline uint32_t bpf_alu(uint16_t code, uint32_t value, uint32_t operand)
{
	switch (BPF_OP(code)) {
	case BPF_AND:
		return value & operand;
	case BPF_OR:
		return value | operand;
	case BPF_RSH:
		return value >> operand;
	default:
		return BPF_STRAY;
	}
}

static inline bool bpf_test(uint16_t code, uint32_t value, uint32_t operand)
{
	switch (BPF_OP(code)) {
	case BPF_JEQ:
		return value == operand;
	case BPF_JGT:
		return value > operand;
	case BPF_JGE:
		return value >= operand;
	default: /* BPF_JSET */
		return value & operand;
	}
}

/* The SECCOMP_RET_* value. Jumps go forwards only (seccomp(2)), so that every program ends. */
static inline uint32_t bpf_run(const struct sock_filter *code, size_t len,
			       const struct seccomp_data *data)
{
	uint32_t value = 0;

	for (size_t pc = 0; pc < len; pc++) {
		const struct sock_filter *at = &code[pc];

		switch (BPF_CLASS(at->code)) {
		case BPF_LD:
			if (at->code != (BPF_LD | BPF_W | BPF_ABS) ||
			    at->k > sizeof(*data) - sizeof(value))
				return BPF_STRAY;
			memcpy(&value, (const uint8_t *)data + at->k, sizeof(value));
			break;
		case BPF_ALU:
			value = bpf_alu(at->code, value, at->k);
			break;
		case BPF_JMP:
			if (BPF_OP(at->code) == BPF_JA)
				pc += at->k;
			else
				pc += bpf_test(at->code, value, at->k) ? at->jt : at->jf;
			break;
		case BPF_RET:
			return at->k;
		default:
			return BPF_STRAY;
		}
	}
	return BPF_STRAY;
}

#endif
