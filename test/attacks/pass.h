/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/pass.h - passes and receives a descriptor over AF_UNIX
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

/* *ret_fd stays as it is when none came; what recvmsg(2) says. */
static inline ssize_t receive_fd(int over, int *ret_fd, void *bytes, size_t len)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec span = {bytes, len};
	struct msghdr message = {.msg_iov = &span,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	ssize_t got = recvmsg(over, &message, 0);

	if (got >= 0 && message.msg_controllen && CMSG_FIRSTHDR(&message))
		memcpy(ret_fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(*ret_fd));
	return got;
}

#endif
