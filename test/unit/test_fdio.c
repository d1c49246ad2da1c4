/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_fdio.c - odd files, sizes around the limit, late and silent writers
 */
#include "base/fdio.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

#include "test/unit/harness.h"

static char folder[] = "/tmp/test_fdio.XXXXXX", path[64];

__attribute__((constructor)) static void make_folder(void)
{
	if (!mkdtemp(folder))
		abort();
	snprintf(path, sizeof(path), "%s/file", folder);
}

__attribute__((destructor)) static void remove_folder(void)
{
	unlink(path);
	rmdir(folder);
}

static void write_file(const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	CHECK(fd >= 0 && fdio_write_all(fd, bytes, len) == 0);
	close(fd);
}

static int ends[2];

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int read_error(const char *name, size_t max)
{
	char *data = path;
	size_t len = 77;
	int error = fdio_read_file(name, max, &data, &len);

	CHECK(error < 0 && data == path && len == 77); /* untouched */
	return error;
}

/* Forks a child that runs `work` on a descriptor and ends. */
static pid_t child(void (*work)(int fd), int fd)
{
	pid_t pid = fork();

	if (pid == 0) {
		work(fd);
		_exit(0);
	}
	return pid;
}

TEST(sizes)
{
	static const size_t sizes[] = {0, 1, 4094, 4095, 4096, 4097, 8191, 8192, 100000};
	char *bytes = calloc(1, 100000);

	for (size_t i = 0; i < 100000; i++)
		bytes[i] = (char)(i * 7);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		char *data = NULL;
		size_t len = 0;

		write_file(bytes, sizes[i]);
		CHECK(fdio_read_file(path, sizes[i], &data, &len) == 0);
		CHECK(len == sizes[i] && memcmp(data, bytes, len) == 0 && !data[len]);
		free(data);
		CHECK(fdio_read_file(path, (size_t)-1, &data, &len) == 0);
		CHECK(len == sizes[i] && memcmp(data, bytes, len) == 0 && !data[len]);
		free(data);
		if (sizes[i])
			CHECK(read_error(path, sizes[i] - 1) == -EFBIG);
	}
	free(bytes);
	unlink(path);
}

TEST(odd_files)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char *data = NULL;
	size_t len = 1;

	snprintf(un.sun_path, sizeof(un.sun_path), "%s", path);
	CHECK(bind(fd, (struct sockaddr *)&un, sizeof(un)) == 0);
	CHECK(read_error(path, 9) == -EINVAL);
	close(fd);
	unlink(path);

	CHECK(read_error(path, 9) == -ENOENT);
	CHECK(read_error("", 9) == -ENOENT);
	CHECK(read_error(folder, 9) == -EISDIR);
	CHECK(read_error("/dev/zero", 5000) == -EFBIG);
	CHECK(read_error("/dev/zero", 0) == -EFBIG);
	CHECK(fdio_read_file("/dev/null", 0, &data, &len) == 0 && len == 0 && !data[0]);
	free(data);
	CHECK(symlink(path, path) == 0);
	CHECK(read_error(path, 9) == -ELOOP);
	unlink(path);
	/* Files of /proc say that they are 0 bytes long. */
	CHECK(fdio_read_file("/proc/self/status", 1 << 16, &data, &len) == 0 &&
	      len > 100);
	free(data);
	CHECK(read_error("/proc/self/status", 10) == -EFBIG);
}

static void write_late(int fd)
{
	(void)fd;
	usleep(200000);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	for (int i = 0; i < 3; i++) {
		usleep(50000);
		if (fdio_write_all(fd, "part\n", 5) < 0)
			_exit(1);
	}
}

TEST(fifo_with_a_late_writer)
{
	char *data = NULL;
	size_t len = 0;
	pid_t pid;

	CHECK(mkfifo(path, 0600) == 0);
	pid = child(write_late, -1);
	CHECK(fdio_read_file(path, 100, &data, &len) == 0);
	CHECK(len == 15);
	CHECK_STR(data ? data : "", "part\npart\npart\n");
	free(data);
	CHECK(waitpid(pid, NULL, 0) == pid);

	pid = child(write_late, -1);
	CHECK(read_error(path, 14) == -EFBIG);
	CHECK(waitpid(pid, NULL, 0) == pid);
	unlink(path);
}

