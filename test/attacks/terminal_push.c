/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/terminal_push.c - input pushed into the terminal for the shell outside
 *
 * attack:   TIOCSTI types a command for whoever reads the terminal next
 * expect:   silent control=none
 * event:    -
 * source:   ioctl_tty(2) TIOCSTI, dev.tty.legacy_tiocsti
 * root:     no
 * witness:  output
 */
#include <sys/ioctl.h>

#include "door.h"

int main(int argc, char **argv)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC);

	door_target(argc, argv);
	if (tty < 0)
		skip("no terminal");
	if (ioctl(tty, TIOCSTI, "\n") < 0 && tracer_pid() == 0)
		skip("TIOCSTI");
	puts("leak: typed");
	return 0;
}
