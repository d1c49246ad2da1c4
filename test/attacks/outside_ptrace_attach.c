/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_ptrace_attach.c - ptrace attaches to a process outside and makes it connect
 *
 * attack:   PTRACE_ATTACH, POKEDATA of the address and of the byte that starts the connection
 * expect:   silent control=none
 * event:    ptrace-outside
 * source:   ptrace(2), engine.md "Ways round"
 * root:     no
 * helper:   yes
 */
#include <sys/ptrace.h>

#include "door.h"

static void poke_bytes(pid_t pid, unsigned long at, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i += sizeof(long)) {
		long word = 0;
		size_t part = len - i < sizeof(long) ? len - i : sizeof(long);

		memcpy(&word, (const char *)bytes + i, part);
		ptrace(PTRACE_POKEDATA, pid, at + i, word);
	}
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct outside outside = find_outside();
	long word;

	saw("attach", ptrace(PTRACE_ATTACH, outside.pid, 0, 0));
	waitpid(outside.pid, NULL, __WALL | WNOHANG);
	usleep(100000);
	poke_bytes(outside.pid, outside.target, &ep, sizeof(ep));
	word = ptrace(PTRACE_PEEKDATA, outside.pid, outside.go & ~7UL, 0);
	((char *)&word)[outside.go & 7] = 1;
	saw("poke", ptrace(PTRACE_POKEDATA, outside.pid, outside.go & ~7UL, word));
	ptrace(PTRACE_DETACH, outside.pid, 0, 0);
	wait_for_outside();
	return 0;
}
