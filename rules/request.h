/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/request.h - one call that names or creates a network end, as rules see it
 */
#ifndef NETJAIL_RULES_REQUEST_H
#define NETJAIL_RULES_REQUEST_H

#include "net/endpoint.h"
#include "net/sockkind.h"

enum request_kind {
	REQUEST_CONNECT = 0, /* connect(2): `end` is the destination */
	REQUEST_SEND,        /* a send that names a destination, or goes to the peer */
	REQUEST_BIND,        /* bind(2) and listen(2): `end` is the local address */
	REQUEST_SOCKET,      /* socket(2): `end` is not looked at */
	REQUEST_NUM_
};

struct request {
	enum request_kind kind;
	struct sockkind sock;
	struct endpoint end;
};

#endif
