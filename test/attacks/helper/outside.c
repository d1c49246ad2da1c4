/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/helper/outside.c - a process outside the jail that attacks try to use
 *
 * outside FILE SOCK ADDR PORT: writes "PID TARGET GO UDP SOCK" to FILE (addresses in hex,
 * a descriptor number, see struct outside in door.h), prints "ready", then connects to
 * the struct endpoint at TARGET whenever the byte at GO becomes 1, and gives descriptors
 * to who connects to SOCK and writes 'u', 'k', 'f', 'w', 's' (a stream), 'c' or 'r'. Ends on SIGTERM, with its parent, or
 * after two minutes.
 */
#include <linux/io_uring.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#include "../door.h"

static volatile unsigned char go;
static struct endpoint target;

static void give(int to, int fd, void *bytes, size_t len)
{
	if (fd >= 0)
		pass_fd(to, fd, bytes, len, MSG_NOSIGNAL);
}

/* A socket that is connected to the target, made anew. */
static int fresh_socket(const struct endpoint *to, int type)
{
	int sock = socket(to->sa.sa_family, type | SOCK_CLOEXEC, 0);

	if (connect(sock, &to->sa, to->len) < 0)
		die("connect");
	return sock;
}

/* One that has begun a datagram for the target. */
static int corked_socket(const struct endpoint *to)
{
	int sock = socket(to->sa.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (sendto(sock, "begun", 5, MSG_MORE, &to->sa, to->len) != 5)
		die("sendto");
	return sock;
}

static void serve(int listener, int udp, const struct endpoint *to)
{
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	struct io_uring_params params = {0};
	char what = 0;
	int ring, fresh;

	if (fd < 0 || read(fd, &what, 1) != 1)
		return;
	if (what == 'u' || what == 'k') {
		give(fd, udp, &what, 1);
	} else if (what == 'f' || what == 'w' || what == 's') {
		fresh = fresh_socket(to, what == 's' ? SOCK_STREAM : SOCK_DGRAM);
		give(fd, fresh, &what, 1);
		close(fresh);
	} else if (what == 'c') {
		fresh = corked_socket(to);
		give(fd, fresh, &what, 1);
		close(fresh);
	} else if (what == 'r') {
		ring = (int)syscall(SYS_io_uring_setup, 8, &params);
		give(fd, ring, &params, sizeof(params));
		if (ring >= 0)
			close(ring);
	}
	if (what != 'k' && what != 'w') /* who received it waits for more */
		close(fd);
}

static int listen_at(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
	unlink(path);
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(fd, 64) < 0)
		die(path);
	chmod(path, 0777);
	return fd;
}

int main(int argc, char **argv)
{
	struct pollfd listener = {.events = POLLIN};
	struct endpoint udp_end;
	FILE *file;
	int udp;

	usage_unless(argc == 5, "outside FILE SOCK ADDR PORT");
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	prctl(PR_SET_DUMPABLE, 1); /* setpriv(1) cleared it for a changed user */
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
	alarm(120);
	udp_end = endpoint_from(argv[3], argv[4]);
	udp = fresh_socket(&udp_end, SOCK_DGRAM);
	listener.fd = listen_at(argv[2]);
	file = fopen(argv[1], "we");
	if (!file)
		die(argv[1]);
	fprintf(file, "%d %lx %lx %d %s\n", (int)getpid(), (unsigned long)&target,
		(unsigned long)&go, udp, argv[2]);
	fclose(file);
	puts("ready");
	fflush(stdout);
	for (;;) {
		if (poll(&listener, 1, 5) > 0)
			serve(listener.fd, udp, &udp_end);
		if (go) {
			go = 0;
			knock(&target);
		}
	}
}
