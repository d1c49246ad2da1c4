/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_gate.c - the filter as netjail runs it itself answers as the kernel would
 */
#include <errno.h>
#include <linux/sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "arch/sysnr.h"
#include "bpf.h"
#include "harness.h"
#include "tracer/filter_run.h"
#include "tracer/gate.h"

static struct gate *new_gate(void)
{
	struct filter_options options = {.enforces = true, .self = {11, 12}};
	struct gate *gate = calloc(1, sizeof(*gate));

	if (!gate || filter_build(&options, &gate->filter) != 0)
		abort();
	return gate;
}

static void free_gate(struct gate *gate)
{
	filter_free(&gate->filter);
	free(gate);
}

static struct arch_call call_of(enum sys_id id, uint64_t a, uint64_t b)
{
	struct arch_call call = {.abi = arch_native_abi(), .args = {a, b}};

	call.nr = sysnr_nr(call.abi, id);
	return call;
}

static uint64_t random_word(void)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

TEST(the_interpreter_agrees_with_another_one)
{
	struct gate *gate = new_gate();
	struct arch_call call = {.nr = 0};
	unsigned differ = 0, remembered = 0;

	for (unsigned i = 0; i < 200000; i++) {
		struct seccomp_data data = {.nr = (int)(random_word() % 470)};
		uint64_t kind = random_word();
		uint32_t answer;

		call.abi = kind & 1 ? arch_native_abi() : arch_compat_abi();
		data.arch = abi_get(call.abi)->audit_arch;
		for (unsigned j = 0; j < 6; j++)
			data.args[j] = kind >> j & 2 ? random_word() % 20 : random_word();
		answer = bpf_run(gate->filter.code, gate->filter.len, &data);
		differ += filter_run(&gate->filter, &data) != answer;
		/* By what is remembered of the number, too. */
		call.nr = data.nr;
		memcpy(call.args, data.args, sizeof(call.args));
		remembered += gate->looks[call.abi][call.nr] != 0;
		differ += gate_ask(gate, &call) != answer;
	}
	CHECK(differ == 0);
	CHECK(remembered > 1000);
	free_gate(gate);
}

TEST(what_the_number_alone_decides_is_remembered_and_nothing_else)
{
	struct gate *gate = new_gate();
	struct arch_call plain = call_of(SYS_ID_READ, 1, 2);
	struct arch_call clone = call_of(SYS_ID_CLONE, 0, 0);

	CHECK(gate_ask(gate, &plain) == SECCOMP_RET_ALLOW);
	CHECK(gate->passes[plain.abi][plain.nr]);
	CHECK(gate_ask(gate, &clone) == SECCOMP_RET_ALLOW);
	CHECK(!gate->passes[clone.abi][clone.nr]);
	clone.args[0] = CLONE_UNTRACED;
	CHECK((gate_ask(gate, &clone) & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_TRACE);
	plain = call_of(SYS_ID_CONNECT, 3, 0);
	CHECK((gate_ask(gate, &plain) & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_TRACE);
	CHECK(!gate->passes[plain.abi][plain.nr]);
	free_gate(gate);
}

TEST(what_libseccomp_does_not_write_is_looked_at)
{
	static struct sock_filter strange[] = {
		BPF_STMT(BPF_LD | BPF_MEM, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	static struct sock_filter unended[] = {BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 1)};
	struct filter filter = {strange, 2};
	struct seccomp_data data = {.nr = 1};
	uint32_t answer = 0;
	uint16_t from;

	CHECK(filter_run(&filter, &data) == SECCOMP_RET_TRACE);
	CHECK(filter_run_number(&filter, &data, &answer, &from) &&
	      answer == SECCOMP_RET_TRACE);
	filter = (struct filter){unended, 1};
	CHECK(filter_run(&filter, &data) == SECCOMP_RET_TRACE);
}

TEST(another_abi_fails)
{
	struct gate *gate = new_gate();
	struct arch_call call = {.abi = ABI_UNKNOWN, .nr = 1};

	CHECK(gate_ask(gate, &call) == (SECCOMP_RET_ERRNO | ENOSYS));
	free_gate(gate);
}
