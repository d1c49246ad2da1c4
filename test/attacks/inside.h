/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/inside.h - what the attacks on netjail's injected calls share (x86_64)
 *
 * netjail maps its memory into a program at the first AF_UNIX call: it has the program
 * make some calls of netjail's own, and in between the program is in user space. Whoever
 * leads it away there has a call that netjail takes for its own.
 */
#ifndef NETJAIL_TEST_INSIDE_H
#define NETJAIL_TEST_INSIDE_H

#include <sys/un.h>

#include "attack.h"
#include "door.h"

struct inside_call {
	long nr, args[3];
};

/* Used by name in assembly: the call that netjail injects at, and the one to be made. */
struct inside_call inside_bait, inside_hook;
static int inside_try;

/* Assembly: makes CALL, the name of one of the two, ready. */
#define INSIDE_LOAD(call)                                                                \
	"	mov " call "(%rip), %rax\n"                                              \
	"	mov " call "+8(%rip), %rdi\n"                                            \
	"	mov " call "+16(%rip), %rsi\n"                                           \
	"	mov " call "+24(%rip), %rdx\n"

/* The memory is mapped once in a process: each try is a child's. A child that got through
 * writes a byte over the connection, and one that netjail ends is no more. */
static inline int inside_tries(const struct attack *a, long (*bait)(void))
{
	static const struct sockaddr_un nobody = {.sun_family = AF_UNIX,
						  .sun_path = "/nonexistent/socket"};
	int passed = 0;

	for (inside_try = 0; inside_try < a->tries && !passed; inside_try++) {
		pid_t pid = fork();
		int status = 0;

		if (pid == 0) {
			int bait_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
			int fd = open_tcp(a->denied.sa.sa_family);

			alarm(hang_seconds() / 5);
			inside_bait = (struct inside_call){
				SYS_connect, {bait_fd, (long)&nobody, sizeof(nobody)}};
			inside_hook = (struct inside_call){
				SYS_connect, {fd, (long)&a->denied, a->denied.len}};
			bait();
			_exit(write(fd, "x", 1) == 1 ? 99 : 0);
		}
		waitpid(pid, &status, 0);
		passed += WIFEXITED(status) && WEXITSTATUS(status) == 99;
	}
	printf("%d connections\n", passed);
	return 0;
}

#endif
