/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/request.h - one call that names or creates a network end, as rules see it
 *
 * What is not known is NULL, or -1 for the user: a condition about it then neither holds
 * nor fails (rules/condition).
 */
#ifndef NETJAIL_RULES_REQUEST_H
#define NETJAIL_RULES_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "net/endpoint.h"
#include "net/sockkind.h"

/* Names of one address that are looked at. */
#define REQUEST_NAMES_MAX 64

enum request_kind {
	REQUEST_CONNECT = 0, /* connect(2): `end` is the destination */
	REQUEST_SEND,        /* a send that names a destination, or goes to the peer */
	REQUEST_BIND,        /* bind(2) and listen(2): `end` is the local address */
	REQUEST_SOCKET,      /* socket(2): `end` is not looked at */
	REQUEST_NUM_
};

/* An executable that led to a program: that of its parent, of that one's parent, ... */
struct ancestor {
	const char *exe;
	const struct ancestor *next;
};

/* What a process executes: plain values, taken when it was executed. */
struct program {
	const char *exe;    /* absolute path */
	const char *script; /* absolute path; "" when it is no script */
	const char *args;   /* each with a NUL after it, the program's own name first */
	size_t args_len;
	const struct ancestor *ancestors; /* those of its executable; NULL: none */
};

struct request {
	enum request_kind kind;
	struct sockkind sock;
	struct endpoint end;
	/* what the address is called, in small letters without a dot at the end */
	const char *names[REQUEST_NAMES_MAX];
	unsigned name_count;
	const struct program *program;
	/* the process was forked off by one that executes the same: `program` is an
	 * ancestor as well */
	bool forked;
	int64_t user; /* id of the user with whose rights the call is made */
};

#endif
