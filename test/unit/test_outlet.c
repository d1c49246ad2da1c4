/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_outlet.c - a reader that reads late, never, or has gone
 */
#include "base/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/unit/harness.h"

#define LINES 130
#define WIDTH 64

static void put_line(struct outlet *outlet, unsigned i)
{
	char line[WIDTH + 1];

	snprintf(line, sizeof(line), "%0*u\n", WIDTH - 1, i);
	CHECK(outlet_put(outlet, line, WIDTH) == 0);
}

static void check_lines(int fd, unsigned count)
{
	char line[WIDTH + 1] = {0};

	for (unsigned i = 0; i < count; i++) {
		size_t len = 0;

		while (len < WIDTH) {
			ssize_t got = read(fd, line + len, WIDTH - len);

			CHECK(got > 0);
			if (got <= 0)
				return;
			len += (size_t)got;
		}
		CHECK(strtoul(line, NULL, 10) == i && line[WIDTH - 1] == '\n');
	}
}

/* Room for 64 lines: of the others none waits for ever, and none is lost. */
TEST(a_pipe_that_is_read_late)
{
	struct outlet *outlet;
	int ends[2], flags;

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	CHECK(fcntl(ends[1], F_SETPIPE_SZ, 4096) == 4096);
	flags = fcntl(ends[1], F_GETFL);
	outlet = outlet_new(ends[1]);
	for (unsigned i = 0; i < 68; i++)
		put_line(outlet, i);
	check_lines(ends[0], 68);
	put_line(outlet, 0);
	check_lines(ends[0], 1);
	CHECK(fcntl(ends[1], F_GETFL) == flags);
	outlet_free(outlet);
	close(ends[0]);
	close(ends[1]);
}

/* What is kept is written before outlet_free returns. */
TEST(the_end_waits_for_the_reader)
{
	struct outlet *outlet;
	int ends[2];
	int status;
	pid_t reader;

	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	outlet = outlet_new(ends[1]);
	for (unsigned i = 0; i < LINES; i++)
		put_line(outlet, i);
	reader = fork();
	if (reader == 0) {
		close(ends[1]);
		check_lines(ends[0], LINES);
		_exit(read(ends[0], &reader, 1) != 0);
	}
	outlet_free(outlet);
	close(ends[1]);
	CHECK(waitpid(reader, &status, 0) == reader && status == 0);
	close(ends[0]);
}

TEST(nobody_reads_any_more)
{
	struct outlet *outlet;
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	outlet = outlet_new(ends[1]);
	close(ends[0]);
	CHECK(outlet_put(outlet, "x", 1) == -EPIPE);
	outlet_free(outlet);
	close(ends[1]);
}

/* It goes while a line is kept: that one is lost, and the next one says so. */
TEST(a_reader_that_goes)
{
	static char big[8192];
	struct outlet *outlet;
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	CHECK(fcntl(ends[1], F_SETPIPE_SZ, 4096) == 4096);
	outlet = outlet_new(ends[1]);
	CHECK(outlet_put(outlet, big, sizeof(big)) == 0);
	close(ends[0]);
	for (int tries = 0; tries < 100 && outlet_put(outlet, "x", 1) == 0; tries++)
		usleep(10000);
	CHECK(outlet_put(outlet, "x", 1) == -EPIPE);
	outlet_free(outlet);
	close(ends[1]);
}
