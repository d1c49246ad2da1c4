/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/own_forbids.c - calls that a seccomp filter of its own forbids, or does not
 *
 * usage: own_forbids errno|trap|kill|allow ADDR PORT
 * Prints "ready", waits for a line, and then how connect(2), a sendto(2) and a sendmsg(2) of a
 * datagram ended. The handler of SIGSYS says whether it sees the call as it was made, and makes
 * EXDEV of it.
 */
#include "victim.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>

#define DENY(nr, action)                                                                 \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nr, 0, 1), BPF_STMT(BPF_RET | BPF_K, action)

static int made_by;

static int forbid(unsigned action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		DENY(SYS_connect, action),
		DENY(SYS_sendto, action),
		DENY(SYS_sendmsg, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static void on_sys(int sig, siginfo_t *info, void *context)
{
	ucontext_t *user = context;
#ifdef __x86_64__
	greg_t *result = &user->uc_mcontext.gregs[REG_RAX];
	int same = *result == info->si_syscall &&
		   user->uc_mcontext.gregs[REG_RDI] == made_by;
#else
	unsigned long long *result = &user->uc_mcontext.regs[0];
	int same = user->uc_mcontext.regs[8] == (unsigned)info->si_syscall &&
		   *result == (unsigned)made_by;
#endif

	(void)sig;
	printf(same ? "trapped " : "not as made ");
	*result = -EXDEV;
}

static unsigned action_of(const char *word)
{
	if (strcmp(word, "errno") == 0)
		return SECCOMP_RET_ERRNO | EXDEV;
	if (strcmp(word, "trap") == 0)
		return SECCOMP_RET_TRAP;
	return strcmp(word, "kill") == 0 ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ALLOW;
}

static void said(const char *call, long result)
{
	printf("%s: %s\n", call, result < 0 ? strerror(errno) : "done");
	fflush(stdout);
}

int main(int argc, char **argv)
{
	struct sigaction trap = {.sa_sigaction = on_sys, .sa_flags = SA_SIGINFO};
	struct iovec span = {(char[]){"x"}, 1};
	struct msghdr message = {.msg_iov = &span, .msg_iovlen = 1};
	struct endpoint ep;
	int stream, datagrams;
	char line[16];

	if (argc != 4)
		return 2;
	ep = endpoint_from(argv[2], argv[3]);
	stream = socket_for(&ep, SOCK_STREAM);
	datagrams = socket_for(&ep, SOCK_DGRAM);
	sigaction(SIGSYS, &trap, NULL);
	if (!forbid(action_of(argv[1])))
		die("seccomp");
	puts("ready");
	fflush(stdout);
	if (!fgets(line, sizeof(line), stdin))
		return 2;
	made_by = stream;
	said("connect", connect(stream, &ep.sa, ep.len));
	made_by = datagrams;
	said("sendto", sendto(datagrams, "x", 1, 0, &ep.sa, ep.len));
	message.msg_name = &ep.sa;
	message.msg_namelen = ep.len;
	said("sendmsg", sendmsg(datagrams, &message, 0));
	return 0;
}
