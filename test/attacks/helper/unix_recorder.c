/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/helper/unix_recorder.c - AF_UNIX listeners whose record is the proof of
 * what reached them
 *
 * unix_recorder FILE PATH...: for each PATH a stream listener at PATH, another at the
 * abstract name PATH, and a datagram socket at PATH.dgram. Appends "stream PATH",
 * "abstract PATH", "dgram PATH" to FILE for each connection and datagram, and answers a
 * stream with the process id that SO_PEERCRED shows. A datagram "barrier TEXT" to the
 * first PATH.dgram writes that line after everything that came before it. Prints "ready";
 * ends on SIGTERM, with its parent, or after ten minutes.
 */
#include <poll.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include "../door.h"

#define PATHS_MAX 4

enum kind { STREAM, ABSTRACT, DGRAM, KIND_NUM_ };

static const char *const kind_names[] = {"stream", "abstract", "dgram"};
static struct pollfd fds[PATHS_MAX * KIND_NUM_];
static FILE *record;
static char **paths;
static nfds_t count;

static int open_listener(const char *path, enum kind kind)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int type = kind == DGRAM ? SOCK_DGRAM : SOCK_STREAM;
	int fd = socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	size_t len = (size_t)snprintf(at.sun_path + (kind == ABSTRACT), 100, "%s%s", path,
				      kind == DGRAM ? ".dgram" : "");

	len += offsetof(struct sockaddr_un, sun_path) + 1;
	if (kind != ABSTRACT)
		unlink(at.sun_path);
	if (bind(fd, (struct sockaddr *)&at, (socklen_t)len) < 0)
		die(path);
	if (kind != ABSTRACT)
		chmod(at.sun_path, 0777);
	if (kind != DGRAM && listen(fd, 1024) < 0)
		die(path);
	return fd;
}

static bool take_stream(nfds_t i)
{
	struct ucred peer = {0};
	socklen_t len = sizeof(peer);
	int fd = accept4(fds[i].fd, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0)
		return false;
	getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len);
	dprintf(fd, "%d\n", (int)peer.pid);
	close(fd);
	fprintf(record, "%s %s\n", kind_names[i % KIND_NUM_], paths[i / KIND_NUM_]);
	return true;
}

static void drain_streams(void)
{
	for (nfds_t i = 0; i < count; i++)
		while (i % KIND_NUM_ != DGRAM && take_stream(i))
			;
}

static void drain_datagrams(void)
{
	char bytes[256];

	for (nfds_t i = DGRAM; i < count; i += KIND_NUM_) {
		ssize_t got;

		while ((got = recv(fds[i].fd, bytes, sizeof(bytes) - 1, 0)) >= 0) {
			bytes[got] = 0;
			if (strncmp(bytes, "barrier ", 8) == 0)
				fprintf(record, "%s\n", bytes);
			else
				fprintf(record, "dgram %s\n", paths[i / KIND_NUM_]);
		}
	}
}

int main(int argc, char **argv)
{
	usage_unless(argc >= 3 && argc <= 2 + PATHS_MAX, "unix_recorder FILE PATH...");
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	alarm(600);
	record = fopen(argv[1], "ae");
	if (!record)
		die(argv[1]);
	paths = argv + 2;
	count = (nfds_t)(argc - 2) * KIND_NUM_;
	for (nfds_t i = 0; i < count; i++) {
		fds[i].fd =
			open_listener(paths[i / KIND_NUM_], (enum kind)(i % KIND_NUM_));
		fds[i].events = POLLIN;
	}
	puts("ready");
	fflush(stdout);
	while (poll(fds, count, -1) > 0 || errno == EINTR) {
		drain_streams();
		drain_datagrams();
		fflush(record);
	}
	return 0;
}
