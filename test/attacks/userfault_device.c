/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/userfault_device.c - userfaultfd by its device, which holds back faults of the kernel
 *
 * attack:   USERFAULTFD_IOC_NEW on /dev/userfaultfd: netjail's reads would wait for the
 *           program
 * expect:   silent control=none
 * event:    tracer-attacked
 * witness:  output
 * source:   userfaultfd(2)
 * root:     yes
 */
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>

#include "door.h"

int main(int argc, char **argv)
{
	int fd = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);

	door_target(argc, argv);
	if (fd < 0)
		skip("/dev/userfaultfd");
	puts(ioctl(fd, USERFAULTFD_IOC_NEW, O_CLOEXEC) >= 0 ? "leak: a userfaultfd"
							    : "refused");
	return 0;
}
