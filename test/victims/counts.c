/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/counts.c - makes an AF_UNIX call, then counts without a call, in a file's memory
 *
 * usage: counts FILE
 * Prints "ready", waits for a line on standard input, prints "counting" and counts for ever: eight
 * bytes at the start of FILE.
 */
#include "victim.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char **argv)
{
	struct sockaddr_un nobody = {.sun_family = AF_UNIX, .sun_path = "/nobody"};
	int fd = argc > 1 ? open(argv[1], O_RDWR | O_CREAT, 0600) : -1;
	volatile unsigned long *count;
	char line[8];

	if (fd < 0 || ftruncate(fd, sizeof(*count)) != 0)
		die("open");
	count = mmap(NULL, sizeof(*count), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (count == MAP_FAILED)
		die("mmap");
	puts("ready");
	fflush(stdout);
	(void)!read(0, line, sizeof(line));
	(void)!connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&nobody,
		       sizeof(nobody));
	puts("counting");
	fflush(stdout);
	for (;;)
		++*count;
}
