/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/receive.h - a socket of the helper outside, to be received in odd ways
 */
#ifndef NETJAIL_TEST_RECEIVE_H
#define NETJAIL_TEST_RECEIVE_H

#include <pthread.h>
#include <sys/mman.h>

#include "door.h"

/* A page with all that a receive call is given. */
struct place {
	struct mmsghdr batch[2];
	struct iovec span[2];
	char byte[2];
	_Alignas(struct cmsghdr) char control[2][CMSG_SPACE(sizeof(int))];
} __attribute__((aligned(4096)));

static inline struct place *door_pages(size_t count)
{
	void *pages = mmap(NULL, count * sizeof(struct place), PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED)
		die("mmap");
	return (struct place *)pages;
}

/* Fills the page, asks the helper for its connected datagram socket, and says where it
 * will come from. HOW is 'u', 'k' when more may follow, or 'f' and 'w' for a socket of its own. */
static inline int ask_at_once(struct place *page, char how)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	struct outside outside = find_outside();
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	for (int i = 0; i < 2; i++) {
		page->span[i] = (struct iovec){&page->byte[i], 1};
		page->batch[i].msg_hdr =
			(struct msghdr){.msg_iov = &page->span[i],
					.msg_iovlen = 1,
					.msg_control = page->control[i],
					.msg_controllen = sizeof(page->control[i])};
	}
	strcpy(to.sun_path, outside.sock);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0 ||
	    write(fd, &how, 1) != 1)
		die(to.sun_path);
	return fd;
}

/* The same, and the answer has come. */
static inline int ask_socket(struct place *page, char how)
{
	int fd = ask_at_once(page, how);

	usleep(50000);
	return fd;
}

static inline int received(struct msghdr *msg)
{
	int fd = -1;

	if (msg->msg_controllen && CMSG_FIRSTHDR(msg))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(msg)), sizeof(fd));
	return fd;
}

static inline void use_descriptor(int fd)
{
	saw("write", fd < 0 ? -1 : write(fd, "x", 1));
}

#endif
