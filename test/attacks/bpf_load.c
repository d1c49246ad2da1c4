/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/bpf_load.c - a program for the kernel that can move connections
 *
 * attack:   bpf(BPF_PROG_LOAD) of a cgroup/connect4 program
 * expect:   silent control=none
 * event:    route-bend
 * source:   bpf(2), BPF_PROG_TYPE_CGROUP_SOCK_ADDR
 * root:     yes
 * witness:  output
 */
#include <linux/bpf.h>

#include "door.h"

int main(int argc, char **argv)
{
	struct bpf_insn code[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 1},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr attr = {.prog_type = BPF_PROG_TYPE_CGROUP_SOCK_ADDR,
			       .expected_attach_type = BPF_CGROUP_INET4_CONNECT,
			       .insns = (uint64_t)(uintptr_t)code,
			       .insn_cnt = 2,
			       .license = (uint64_t)(uintptr_t) "GPL"};
	long fd = syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));

	door_target(argc, argv);
	if (fd < 0 && tracer_pid() == 0)
		skip("bpf");
	puts(fd >= 0 ? "leak: a program for connect" : "refused");
	return 0;
}
