/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/sockaddr.h - turns sockaddr bytes copied from a program into an endpoint
 *
 * Contract:  input is hostile and may be any length; no allocation; no descriptor.
 * Errors:    outputs untouched on failure.
 */
#ifndef NETJAIL_NET_SOCKADDR_H
#define NETJAIL_NET_SOCKADDR_H

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

struct endpoint;

/* Decodes `len` bytes (0..128) by the family in their first two. 0, or -EINVAL when there
 * are fewer bytes than the kernel wants for that family (AF_INET: 16; AF_INET6: 24, the
 * RFC 2133 length without scope id, net/ipv6/af_inet6.c; AF_UNIX: 2; netlink: 12; packet:
 * 12; vsock: 16; others: 2). AF_UNSPEC decodes as "other". */
must_check int sockaddr_decode(const uint8_t *bytes, size_t len,
			       struct endpoint *ret_end);

#endif