TEST(silent_fifo_and_silent_pipe)
{
	double start = seconds();
	char name[32];

	CHECK(mkfifo(path, 0600) == 0);
	CHECK(read_error(path, 9) == -ETIMEDOUT);
	unlink(path);
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", ends[0]);
	CHECK(read_error(name, 9) == -ETIMEDOUT);
	CHECK(seconds() - start > 3.9 && seconds() - start < 8);

	CHECK(write(ends[1], "now", 3) == 3);
	close(ends[1]);
	{
		cleanup_free char *data = NULL;
		size_t len = 0;

		CHECK(fdio_read_file(name, 9, &data, &len) == 0 && len == 3);
		CHECK_STR(data ? data : "", "now");
	}
	close(ends[0]);
}

TEST(small_files)
{
	char *data = malloc(8);

	write_file("0123456789", 10);
	for (size_t cap = 1; cap <= 8; cap++) {
		memset(data, 'x', 8);
		CHECK(fdio_read_small(path, data, cap) == (int)cap - 1);
		CHECK(strlen(data) == cap - 1 &&
		      memcmp(data, "0123456789", cap - 1) == 0);
	}
	write_file("", 0);
	CHECK(fdio_read_small(path, data, 8) == 0 && !data[0]);
	write_file("a\0b", 3);
	CHECK(fdio_read_small(path, data, 8) == 3 && memcmp(data, "a\0b", 4) == 0);
	unlink(path);
	CHECK(fdio_read_small(path, data, 8) == -ENOENT);
	CHECK(fdio_read_small(folder, data, 8) == -EISDIR);
	CHECK(fdio_read_small("/proc/self/comm", data, 8) == 7);
	free(data);
}

static void read_slowly(int fd)
{
	char part[3000];

	close(ends[1]);
	usleep(100000);
	while (read(fd, part, sizeof(part)) > 0)
		usleep(500);
}

static void on_alarm(int signal)
{
	(void)signal;
}

/* A full pipe, blocking or not, and a timer that interrupts the writer all the time. */
static void check_write(int flags)
{
	static const struct itimerval tick = {{0, 3000}, {0, 3000}},
				      none = {{0, 0}, {0, 0}};
	struct sigaction act = {.sa_handler = on_alarm};
	char *bytes = calloc(1, 300000);
	pid_t pid;

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	CHECK(fcntl(ends[1], F_SETFL, flags) == 0);
	pid = child(read_slowly, ends[0]);
	close(ends[0]);
	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &tick, NULL);
	CHECK(fdio_write_all(ends[1], bytes, 300000) == 0);
	setitimer(ITIMER_REAL, &none, NULL);
	close(ends[1]);
	CHECK(waitpid(pid, NULL, 0) == pid);
	free(bytes);
}

TEST(write_all)
{
	check_write(0);
	check_write(O_NONBLOCK);
}

TEST(write_errors)
{
	CHECK(fdio_write_all(-1, "x", 1) == -EBADF);
	CHECK(fdio_write_all(-1, NULL, 0) == 0);
	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	close(ends[0]);
	CHECK(fdio_write_all(ends[1], "x", 1) == -EPIPE);
	close(ends[1]);
	ends[1] = open("/dev/full", O_WRONLY | O_CLOEXEC);
	CHECK(fdio_write_all(ends[1], "x", 1) == -ENOSPC);
	close(ends[1]);
}

/* A signal that comes all the time neither ends a read nor keeps it waiting for ever. */
TEST(silent_fifo_under_signals)
{
	static const struct itimerval tick = {{0, 3000}, {0, 3000}},
				      none = {{0, 0}, {0, 0}};
	struct sigaction act = {.sa_handler = on_alarm};
	double start = seconds();

	CHECK(mkfifo(path, 0600) == 0);
	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &tick, NULL);
	CHECK(read_error(path, 9) == -ETIMEDOUT);
	setitimer(ITIMER_REAL, &none, NULL);
	CHECK(seconds() - start < 4);
	unlink(path);
}
