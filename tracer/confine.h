/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/confine.h - what tracer and child give up before the child becomes the program
 */
#ifndef NETJAIL_TRACER_CONFINE_H
#define NETJAIL_TRACER_CONFINE_H

#include <stdbool.h>

#include "base/cleanup.h"

/* For the tracer before it forks the child, where rules can refuse something: both lose
 * CAP_NET_ADMIN. The program could change routes and addresses by write(2) on a netlink
 * socket, where no call stops; and what the tracer carries out for it is done with the
 * same rights (proc_same_rights). */
void confine_tracer(void);

/* True when this kernel has the scope of confine_child. */
must_check bool confine_is_known(void);

/* For the child, where rules can refuse something: by Landlock's signal scope (Linux
 * 6.12) the reach into processes outside. A process of a Landlock domain may not ptrace,
 * read or write the memory of one outside it (/proc/PID/mem among the ways), nor send it
 * signals. True when that is in force; wants no_new_privs or CAP_SYS_ADMIN. */
must_check bool confine_child(void);

#endif
