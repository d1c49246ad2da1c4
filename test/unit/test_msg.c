/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_msg.c - messages leave in one write, whole lines, whatever their length
 */
#include "base/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "test/unit/harness.h"

/* Runs `print` in a child whose standard error is a packet socket: one write, one packet.
 * Returns the child's wait status; the first packet is in `ret_text`. */
static int capture(void (*print)(void), char *ret_text, size_t cap)
{
	int ends[2], status = -1;
	ssize_t len;
	pid_t pid;

	CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDERR_FILENO);
		print();
		_exit(0);
	}
	close(ends[1]);
	len = recv(ends[0], ret_text, cap - 1, 0);
	CHECK(len >= 0);
	ret_text[len > 0 ? len : 0] = '\0';
	CHECK(recv(ends[0], &status, sizeof(status), 0) == 0); /* nothing more */
	CHECK(waitpid(pid, &status, 0) == pid);
	close(ends[0]);
	return status;
}

static void print_plain(void)
{
	errno = 4711;
	msg_print("%s is %d", "x", 42);
	if (errno != 4711)
		_exit(1);
}

static void print_empty(void)
{
	msg_print("%s", "");
}

static void print_long(void)
{
	msg_print("%05000d|", 0);
}

static void print_die(void)
{
	msg_die("no %s", "way");
}

TEST(print)
{
	char text[8192];

	CHECK(capture(print_plain, text, sizeof(text)) == 0);
	CHECK_STR(text, "netjail: x is 42\n");
	CHECK(capture(print_empty, text, sizeof(text)) == 0);
	CHECK_STR(text, "netjail: \n");
}

TEST(too_long_is_cut_and_stays_a_line)
{
	char text[8192];

	CHECK(capture(print_long, text, sizeof(text)) == 0);
	CHECK(strlen(text) > 4000 && strlen(text) <= 4096);
	CHECK(strspn(text + 9, "0") == strlen(text) - 10);
	CHECK(text[strlen(text) - 1] == '\n');
}

TEST(die)
{
	char text[64];
	int status = capture(print_die, text, sizeof(text));

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NETJAIL_FAILED);
	CHECK_STR(text, "netjail: no way\n");
}

TEST(closed_standard_error)
{
	int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);

	close(STDERR_FILENO);
	msg_print("nobody hears this");
	CHECK(dup2(saved, STDERR_FILENO) == STDERR_FILENO);
	close(saved);
}
