/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/pass.h - passes a descriptor over AF_UNIX
 */
#ifndef NETJAIL_TEST_PASS_H
#define NETJAIL_TEST_PASS_H

#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

/* With `len` bytes; what sendmsg(2) says. */
static inline ssize_t pass_fd(int over, int fd, void *bytes, size_t len, int flags)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec span = {bytes, len};
	struct msghdr message = {.msg_iov = &span,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct cmsghdr *head = CMSG_FIRSTHDR(&message);

	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	return sendmsg(over, &message, flags);
}

#endif
