/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_restart_renamed.c - a restart_syscall(2) of the program's own, in the place of the kernel's
 *
 * attack:   a filter of the program's own has sendto(2) end as what the kernel restarts by
 *           restart_syscall(2); another thread sends signals that are ignored, and changes the
 *           instruction, so that the program makes that call itself, with a sendto's arguments: a
 *           tracer that gives it the number of the call it stands for lets that run unjudged
 * expect:   silent control=none
 * event:    -
 * tries:    20000
 * source:   seccomp(2), restart_syscall(2), tracer/eintr.c
 * root:     no
 */
#include "attack.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>

#define MARKED    0x7777
#define RESTARTED 516 /* include/linux/errno.h ERESTART_RESTARTBLOCK */

/* syscall; ret, and 16 bytes on: mov $1, %r12; ret. The first becomes a jump there. */
static const uint8_t code[] = {0x0f, 0x05, 0xc3},
		     elsewhere[] = {0x49, 0xc7, 0xc4, 1, 0, 0, 0, 0xc3};
static const uint16_t call_there = 0x050f, jump_there = 0x0eeb;

static volatile uint16_t *written;
static void *run;
static volatile int over;
static pid_t victim;

static void make_code(void)
{
	int fd = memfd_create("code", 0);
	void *writable, *runs;

	if (fd < 0 || ftruncate(fd, 4096) != 0)
		die("memfd");
	writable = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	runs = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, fd, 0);
	if (writable == MAP_FAILED || runs == MAP_FAILED)
		die("mmap");
	memcpy(writable, code, sizeof(code));
	memcpy((char *)writable + 16, elsewhere, sizeof(elsewhere));
	written = writable;
	run = runs;
}

static void forbid(void)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_sendto, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args[3])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MARKED, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | RESTARTED),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(filter) / sizeof(filter[0]), filter};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		lacks("seccomp");
}

static void spin(unsigned count)
{
	for (volatile unsigned i = 0; i < count; i++)
		;
}

static void *flip(void *unused)
{
	(void)unused;
	for (unsigned i = 0; !over; i++) {
		*written = call_there;
		spin(3000 * (i % 7 + 1));
		syscall(SYS_tgkill, getpid(), victim, SIGUSR1);
		*written = jump_there;
		spin(3000 * (i % 5 + 1));
	}
	return NULL;
}

/* True when the call has been led astray before it was restarted. */
static int is_astray(int sock)
{
	long nr = SYS_sendto, astray;
	register long r10 __asm__("r10") = MARKED;
	register long r8 __asm__("r8") = 0;
	register long r9 __asm__("r9") = 0;

	__asm__ volatile("xor %%r12d, %%r12d\n\t"
			 "call *%%rbx\n\t"
			 "mov %%r12, %1"
			 : "+a"(nr), "=&r"(astray), "+r"(r10), "+r"(r8), "+r"(r9)
			 : "b"(run), "D"((long)sock), "S"("x"), "d"(0L)
			 : "rcx", "r11", "r12", "memory");
	return astray && nr == SYS_restart_syscall;
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	int sock = socket(a.denied.sa.sa_family, SOCK_DGRAM, 0);
	pthread_t thread;

	make_code();
	signal(SIGUSR1, SIG_IGN);
	victim = gettid();
	forbid();
	told("sendto", sendto(sock, "x", 1, 0, &a.denied.sa, a.denied.len));
	if (pthread_create(&thread, NULL, flip, NULL) != 0)
		die("thread");
	for (int i = 0; i < a.tries; i++)
		if (is_astray(sock))
			syscall(SYS_restart_syscall, sock, "x", 1, 0, &a.denied.sa,
				a.denied.len);
	over = 1;
	pthread_join(thread, NULL);
	return 0;
}
