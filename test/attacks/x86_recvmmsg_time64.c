/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/x86_recvmmsg_time64.c - a connected socket received by recvmmsg_time64(2) of the 32-bit ABI
 *
 * attack:   as outside_recvmmsg, by int $0x80 with 417; write(2) sends it on
 * expect:   silent control=none
 * event:    fd-passed-in
 * source:   arch/x86/entry/syscalls/syscall_32.tbl
 * root:     no
 * helper:   yes
 */
#include <sys/mman.h>

#include "door.h"

/* What the call reads, in low memory: struct mmsghdr and what it points to. */
struct batch32 {
	uint32_t name, name_len, iov, iov_count, control, control_len, flags, len;
	uint32_t span[2];
	char byte[8];
	_Alignas(8)
		uint32_t words[16]; /* the control data: three of them, the descriptor */
};

static long receive(int fd, struct batch32 *batch)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(417L), "b"((long)fd), "c"(batch), "d"(1L), "S"(0L), "D"(0L)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

int main(int argc, char **argv)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	struct batch32 *batch = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct outside outside;

	door_target(argc, argv);
	outside = find_outside();
	strcpy(to.sun_path, outside.sock);
	if (batch == MAP_FAILED || connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0 ||
	    write(fd, "u", 1) != 1)
		die(to.sun_path);
	batch->span[0] = (uint32_t)(uintptr_t)batch->byte;
	batch->span[1] = 1;
	batch->iov = (uint32_t)(uintptr_t)batch->span;
	batch->iov_count = 1;
	batch->control = (uint32_t)(uintptr_t)batch->words;
	batch->control_len = 16;
	if (receive(fd, batch) == 1 && batch->control_len >= 16)
		saw("write", (int)write((int)batch->words[3], "x", 1));
	return 0;
}
