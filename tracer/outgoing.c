/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/outgoing.c - a message of the program's, copied whole before it is judged and
 * sent
 */
#include "tracer/outgoing.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "net/control.h"

/* struct msghdr as a program of each word size lays it out (include/linux/socket.h
 * user_msghdr, include/net/compat.h compat_msghdr). */
struct layout {
	size_t size, stride, name, name_len, iov, iov_count, control, control_len;
};

static const struct layout *layout_of(unsigned word)
{
	static const struct layout layout64 = {56, 64, 0, 8, 16, 24, 32, 40};
	static const struct layout layout32 = {28, 32, 0, 4, 8, 12, 16, 20};

	return word == 4 ? &layout32 : &layout64;
}

static uint64_t get_word(const uint8_t *bytes, unsigned word)
{
	uint64_t wide;
	uint32_t narrow;

	if (word == 4) {
		memcpy(&narrow, bytes, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, bytes, sizeof(wide));
	return wide;
}

size_t message_header_size(unsigned word)
{
	return layout_of(word)->size;
}

size_t message_stride(unsigned word)
{
	return layout_of(word)->stride;
}

void message_header_decode(const uint8_t *bytes, unsigned word,
			   struct message_header *ret_header)
{
	const struct layout *at = layout_of(word);

	ret_header->name = get_word(bytes + at->name, word);
	ret_header->iov = get_word(bytes + at->iov, word);
	ret_header->iov_count = get_word(bytes + at->iov_count, word);
	ret_header->control = get_word(bytes + at->control, word);
	ret_header->control_len = get_word(bytes + at->control_len, word);
	memcpy(&ret_header->name_len, bytes + at->name_len, sizeof(ret_header->name_len));
}

static void put_word(uint8_t *bytes, unsigned word, uint64_t value)
{
	memcpy(bytes, &value, word); /* both architectures are little-endian */
}

void message_header_encode(const struct message_header *header, unsigned word,
			   uint8_t *ret_bytes)
{
	const struct layout *at = layout_of(word);

	memset(ret_bytes, 0, at->size);
	put_word(ret_bytes + at->name, word, header->name);
	put_word(ret_bytes + at->iov, word, header->iov);
	put_word(ret_bytes + at->iov_count, word, header->iov_count);
	put_word(ret_bytes + at->control, word, header->control);
	put_word(ret_bytes + at->control_len, word, header->control_len);
	memcpy(ret_bytes + at->name_len, &header->name_len, sizeof(header->name_len));
}

void message_span_encode(const struct remote_span *span, unsigned word,
			 uint8_t *ret_bytes)
{
	put_word(ret_bytes, word, span->start.value);
	put_word(ret_bytes + word, word, span->len);
}

/* net/socket.c copy_msghdr_from_user: a longer name is cut, one that is NULL has no
 * length. */
static int read_name(struct outgoing *out, pid_t tid, const struct message_header *header)
{
	struct destination *dest = &out->dest;
	int failed;

	dest->named = false;
	dest->len = 0;
	if (!header->name)
		return 0;
	if (header->name_len < 0)
		return -EINVAL;
	if (!header->name_len)
		return 0;
	dest->len = header->name_len > ENDPOINT_RAW_MAX ? ENDPOINT_RAW_MAX
							: (uint32_t)header->name_len;
	failed = mem_read(tid, (struct remote){header->name}, dest->bytes, dest->len);
	dest->named = !failed;
	return failed;
}

static int add_span(struct outgoing *out, uint64_t start, uint64_t len, unsigned word)
{
	/* lib/iov_iter.c: a length is a ssize_t of the program's own width. */
	if (len > (word == 4 ? (uint64_t)INT32_MAX : (uint64_t)INT64_MAX))
		return -EINVAL;
	/* MAX_RW_COUNT: the rest is cut off */
	if (len > (uint64_t)INT_MAX - out->total)
		len = (uint64_t)INT_MAX - out->total;
	out->spans[out->span_count++] = (struct remote_span){{start}, (size_t)len};
	out->total += (size_t)len;
	return 0;
}

static int read_spans(struct outgoing *out, pid_t tid,
		      const struct message_header *header, unsigned word)
{
	uint8_t raw[OUTGOING_SPANS_MAX * 16];
	int failed;

	out->span_count = 0;
	out->total = 0;
	if (header->iov_count > OUTGOING_SPANS_MAX)
		return -EMSGSIZE;
	failed = mem_read(tid, (struct remote){header->iov}, raw,
			  (size_t)header->iov_count * word * 2);
	for (size_t i = 0; !failed && i < header->iov_count; i++) {
		const uint8_t *entry = raw + i * word * 2;

		failed = add_span(out, get_word(entry, word),
				  get_word(entry + word, word), word);
	}
	return failed;
}

int outgoing_read(struct outgoing *out, pid_t tid, uint64_t header_at, unsigned word,
		  struct message_header *ret_header)
{
	uint8_t raw[64];
	int failed =
		mem_read(tid, (struct remote){header_at}, raw, message_header_size(word));

	if (failed)
		return failed;
	message_header_decode(raw, word, ret_header);
	out->control_len = 0;
	failed = read_name(out, tid, ret_header);
	return failed ? failed : read_spans(out, tid, ret_header, word);
}

void outgoing_set_span(struct outgoing *out, uint64_t start, size_t len)
{
	out->span_count = 0;
	out->total = 0;
	out->control_len = 0;
	(void)!add_span(out, start, len > INT_MAX ? INT_MAX : len, 8);
}

int outgoing_read_payload(struct outgoing *out, pid_t tid)
{
	struct remote_span cut[OUTGOING_SPANS_MAX];
	size_t left = OUTGOING_PAYLOAD_MAX;
	ssize_t got;

	for (size_t i = 0; i < out->span_count; i++) {
		cut[i] = out->spans[i];
		if (cut[i].len > left)
			cut[i].len = left;
		left -= cut[i].len;
	}
	got = mem_gather(tid, cut, out->span_count, out->payload, sizeof(out->payload));
	if (got < 0)
		return (int)got;
	out->len = (size_t)got;
	return 0;
}

/* ---- control data ---- */

enum control_fate { CONTROL_REFUSED = 0, CONTROL_CARRIED, CONTROL_IGNORED };

/* What has the same effect whoever sends it: no capability is looked at
 * (net/ipv4/ip_sockglue.c ip_cmsg_send, net/ipv6/datagram.c ip6_datagram_send_ctl,
 * net/ipv4/udp.c). The kernel itself ignores SCM_RIGHTS and SCM_CREDENTIALS outside
 * AF_UNIX (net/core/sock.c __sock_cmsg_send). */
static const struct control_row {
	int level, type;
	enum control_fate fate;
} control_rows[] = {
	{SOL_IP, IP_PKTINFO, CONTROL_CARRIED},
	{SOL_IP, IP_TOS, CONTROL_CARRIED},
	{SOL_IP, IP_TTL, CONTROL_CARRIED},
	{SOL_IPV6, IPV6_PKTINFO, CONTROL_CARRIED},
	{SOL_IPV6, IPV6_TCLASS, CONTROL_CARRIED},
	{SOL_IPV6, IPV6_HOPLIMIT, CONTROL_CARRIED},
	{SOL_IPV6, IPV6_DONTFRAG, CONTROL_CARRIED},
	{IPPROTO_UDP, 103 /* UDP_SEGMENT, <linux/udp.h> */, CONTROL_CARRIED},
	{282 /* SOL_TLS */, 1 /* TLS_SET_RECORD_TYPE, <linux/tls.h> */, CONTROL_CARRIED},
	{SOL_SOCKET, SCM_RIGHTS, CONTROL_IGNORED},
	{SOL_SOCKET, SCM_CREDENTIALS, CONTROL_IGNORED},
};

static enum control_fate fate_of(int level, int type)
{
	for (size_t i = 0; i < ARRAY_LEN(control_rows); i++)
		if (control_rows[i].level == level && control_rows[i].type == type)
			return control_rows[i].fate;
	return CONTROL_REFUSED;
}

static int append_control(struct outgoing *out, const struct control_message *message)
{
	size_t len = message->len;
	struct cmsghdr head = {.cmsg_len = CMSG_LEN(len),
			       .cmsg_level = message->level,
			       .cmsg_type = message->type};

	if (CMSG_SPACE(len) > sizeof(out->control) - out->control_len)
		return -EOPNOTSUPP;
	memset(out->control + out->control_len, 0, CMSG_SPACE(len));
	memcpy(out->control + out->control_len, &head, sizeof(head));
	memcpy(out->control + out->control_len + CMSG_LEN(0), message->data, len);
	out->control_len += CMSG_SPACE(len);
	return 0;
}

int outgoing_convert_control(struct outgoing *out, const uint8_t *bytes, size_t len,
			     unsigned word)
{
	struct control_message message;
	size_t at = 0;
	int more;

	out->control_len = 0;
	while ((more = control_next(bytes, len, word, &at, &message)) == 1) {
		enum control_fate fate = fate_of(message.level, message.type);

		if (fate == CONTROL_REFUSED ||
		    (fate == CONTROL_CARRIED && append_control(out, &message) != 0))
			return -EOPNOTSUPP;
	}
	return more;
}

int outgoing_read_control(struct outgoing *out, pid_t tid,
			  const struct message_header *header, unsigned word)
{
	uint8_t raw[OUTGOING_CONTROL_MAX];
	int failed;

	if (!header->control_len)
		return 0;
	if (header->control_len > INT_MAX)
		return -ENOBUFS;
	if (header->control_len > sizeof(raw))
		return -EOPNOTSUPP;
	failed = mem_read(tid, (struct remote){header->control}, raw,
			  (size_t)header->control_len);
	return failed ? failed
		      : outgoing_convert_control(out, raw, (size_t)header->control_len,
						 word);
}

bool outgoing_source(const struct outgoing *out, struct endpoint *ret_source)
{
	struct addr source = {.family = ADDR_NONE};
	struct control_message message;
	struct in6_pktinfo info6;
	struct in_pktinfo info4;
	size_t at = 0;

	while (control_next(out->control, out->control_len, sizeof(size_t), &at,
			    &message) == 1) {
		if (message.level == SOL_IP && message.type == IP_PKTINFO &&
		    message.len >= sizeof(info4)) {
			memcpy(&info4, message.data, sizeof(info4));
			source = addr_from_v4((const uint8_t *)&info4.ipi_spec_dst);
		} else if (message.level == SOL_IPV6 && message.type == IPV6_PKTINFO &&
			   message.len >= sizeof(info6)) {
			memcpy(&info6, message.data, sizeof(info6));
			source = addr_canonical(addr_from_v6(info6.ipi6_addr.s6_addr, 0));
		}
	}
	if (source.family != ADDR_V4 || addr_is_unspecified(&source))
		return false;
	*ret_source = (struct endpoint){.family = AF_INET, .inet.addr = source};
	return true;
}

int64_t outgoing_send(const struct outgoing *out, int sock, int flags)
{
	/* sendmsg(2) changes nothing of what these point to. */
	struct iovec span = {(void *)(uintptr_t)out->payload, out->len};
	struct msghdr message = {.msg_iov = &span,
				 .msg_iovlen = 1,
				 .msg_control = (void *)(uintptr_t)out->control,
				 .msg_controllen = out->control_len};
	ssize_t sent;

	flags |= MSG_DONTWAIT | MSG_NOSIGNAL;
	/* An address of no bytes is an error in sendto(2) and no address in
	 * sendmsg(2); a message of that call has none here either (read_name). */
	if (out->dest.named && !out->control_len) {
		sent = sendto(sock, out->payload, out->len, flags,
			      (const struct sockaddr *)(const void *)out->dest.bytes,
			      out->dest.len);
		return sent < 0 ? -errno : sent;
	}
	if (out->dest.named) {
		message.msg_name = (void *)(uintptr_t)out->dest.bytes;
		message.msg_namelen = out->dest.len;
	}
	sent = sendmsg(sock, &message, flags);
	return sent < 0 ? -errno : sent;
}
