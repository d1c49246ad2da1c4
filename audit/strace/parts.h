/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/parts.h - what the writers of calls share: names, texts, addresses
 */
#ifndef NETJAIL_AUDIT_STRACE_PARTS_H
#define NETJAIL_AUDIT_STRACE_PARTS_H

#include "audit/strace/strace.h"
#include "base/buf.h"

/* ---- audit/strace/names.c ---- */

struct strace_names {
	const struct strace_name {
		uint32_t value;
		const char *name;
	} * rows;
	size_t count;
	const char *unknown; /* "IPPROTO_???" */
};

/* Rows of a table and the table: what the files of names are written with. */
#define ROW(name)                                                                        \
	{                                                                                \
		name, #name                                                              \
	}
#define NAMES(rows, unknown)                                                             \
	{                                                                                \
		rows, ARRAY_LEN(rows), unknown                                           \
	}

extern const struct strace_names strace_inet_protocols, strace_netlink_protocols,
	strace_bluetooth_protocols, strace_can_protocols, strace_message_flags,
	strace_type_flags, strace_shutdowns, strace_packet_types, strace_cids,
	strace_vsock_flags, strace_levels, strace_socket_control, strace_ip_control;
/* audit/strace/option_names.c */
extern const struct strace_names strace_rehash;
/* audit/strace/link_names.c */
extern const struct strace_names strace_ethernet_protocols, strace_hardware_types;

/* The name or NULL. */
must_check const char *strace_name(const struct strace_names *names, uint32_t value);
/* "NAME", else "0x5 (X_???)". */
void strace_put_name(struct buf *out, const struct strace_names *names, uint32_t value);
/* "A|B|0x40"; "0x40 (X_???)" when no bit has a name; "0". */
void strace_put_flags(struct buf *out, const struct strace_names *names, uint32_t value);
void strace_put_family(struct buf *out, uint32_t family);
/* The level of an option. */
void strace_put_level(struct buf *out, uint32_t level);
/* An option of that level, that is `given` (setsockopt) or taken. */
void strace_put_option(struct buf *out, uint32_t level, uint32_t name, bool given);
/* A user or group: "-1", or without sign. */
void strace_put_id(struct buf *out, uint32_t id);
/* ", [16]", or ", [128 => 16]": what room there was and how much was written. */
void strace_put_room(struct buf *out, int32_t room, int32_t len);
/* if_nametoindex("lo"), or the number. */
void strace_put_interface(struct buf *out, uint32_t index);

/* ---- audit/strace/memory.c ---- */

/* The bytes in quotes, as C writes them. */
void strace_put_quoted(struct buf *out, const uint8_t *bytes, size_t len);
/* NULL, or in hexadecimal. */
void strace_put_pointer(struct buf *out, uint64_t at);
/* The payload at `at`: quoted and cut, or the pointer. */
void strace_put_payload(const struct strace *strace, uint64_t at, uint64_t len);
/* A word of the program's size. */
must_check uint64_t strace_word(const uint8_t *bytes, unsigned word);

/* ---- audit/strace/address.c, message.c ---- */

/* The sockaddr at `at`, `len` as the call was given it. */
void strace_put_address(const struct strace *strace, uint64_t at, int32_t len);
/* The struct msghdr at `at`, or the pointer. */
void strace_put_message(const struct strace *strace, uint64_t at);
/* An array of `count` struct mmsghdr, the lengths of the first `sent` of them. */
void strace_put_messages(const struct strace *strace, uint64_t at, uint32_t count,
			 uint32_t sent);
/* The room for a name in the struct msghdr at `at`. False when it cannot be read. */
must_check bool strace_read_name_room(const struct strace *strace, uint64_t at,
				      int32_t *ret_room);
/* The rooms for names in the batch of recvmmsg(2), as many as are shown. */
void strace_read_rooms(struct strace *strace);
/* What recvmsg(2) and recvmmsg(2) have written. */
void strace_put_received(const struct strace *strace);
void strace_put_received_batch(const struct strace *strace);

/* ---- audit/strace/receive.c, options.c: the calls ---- */

void strace_enter_recv(struct strace *strace);
void strace_leave_recv(struct strace *strace);
void strace_enter_recvfrom(struct strace *strace);
void strace_leave_recvfrom(struct strace *strace);
void strace_enter_recvmsg(struct strace *strace);
void strace_leave_recvmsg(struct strace *strace);
void strace_enter_recvmmsg(struct strace *strace);
void strace_leave_recvmmsg(struct strace *strace);
void strace_enter_recvmmsg64(struct strace *strace);
void strace_leave_recvmmsg64(struct strace *strace);
void strace_enter_getsockopt(struct strace *strace);
void strace_leave_getsockopt(struct strace *strace);
void strace_enter_setsockopt(struct strace *strace);

#endif
