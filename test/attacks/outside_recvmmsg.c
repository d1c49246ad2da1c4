/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/outside_recvmmsg.c - a connected socket received by recvmmsg(2), read(2) sends it on
 *
 * attack:   as outside_scm_rights, taken by recvmmsg and used by sendfile(2)
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   recvmmsg(2), unix(7) SCM_RIGHTS
 * root:     no
 * helper:   yes
 */
#include <sys/mman.h>
#include <sys/sendfile.h>

#include "door.h"

static int receive(int from)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {0};
	char byte;
	struct iovec span = {&byte, 1};
	struct mmsghdr batch = {.msg_hdr = {.msg_iov = &span,
					    .msg_iovlen = 1,
					    .msg_control = control,
					    .msg_controllen = sizeof(control)}};
	int got = -1;

	if (recvmmsg(from, &batch, 1, 0, NULL) == 1 && batch.msg_hdr.msg_controllen)
		memcpy(&got, CMSG_DATA(CMSG_FIRSTHDR(&batch.msg_hdr)), sizeof(got));
	return got;
}

int main(int argc, char **argv)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	struct outside outside;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), file = memfd_create("x", 0), got;

	door_target(argc, argv);
	outside = find_outside();
	strcpy(to.sun_path, outside.sock);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0 || write(fd, "u", 1) != 1)
		die(to.sun_path);
	got = receive(fd);
	saw("receive", got);
	if (write(file, "x", 1) == 1 && lseek(file, 0, SEEK_SET) == 0 && got >= 0)
		saw("sendfile", sendfile(got, file, NULL, 1));
	return 0;
}
