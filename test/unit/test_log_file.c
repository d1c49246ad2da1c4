/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_log_file.c - numbers and chain, a disk that is full and has room again, locks
 */
#include "audit/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "audit/ecs_put.h"
#include "test/unit/harness.h"

static json_t *object_of(const char *text)
{
	json_t *root = json_object();

	ecs_put_text(root, "message", text);
	return root;
}

static size_t content(int fd, char *text, size_t cap)
{
	ssize_t got = pread(fd, text, cap - 1, 0);

	CHECK(got >= 0);
	text[got > 0 ? got : 0] = 0;
	return got > 0 ? (size_t)got : 0;
}

/* Every line is JSON, has the next number, and the hash of the one before. */
static unsigned check_lines(const char *text)
{
	char chain[DIGEST_HEX];
	unsigned count = 0;

	memset(chain, '0', sizeof(chain) - 1);
	chain[sizeof(chain) - 1] = 0;
	for (const char *end = strchr(text, '\n'); end; end = strchr(text, '\n')) {
		json_t *line = json_loadb(text, (size_t)(end - text), 0, NULL);
		uint8_t digest[DIGEST_LEN];

		CHECK(line);
		CHECK(json_integer_value(json_object_get(json_object_get(line, "event"),
							 "sequence")) == count);
		CHECK_STR(json_string_value(json_object_get(
				  json_object_get(line, "netjail"), "chain")),
			  chain);
		digest_bytes(text, (size_t)(end - text), digest);
		digest_hex(digest, chain);
		json_decref(line);
		count++;
		text = end + 1;
	}
	CHECK(!*text);
	return count;
}

TEST(numbers_and_chain)
{
	struct log_file log;
	char text[4096];
	int fd = memfd_create("log", MFD_CLOEXEC);

	log_file_init(&log, fd, false);
	for (int i = 0; i < 5; i++)
		CHECK(log_file_put(&log, object_of("x\n\"y\"\x1b")) == 0);
	content(fd, text, sizeof(text));
	CHECK(check_lines(text) == 5 && log.sequence == 5 && !log.lost);
	log_file_done(&log);
	close(fd);
}

/* RLIMIT_FSIZE stands for the full disk: write(2) is short, then fails. */
TEST(full_and_room_again)
{
	char path[] = "/tmp/netjail-test-XXXXXX", text[8192];
	struct rlimit before, small;
	struct log_file log;
	int made = mkstemp(path), fd;

	close(made);
	CHECK(log_file_open(path, &fd) == 0);
	signal(SIGXFSZ, SIG_IGN);
	CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
	small = (struct rlimit){500, before.rlim_max};
	CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
	log_file_init(&log, fd, false);
	CHECK(log_file_put(&log, object_of("one")) == 0);
	CHECK(log_file_put(&log, object_of("two")) == 0);
	CHECK(log_file_put(&log, object_of("three")) == 0);
	CHECK(log_file_put(&log, object_of("too much")) == -EFBIG);
	CHECK(log_file_put(&log, object_of("still")) == -EFBIG && log.lost == 2);
	made = open(path, O_RDONLY | O_CLOEXEC);
	content(made, text, sizeof(text));
	CHECK(check_lines(text) == 3);
	CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
	CHECK(log_file_put(&log, object_of("room")) == 0);
	CHECK(log_file_put(&log, object_of("more")) == 0 && log.lost == 2);
	content(made, text, sizeof(text));
	CHECK(check_lines(text) == 5);
	CHECK(strstr(text, "\"lost\":2") &&
	      !strstr(strstr(text, "\"lost\":2") + 1, "\"lost\""));
	close(made);
	close(fd);
	unlink(path);
	log_file_done(&log);
}

/* A pipe cannot be cut: its half line is finished first. */
TEST(pipe_that_was_full)
{
	static char text[1 << 17], big[4000];
	struct log_file log;
	size_t got = 0;
	int ends[2], limit;

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	limit = fcntl(ends[1], F_SETPIPE_SZ, 4096);
	CHECK(limit == 4096);
	memset(big, 'x', sizeof(big) - 1);
	log_file_init(&log, ends[1], false);
	log.rest = strdup(
		"{\"event\":{\"sequence\":0},\"netjail\":{\"chain\":\"" /* as if cut */);
	log.rest_len = strlen(log.rest);
	CHECK(log_file_put(&log, object_of("after")) == 0 && !log.rest);
	got = (size_t)read(ends[0], text, sizeof(text));
	text[got] = 0;
	CHECK(strncmp(text,
		      "{\"event\":{\"sequence\":0},\"netjail\":{\"chain\":\"{\"mess",
		      48) == 0);
	close(ends[0]);
	signal(SIGPIPE, SIG_IGN);
	CHECK(log_file_put(&log, object_of("nobody reads")) == -EPIPE && log.lost == 1);
	CHECK(log.sequence == 1);
	close(ends[1]);
	log_file_done(&log);
}

/* A call does not wait for ever for who reads its line: it is refused. */
TEST(pipe_that_nobody_reads)
{
	static char text[8192];
	struct log_file log;
	int ends[2];

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	CHECK(fcntl(ends[1], F_SETPIPE_SZ, 4096) == 4096);
	log_file_init(&log, ends[1], false);
	CHECK(write(ends[1], text, 4096) == 4096);
	CHECK(log_file_put(&log, object_of("no room")) == -EAGAIN && log.lost == 1);
	CHECK(read(ends[0], text, sizeof(text)) == 4096);
	CHECK(log_file_put(&log, object_of("room")) == 0 && log.sequence == 1);
	CHECK(read(ends[0], text, sizeof(text)) > 0 && strstr(text, "\"lost\":1"));
	log_file_done(&log);
	close(ends[0]);
	close(ends[1]);
}

TEST(locked)
{
	char path[] = "/tmp/netjail-test-XXXXXX";
	int made = mkstemp(path), first = -1, second = -1;

	close(made);
	CHECK(log_file_open(path, &first) == 0 && first >= 0);
	CHECK(log_file_open(path, &second) == -EWOULDBLOCK && second == -1);
	close(first);
	CHECK(log_file_open(path, &second) == 0);
	close(second);
	unlink(path);
	/* Nobody owns a device. */
	CHECK(log_file_open("/dev/null", &first) == 0);
	CHECK(log_file_open("/dev/null", &second) == 0);
	close(first);
	close(second);
	second = -1;
	CHECK(log_file_open("/nonexistent/log", &second) == -ENOENT);
	CHECK(log_file_open("/tmp", &second) == -EISDIR);
}
