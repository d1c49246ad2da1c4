/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bell.c - ends a wait of netjail's own in a call that must not wait
 */
#include "tracer/bell.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>

#define EVERY_NS       1000000
#define LATER_EVERY_NS 10000000
/* The timer's own: a real-time signal is queued, so that one which somebody sends is not
 * lost beside it (signal(7)). valgrind keeps SIGRTMAX for itself. */
#define BELL_SIGNAL (SIGRTMAX - 1)

/* Setting the timer costs 5 us: between two waits it goes on for so many rings. */
#define IDLE_RINGS 10

static volatile sig_atomic_t runs, waits, idle;
static void (*hand_on)(int sig);
static bool listens;
static timer_t timer, later;

static bool set_every(long ns)
{
	struct itimerspec when = {.it_value.tv_nsec = ns, .it_interval.tv_nsec = ns};
	int before = errno;
	bool set = timer_settime(timer, 0, &when, NULL) == 0;

	errno = before;
	return set;
}

/* Before there is a program: signals that it lets wait could use up what its user may
 * have of them, timers included (RLIMIT_SIGPENDING). */
static bool make_timer(void)
{
	static bool made;
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
				 .sigev_signo = BELL_SIGNAL};

	made = made || (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 &&
			timer_create(CLOCK_MONOTONIC, &event, &later) == 0);
	return made;
}

static void on_bell(int sig, siginfo_t *info, void *context)
{
	(void)context;
	if (info->si_code != SI_TIMER) {
		if (hand_on)
			hand_on(sig);
		return;
	}
	idle = waits ? 0 : idle + 1;
	if (!runs || idle < IDLE_RINGS)
		return;
	runs = 0;
	(void)set_every(0);
}

void bell_listen(void (*other)(int sig))
{
	/* Without SA_RESTART: a wait is to end. */
	struct sigaction heard = {.sa_sigaction = on_bell, .sa_flags = SA_SIGINFO};
	sigset_t bell;

	sigfillset(&heard.sa_mask);
	sigemptyset(&bell);
	sigaddset(&bell, BELL_SIGNAL);
	hand_on = other;
	listens = make_timer() && sigaction(BELL_SIGNAL, &heard, NULL) == 0 &&
		  pthread_sigmask(SIG_UNBLOCK, &bell, NULL) == 0;
}

bool bell_start(void)
{
	waits = 1; /* from here on the handler stops nothing */
	if (!runs && listens) {
		runs = 1;
		runs = set_every(EVERY_NS);
	}
	return runs;
}

void bell_stop(void)
{
	waits = 0;
}

/* A ring that comes just before waitpid(2) is made up for by the next. */
void bell_from(int64_t ns)
{
	struct itimerspec when = {.it_value = {ns / 1000000000, ns % 1000000000},
				  .it_interval.tv_nsec = LATER_EVERY_NS};

	if (listens)
		(void)timer_settime(later, TIMER_ABSTIME, &when, NULL);
}

void bell_end(void)
{
	bell_from(0);
	if (runs)
		(void)set_every(0);
	runs = 0;
}
