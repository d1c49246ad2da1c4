/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/outgoing.h - a message of the program's, copied whole before it is judged and
 * sent
 *
 * MUST hold everything the kernel would read: name, control data and payload. What was
 * copied is what is sent.
 */
#ifndef NETJAIL_TRACER_OUTGOING_H
#define NETJAIL_TRACER_OUTGOING_H

#include <stddef.h>
#include <stdint.h>

#include "tracer/mem.h"
#include "tracer/request.h"

/* A datagram is at most 65,535 bytes; one more, so that the kernel itself says
 * EMSGSIZE. */
#define OUTGOING_PAYLOAD_MAX 65536
#define OUTGOING_CONTROL_MAX 1024
#define OUTGOING_SPANS_MAX   1024 /* UIO_MAXIOV */

/* The fields of a struct msghdr, of either word size. */
struct message_header {
	uint64_t name, iov, iov_count, control, control_len;
	int32_t name_len;
};

struct outgoing {
	struct destination dest;
	struct remote_span spans[OUTGOING_SPANS_MAX];
	size_t span_count;
	size_t total; /* bytes of payload that the program asked to send */
	size_t len;   /* bytes copied: all of them, or OUTGOING_PAYLOAD_MAX */
	size_t control_len;
	/* native layout, only what may be carried out */
	_Alignas(16) uint8_t control[OUTGOING_CONTROL_MAX];
	uint8_t payload[OUTGOING_PAYLOAD_MAX];
};

/* Bytes of a struct msghdr and of a struct mmsghdr with that word size; msg_len stands
 * right after the msghdr. */
must_check size_t message_header_size(unsigned word);
must_check size_t message_stride(unsigned word);

/* Pure: the fields of `message_header_size(word)` bytes, and back. */
void message_header_decode(const uint8_t *bytes, unsigned word,
			   struct message_header *ret_header);
void message_header_encode(const struct message_header *header, unsigned word,
			   uint8_t *ret_bytes);

/* Pure: a struct iovec of two words. */
void message_span_encode(const struct remote_span *span, unsigned word,
			 uint8_t *ret_bytes);

/* Copies header, name and the list of spans, not the payload. 0; -EINVAL, -EFAULT,
 * -EMSGSIZE as net/socket.c ___sys_sendmsg gives them; -EPERM, -ESRCH of mem_read. */
must_check int outgoing_read(struct outgoing *out, pid_t tid, uint64_t header_at,
			     unsigned word, struct message_header *ret_header);

/* One span and an address, as sendto(2) has them. */
void outgoing_set_span(struct outgoing *out, uint64_t start, size_t len);

/* Copies the payload (at most OUTGOING_PAYLOAD_MAX bytes of it). 0 or the errors of
 * mem_read. */
must_check int outgoing_read_payload(struct outgoing *out, pid_t tid);

/* Copies and converts control data. 0; -EINVAL as the kernel; -EOPNOTSUPP when some of it
 * cannot be carried out: it would act with netjail's rights instead of the program's. */
must_check int outgoing_read_control(struct outgoing *out, pid_t tid,
				     const struct message_header *header, unsigned word);

/* Pure: converts control data of that word size. The same errors. */
must_check int outgoing_convert_control(struct outgoing *out, const uint8_t *bytes,
					size_t len, unsigned word);

/* The IPv4 source that the control data asks for (IP_PKTINFO, a mapped IPV6_PKTINFO);
 * a destination of 0.0.0.0 is that address. False when it names none. */
must_check bool outgoing_source(const struct outgoing *out, struct endpoint *ret_source);

/* Sends the copy without waiting and without SIGPIPE; bytes sent or -errno. */
must_check int64_t outgoing_send(const struct outgoing *out, int sock, int flags);

#endif
