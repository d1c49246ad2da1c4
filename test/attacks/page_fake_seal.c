/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_fake_seal.c - the program's own seccomp filter answers mseal(2) with success
 *
 * attack:   RET_ERRNO 0 for mseal: the page that netjail maps is not sealed, and is mapped over
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   engine.md "Seal": injected calls must not meet a filter of the program
 * root:     no
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#include "page.h"

#define NR_MSEAL 462 /* the same number in every ABI */

static void load_filter(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NR_MSEAL, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(*code), code};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0)
		skip("seccomp");
}

static int open_up(struct page *p)
{
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	load_filter();
	return page_attack(argc, argv, &technique);
}
