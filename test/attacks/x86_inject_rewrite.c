/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_inject_rewrite.c - the instruction changes that netjail injects calls
 * by
 *
 * attack:   a second thread puts a jump in the place of the system call instruction while
 *           netjail has the program make calls of its own by it; behind the jump it
 *           connects
 * expect:   silent control=none
 * event:    -
 * tries:    40
 * kernel:   6.10, mseal(2): before that nothing is injected
 * source:   tracer/inject.c
 * root:     no
 */
#include "inside.h"

#define SYSCALL    0x050f
#define SHORT_JUMP 0x00eb /* over nothing yet */

long rewrite_bait(void);
extern char rewrite_at[], rewrite_hook[];
volatile int rewrite_begun;

__asm__(".text\n"
	"	.balign 64\n"
	"rewrite_bait:\n"
	INSIDE_LOAD("inside_bait")
	"	movl $1, rewrite_begun(%rip)\n"
	"	.balign 2\n"
	"rewrite_at:\n"
	"	syscall\n"
	"	ret\n"
	"rewrite_hook:\n"
	INSIDE_LOAD("inside_hook")
	"	syscall\n"
	"	ret\n");

/* The pauses grow, so that one fits the time that netjail needs for its look. */
static void *rewrite(void *unused)
{
	uint16_t jump = (uint16_t)(SHORT_JUMP | (rewrite_hook - rewrite_at - 2) << 8);
	double pause = 30;

	(void)unused;
	for (int i = 0; i < inside_try; i++)
		pause *= 1.3;
	while (!rewrite_begun)
		;
	pause_for((int)pause);
	*(volatile uint16_t *)rewrite_at = jump;
	return NULL;
}

/* Without netjail the second call meets the jump. */
static long bait(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, rewrite, NULL))
		die("pthread_create");
	usleep(1000);
	rewrite_bait();
	pthread_join(thread, NULL);
	return rewrite_bait();
}

int main(int argc, char **argv)
{
	struct attack a = attack_from(argc, argv);
	uintptr_t page = (uintptr_t)rewrite_at & ~(uintptr_t)4095;

	if (mprotect((void *)page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC) < 0)
		skip("code that can be written to");
	return inside_tries(&a, bait);
}
