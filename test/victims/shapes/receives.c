/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/shapes/receives.c - recvfrom, recvmsg and recvmmsg, with and without something to
 * receive
 */
#include "shapes.h"

static const char text[] = "forty bytes that are no text\1\2\3 and more";

static int bound_udp(struct sockaddr_in *end)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	*end = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(7007)};
	inet_pton(AF_INET, "127.0.0.1", &end->sin_addr);
	if (bind(fd, (struct sockaddr *)end, sizeof(*end)) != 0)
		die("bind");
	return fd;
}

static void send_some(int fd, const struct sockaddr_in *to, size_t len)
{
	if (sendto(fd, text, len, 0, (const struct sockaddr *)to, sizeof(*to)) !=
	    (long)len)
		die("sendto");
}

static void froms(int fd, const struct sockaddr_in *to)
{
	static const int rooms[] = {0, 1, 8, 16, 100};

	for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		put_at(256, &rooms[i], sizeof(rooms[i]));
		send_some(fd, to, 7 * i);
		call(SYS_recvfrom, fd, END, 64, 0, END + 128, (long)(END + 256));
		call(SYS_recvfrom, fd, END, 64, MSG_DONTWAIT, END + 128,
		     (long)(END + 256));
	}
	send_some(fd, to, sizeof(text));
	call(SYS_recvfrom, fd, END, 64, MSG_PEEK, NULL, 0);
	call(SYS_recvfrom, fd, END, 5, MSG_TRUNC, NULL, 0);
	call(SYS_recvfrom, fd, END, 5, MSG_DONTWAIT, END, 0);
	call(SYS_recvfrom, fd, END, 5, MSG_DONTWAIT, END, 0x10);
	call(SYS_recvfrom, fd, BAD, 5, MSG_DONTWAIT, NULL, 0);
	call(SYS_recvfrom, -1, END, 5, MSG_DONTWAIT | 0x1000000, NULL, 0);
	call(SYS_recvfrom, unpair[0], NULL, 0, MSG_DONTWAIT, NULL, 0);
}

/* At END: the header, three spans, a name, and room for control data. */
static struct msghdr *message(unsigned name_room, unsigned spans, unsigned control)
{
	struct iovec iov[3] = {{END + 1024, 4}, {END + 1040, 10}, {END + 1060, 30}};
	struct msghdr header = {.msg_name = name_room ? END + 512 : NULL,
				.msg_namelen = name_room,
				.msg_iov = (struct iovec *)(END + 256),
				.msg_iovlen = spans,
				.msg_control = control ? END + 2048 : NULL,
				.msg_controllen = control};

	put_at(256, iov, sizeof(iov));
	return put_at(0, &header, sizeof(header));
}

static void received(int fd, const struct sockaddr_in *to)
{
	static const unsigned rooms[] = {0, 8, 16, 128};
	int one = 1;

	setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &one, sizeof(one));
	setsockopt(fd, IPPROTO_IP, IP_RECVTTL, &one, sizeof(one));
	for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		for (unsigned spans = 0; spans <= 3; spans++) {
			send_some(fd, to, 2 + 6 * spans);
			call(SYS_recvmsg, fd,
			     message(rooms[i], spans, spans == 2 ? 256 : 0), 0, 0, NULL,
			     0);
		}
	}
	call(SYS_recvmsg, fd, message(16, 1, 0), MSG_DONTWAIT, 0, NULL, 0);
	call(SYS_recvmsg, fd, NULL, MSG_DONTWAIT, 0, NULL, 0);
	call(SYS_recvmsg, fd, BAD, MSG_DONTWAIT, 0, NULL, 0);
	call(SYS_recvmsg, -1, message(16, 1, 0), MSG_CMSG_CLOEXEC, 0, NULL, 0);
}

static void descriptors(void)
{
	char control[CMSG_SPACE(2 * sizeof(int))] = {0};
	struct iovec iov = {(void *)text, 3};
	struct msghdr header = {.msg_iov = &iov,
				.msg_iovlen = 1,
				.msg_control = control,
				.msg_controllen = sizeof(control)};
	struct cmsghdr *first = CMSG_FIRSTHDR(&header);
	int fds[2] = {udp, tcp}, one = 1;

	*first = (struct cmsghdr){.cmsg_level = SOL_SOCKET,
				  .cmsg_type = SCM_RIGHTS,
				  .cmsg_len = CMSG_LEN(sizeof(fds))};
	memcpy(CMSG_DATA(first), fds, sizeof(fds));
	setsockopt(unpair[1], SOL_SOCKET, SO_PASSCRED, &one, sizeof(one));
	if (sendmsg(unpair[0], &header, 0) != 3)
		die("sendmsg");
	call(SYS_recvmsg, unpair[1], message(110, 2, 512), 0, 0, NULL, 0);
}

static void batches(int fd, const struct sockaddr_in *to)
{
	struct mmsghdr batch[3] = {{.msg_hdr = *message(16, 3, 0)},
				   {.msg_hdr = *message(0, 1, 0)},
				   {.msg_hdr = *message(128, 2, 0)}};
	struct timespec second = {1, 500};

	for (unsigned i = 0; i < 4; i++) {
		put_at(3000, batch, sizeof(batch));
		for (unsigned j = 0; j < i; j++)
			send_some(fd, to, 10 + j);
		call(SYS_recvmmsg, fd, END + 3000, 3, MSG_DONTWAIT, NULL, 0);
	}
	send_some(fd, to, 10);
	call(SYS_recvmmsg, fd, END + 3000, 3, MSG_DONTWAIT, BAD, 0);
	call(SYS_recvmmsg, fd, END + 3000, 0, MSG_DONTWAIT, NULL, 0);
	call(SYS_recvmmsg, fd, BAD, 3, MSG_DONTWAIT,
	     put_at(3800, &second, sizeof(second)), 0);
	call(SYS_recvmmsg, -1, END + 3000, 3, MSG_WAITFORONE, END + 3800, 0);
}

void receives(void)
{
	struct sockaddr_in to;
	int fd = bound_udp(&to);

	froms(fd, &to);
	received(fd, &to);
	batches(fd, &to);
	descriptors();
	close(fd);
}
