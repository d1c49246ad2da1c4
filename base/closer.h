/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/closer.h - closes descriptors whose close(2) may never end
 */
#ifndef NETJAIL_BASE_CLOSER_H
#define NETJAIL_BASE_CLOSER_H

#include "base/cleanup.h"

/* Closes it in a process of netjail's own, waiting for a millisecond at most where that
 * takes its time. Where no process can be had it stays open. For one thread only. */
void closer_close(int fd);

#endif
