/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_vm_writev.c - process_vm_writev(2) at netjail
 *
 * attack:   the first page of each writable area of the tracer is overwritten
 * expect:   silent control=none
 * event:    tracer-attacked
 * source:   process_vm_writev(2)
 * root:     no
 */
#include <sys/uio.h>

#include "areas.h"

static int scribble(pid_t pid, unsigned long at, char *bytes)
{
	struct iovec local = {bytes, 4096}, remote = {(void *)at, 4096};

	return process_vm_writev(pid, &local, 1, &remote, 1, 0) > 0;
}

int main(int argc, char **argv)
{
	return strike_watchers(argc, argv, scribble);
}
