/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/bell.c - ends a wait of netjail's own in a call that must not wait
 */
#include "tracer/bell.h"

#include <errno.h>
#include <stdbool.h>
#include <time.h>

#define EVERY_NS 1000000

/* Setting the timer costs 5 us: between two waits it goes on for so many rings. */
#define IDLE_RINGS 10

static volatile sig_atomic_t runs, waits, idle;

static void set_every(long ns)
{
	static timer_t timer;
	static bool made;
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
				 .sigev_signo = BELL_SIGNAL};
	struct itimerspec when = {.it_value.tv_nsec = ns, .it_interval.tv_nsec = ns};
	int before = errno;

	if (!made && timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
		made = true;
	if (made)
		(void)timer_settime(timer, 0, &when, NULL);
	errno = before;
}

void bell_rang(void)
{
	idle = waits ? 0 : idle + 1;
	if (!runs || idle < IDLE_RINGS)
		return;
	runs = 0;
	set_every(0);
}

static void on_bell(int sig)
{
	(void)sig;
	bell_rang();
}

void bell_listen(void)
{
	struct sigaction heard = {.sa_handler = on_bell};

	(void)sigaction(BELL_SIGNAL, &heard, NULL);
}

void bell_start(void)
{
	waits = 1; /* from here on the handler stops nothing */
	if (runs)
		return;
	runs = 1;
	set_every(EVERY_NS);
}

void bell_stop(void)
{
	waits = 0;
}

void bell_end(void)
{
	set_every(0);
	runs = 0;
}
