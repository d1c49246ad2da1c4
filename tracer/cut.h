/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/cut.h - ends what goes through a socket, whoever holds it
 */
#ifndef NETJAIL_TRACER_CUT_H
#define NETJAIL_TRACER_CUT_H

#include <stdbool.h>

#include "base/cleanup.h"

/* 0 when nothing goes to a peer any more and nothing comes that was not there already,
 * for ever; -errno of what the kernel would not do. Sends nothing but the end itself,
 * and does not wait. */
must_check int cut_socket(int sock);

/* A datagram that has been begun (MSG_MORE, UDP_CORK) will never go. True when there was
 * one, or when one that was under way left the host just then. */
must_check bool cut_held_back(int sock);

#endif
