/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/send_udp.c - sends one datagram by sendto, sendmsg, sendmmsg or a
 * connected send
 */
#include "victim.h"

static char payload[] = "datagram\n";

static int by_sendto(int fd, struct endpoint *ep)
{
	return (int)sendto(fd, payload, sizeof(payload) - 1, 0, &ep->sa, ep->len);
}

static int by_sendmsg(int fd, struct endpoint *ep)
{
	struct iovec iov = {.iov_base = payload, .iov_len = sizeof(payload) - 1};
	struct msghdr msg = {.msg_name = &ep->sa,
			     .msg_namelen = ep->len,
			     .msg_iov = &iov,
			     .msg_iovlen = 1};

	return (int)sendmsg(fd, &msg, 0);
}

static int by_sendmmsg(int fd, struct endpoint *ep)
{
	struct iovec iov = {.iov_base = payload, .iov_len = sizeof(payload) - 1};
	struct mmsghdr msgs[3] = {0};

	for (int i = 0; i < 3; i++)
		msgs[i].msg_hdr = (struct msghdr){.msg_name = &ep->sa,
						  .msg_namelen = ep->len,
						  .msg_iov = &iov,
						  .msg_iovlen = 1};
	return sendmmsg(fd, msgs, 3, 0);
}

static int by_connected(int fd, struct endpoint *ep)
{
	if (connect(fd, &ep->sa, ep->len) < 0)
		return -1;
	return (int)send(fd, payload, sizeof(payload) - 1, 0);
}

static const struct {
	const char *name;
	int (*send)(int fd, struct endpoint *ep);
} kinds[] = {
	{"sendto", by_sendto},
	{"sendmsg", by_sendmsg},
	{"sendmmsg", by_sendmmsg},
	{"connected", by_connected},
};

static void send_and_listen(size_t kind, struct endpoint *ep)
{
	int fd = socket_for(ep, SOCK_DGRAM);
	char answer[64];
	ssize_t got;
	int rc;

	rc = kinds[kind].send(fd, ep);
	if (rc < 0)
		die(kinds[kind].name);
	printf("%s = %d\n", kinds[kind].name, rc);
	got = recv(fd, answer, sizeof(answer), 0);
	if (got < 0)
		die("recv");
	printf("%.*s", (int)got, answer);
}

int main(int argc, char **argv)
{
	struct endpoint ep;

	usage_unless(argc == 4,
		     "send_udp ADDRESS PORT sendto|sendmsg|sendmmsg|connected");
	ep = endpoint_from(argv[1], argv[2]);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(argv[3], kinds[i].name) != 0)
			continue;
		send_and_listen(i, &ep);
		return 0;
	}
	fprintf(stderr, "no such kind: %s\n", argv[3]);
	return 2;
}
