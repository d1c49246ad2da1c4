/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/fuse_close.c - a descriptor whose close never ends
 *
 * attack:   connect and sendmsg name a file of the program's own file system, which does
 *           not answer FUSE_FLUSH: who takes a copy of the descriptor is stuck in close(2)
 *           and not even SIGKILL ends it; then a connection
 * expect:   silent control=none
 * event:    -
 * source:   fuse(4), fs/fuse/dev.c request_wait_answer: FLUSH is FR_FORCE
 * root:     yes, mount(2)
 */
#include <linux/fuse.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mount.h>

#include "door.h"

static void answer(int dev, uint64_t unique, int error, const void *body, size_t len)
{
	struct {
		struct fuse_out_header head;
		char body[256];
	} out = {.head = {(uint32_t)(sizeof(out.head) + len), error, unique}};

	memcpy(out.body, body, len);
	(void)!write(dev, &out, out.head.len);
}

/* One regular file, which is the root of its file system. */
static void serve(int dev)
{
	static _Alignas(8) char in[FUSE_MIN_READ_BUFFER + 4096];
	const struct fuse_in_header *head = (const void *)in;
	struct fuse_init_out init = {.major = FUSE_KERNEL_VERSION,
				     .minor = FUSE_KERNEL_MINOR_VERSION,
				     .max_write = 4096};
	struct fuse_attr_out attr = {
		.attr_valid = 1000,
		.attr = {.ino = 1, .mode = S_IFREG | 0644, .nlink = 1}};
	struct fuse_open_out opened = {.fh = 1};

	while (read(dev, in, sizeof(in)) > 0) {
		if (head->opcode == FUSE_INIT)
			answer(dev, head->unique, 0, &init, sizeof(init));
		else if (head->opcode == FUSE_GETATTR)
			answer(dev, head->unique, 0, &attr, sizeof(attr));
		else if (head->opcode == FUSE_OPEN)
			answer(dev, head->unique, 0, &opened, sizeof(opened));
		else if (head->opcode != FUSE_FLUSH)
			answer(dev, head->unique, -ENOSYS, "", 0);
	}
	_exit(0);
}

static int open_stalling(const char *path, pid_t *ret_server)
{
	char options[96];
	int dev = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	close(fd);
	if (dev < 0 || fd < 0 || unshare(CLONE_NEWNS) != 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
		skip("/dev/fuse");
	snprintf(options, sizeof(options), "fd=%d,rootmode=100644,user_id=%d,group_id=%d",
		 dev, getuid(), getgid());
	if (mount("stall", path, "fuse", MS_NOSUID | MS_NODEV, options) != 0)
		skip("mount");
	*ret_server = fork();
	if (*ret_server == 0)
		serve(dev);
	close(dev);
	return open(path, O_RDONLY);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	struct msghdr message = {.msg_name = &ep.sa, .msg_namelen = ep.len};
	pid_t server;
	int fd = open_stalling("stalling", &server);

	saw("open", fd);
	saw("connect", connect(fd, &ep.sa, ep.len));
	saw("sendmsg", sendmsg(fd, &message, 0));
	knock(&ep);
	kill(server, SIGKILL); /* the end of its file system, and of every wait for it */
	waitpid(server, NULL, 0);
	return 0;
}
