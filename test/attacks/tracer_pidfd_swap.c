/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_pidfd_swap.c - netjail's directory in /proc in the place of the judged pidfd
 *
 * attack:   pidfd_send_signal with SIGKILL to a dead child, while another thread puts the directory of
 *           netjail under the same number
 * expect:   silent control=none
 * event:    tracer-attacked
 * tries:    20000
 * source:   pidfd_send_signal(2)
 * root:     no
 */
#include "pidfd_swap.h"

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);

	return pidfd_swap(&ep, door_tries(argc, argv, 2000));
}
