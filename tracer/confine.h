/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/confine.h - what the child gives up before it becomes the program
 */
#ifndef NETJAIL_TRACER_CONFINE_H
#define NETJAIL_TRACER_CONFINE_H

#include <stdbool.h>

/* For the child, where rules can refuse something: CAP_NET_ADMIN (it could change
 * routes and addresses by write(2) on a netlink socket, where no call stops), and by
 * Landlock's signal scope (Linux 6.12) the reach into processes outside: a process of
 * a Landlock domain may not ptrace, read or write the memory of one outside it
 * (/proc/PID/mem among the ways), nor send it signals. True when the second is in
 * force; wants no_new_privs or CAP_SYS_ADMIN. */
bool confine_child(void);

#endif
