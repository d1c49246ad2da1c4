/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_bell.c - a wait ends, whatever the program has used up
 */
#include "tracer/bell.h"

#include <errno.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "test/unit/harness.h"

static int wait_for_ever(void)
{
	int ends[2], result;
	char byte;

	if (pipe(ends) < 0)
		return 0;
	result = read(ends[0], &byte, 1) < 0 ? -errno : 0;
	close(ends[0]);
	close(ends[1]);
	return result;
}

/* What waits ends at that time and, should it have been about to wait, after that. */
TEST(it_rings_later)
{
	struct timespec now;

	bell_listen(NULL);
	clock_gettime(CLOCK_MONOTONIC, &now);
	bell_from(now.tv_sec * INT64_C(1000000000) + now.tv_nsec + 1000000);
	CHECK(wait_for_ever() == -EINTR);
	CHECK(wait_for_ever() == -EINTR);
	bell_end();
}

/* The signals that a program lets wait count for its user, whose netjail is, too. */
TEST(it_rings_where_no_more_signals_may_wait)
{
	struct rlimit limit;
	bool rings;

	CHECK(!bell_start());
	bell_stop();
	bell_listen(NULL);
	CHECK(getrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	limit.rlim_cur = 0;
	CHECK(setrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	rings = bell_start();
	CHECK(rings);
	CHECK(rings && wait_for_ever() == -EINTR);
	CHECK(rings && wait_for_ever() == -EINTR);
	bell_stop();
	bell_end();
}
