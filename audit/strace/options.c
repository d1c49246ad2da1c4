/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/options.c - getsockopt and setsockopt as strace(1) prints them
 */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/strace/parts.h"

/* An option and where its value stands. */
struct option {
	uint32_t level, name;
	uint64_t at;
	int32_t len;
	bool given; /* by the program: setsockopt */
};

static bool read_value(const struct strace *strace, const struct option *option, void *to,
		       size_t len)
{
	return option->at && strace->read(strace->context, option->at, to, len);
}

/* ---- values ---- */

/* printstr_ex() of strace with QUOTE_FORCE_HEX */
static void put_hex(struct buf *out, const uint8_t *bytes, size_t len)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "\\x%02x", bytes[i]);
	buf_putc(out, '"');
}

/* Fewer bytes than an int has. */
static void put_short(const struct strace *strace, const struct option *option)
{
	uint8_t bytes[sizeof(int32_t)];
	size_t len = (size_t)option->len;

	if (option->given || !read_value(strace, option, bytes, len))
		strace_put_pointer(strace->out, option->at);
	else
		put_hex(strace->out, bytes, len);
}

/* The value as an int; false when something else has been written in its place. */
static bool take_int(const struct strace *strace, const struct option *option,
		     int32_t *ret_value)
{
	if (option->len < (int32_t)sizeof(*ret_value)) {
		put_short(strace, option);
		return false;
	}
	if (read_value(strace, option, ret_value, sizeof(*ret_value)))
		return true;
	strace_put_pointer(strace->out, option->at);
	return false;
}

static void put_int(const struct strace *strace, const struct option *option)
{
	int32_t value;

	if (take_int(strace, option, &value))
		buf_printf(strace->out, "[%d]", value);
}

static void put_error(const struct strace *strace, const struct option *option)
{
	int32_t value;
	const char *name;

	if (!take_int(strace, option, &value))
		return;
	name = value ? strerrorname_np(value) : NULL;
	if (name)
		buf_printf(strace->out, "[%s]", name);
	else
		buf_printf(strace->out, "[%u]", (uint32_t)value);
}

static void put_rehash(const struct strace *strace, const struct option *option)
{
	int32_t value;
	const char *name;

	if (!take_int(strace, option, &value))
		return;
	name = strace_name(&strace_rehash, (uint32_t)value);
	if (name)
		buf_printf(strace->out, "[%s]", name);
	else
		buf_printf(strace->out, "[%d /* %s */]", value, strace_rehash.unknown);
}

/* A structure of fixed size; false when it was not given or cannot be read, and its
 * pointer has been written. */
static bool take_struct(const struct strace *strace, const struct option *option,
			void *to, size_t size)
{
	if (option->len >= (int32_t)size && read_value(strace, option, to, size))
		return true;
	strace_put_pointer(strace->out, option->at);
	return false;
}

/* A structure of words. What was taken may be a part of it, and the last word a part of
 * itself. */
#define WORDS_MAX 3

static void put_words(const struct strace *strace, const struct option *option,
		      const char *const names[WORDS_MAX],
		      void (*put)(struct buf *out, uint32_t word))
{
	uint8_t bytes[WORDS_MAX * sizeof(uint32_t)];
	size_t count = 0, size, end = (size_t)option->len;

	while (count < WORDS_MAX && names[count])
		count++;
	size = count * sizeof(uint32_t);
	end = end < size ? end : size;
	if ((option->given && end < size) || !read_value(strace, option, bytes, end)) {
		strace_put_pointer(strace->out, option->at);
		return;
	}
	for (size_t at = 0; at < end; at += sizeof(uint32_t)) {
		uint32_t word;

		buf_printf(strace->out, "%s%s=", at ? ", " : "{",
			   names[at / sizeof(word)]);
		memcpy(&word, bytes + at, sizeof(word));
		if (end - at < sizeof(word))
			put_hex(strace->out, bytes + at, end - at);
		else
			put(strace->out, word);
	}
	buf_putc(strace->out, '}');
}

static void put_signed(struct buf *out, uint32_t word)
{
	buf_printf(out, "%d", (int32_t)word);
}

static void put_linger(const struct strace *strace, const struct option *option)
{
	static const char *const names[WORDS_MAX] = {"l_onoff", "l_linger"};

	put_words(strace, option, names, put_signed);
}

static void put_credentials(const struct strace *strace, const struct option *option)
{
	static const char *const names[WORDS_MAX] = {"pid", "uid", "gid"};

	put_words(strace, option, names, strace_put_id);
}

/* struct sock_fprog */
static void put_filter(const struct strace *strace, const struct option *option)
{
	size_t word = strace->word;
	uint8_t bytes[2 * sizeof(uint64_t)];
	uint16_t len;

	if (option->len != (int32_t)(2 * word) ||
	    !read_value(strace, option, bytes, 2 * word)) {
		strace_put_pointer(strace->out, option->at);
		return;
	}
	memcpy(&len, bytes, sizeof(len));
	buf_printf(strace->out, "{len=%u, filter=", len);
	strace_put_pointer(strace->out, strace_word(bytes + word, strace->word));
	buf_putc(strace->out, '}');
}

static void put_membership(const struct strace *strace, const struct option *option)
{
	struct ip_mreq mreq;
	char text[INET_ADDRSTRLEN];

	if (!take_struct(strace, option, &mreq, sizeof(mreq)))
		return;
	buf_printf(strace->out, "{imr_multiaddr=inet_addr(\"%s\")",
		   inet_ntop(AF_INET, &mreq.imr_multiaddr, text, sizeof(text)));
	buf_printf(strace->out, ", imr_interface=inet_addr(\"%s\")}",
		   inet_ntop(AF_INET, &mreq.imr_interface, text, sizeof(text)));
}

static void put_membership6(const struct strace *strace, const struct option *option)
{
	struct ipv6_mreq mreq;
	char text[INET6_ADDRSTRLEN];

	if (!take_struct(strace, option, &mreq, sizeof(mreq)))
		return;
	buf_printf(strace->out,
		   "{inet_pton(AF_INET6, \"%s\", &ipv6mr_multiaddr), ipv6mr_interface=",
		   inet_ntop(AF_INET6, &mreq.ipv6mr_multiaddr, text, sizeof(text)));
	strace_put_interface(strace->out, mreq.ipv6mr_interface);
	buf_putc(strace->out, '}');
}

/* struct group_req: the address is aligned to a word. */
static void put_group(const struct strace *strace, const struct option *option)
{
	uint8_t bytes[sizeof(uint64_t) + sizeof(struct sockaddr_storage)];
	uint32_t interface;

	if (!take_struct(strace, option, bytes,
			 strace->word + sizeof(struct sockaddr_storage)))
		return;
	memcpy(&interface, bytes, sizeof(interface));
	buf_puts(strace->out, "{gr_interface=");
	strace_put_interface(strace->out, interface);
	buf_puts(strace->out, ", gr_group=");
	strace_put_address(strace, option->at + strace->word,
			   sizeof(struct sockaddr_storage));
	buf_putc(strace->out, '}');
}

/* What has no row is an int when it has the size of one, else bytes. */
static void put_other(const struct strace *strace, const struct option *option)
{
	if (option->len == sizeof(int32_t))
		put_int(strace, option);
	else
		strace_put_payload(strace, option->at, (uint64_t)(int64_t)option->len);
}

#define GIVEN 1
#define TAKEN 2
#define BOTH  (GIVEN | TAKEN)

static const struct {
	uint32_t level, first, last;
	unsigned way;
	void (*put)(const struct strace *strace, const struct option *option);
} values[] = {
	{SOL_SOCKET, 13, 13, BOTH, put_linger}, /* SO_LINGER */
	{SOL_SOCKET, 17, 17, TAKEN, put_credentials},
	{SOL_SOCKET, 4, 4, TAKEN, put_error},
	{SOL_SOCKET, 26, 26, GIVEN, put_filter}, /* SO_ATTACH_FILTER */
	{SOL_SOCKET, 51, 51, GIVEN, put_filter}, /* SO_ATTACH_REUSEPORT_CBPF */
	{SOL_SOCKET, 74, 74, BOTH, put_rehash},
	/* those that strace knows as ints: what is shorter is no text */
	{SOL_SOCKET, 1, 2, BOTH, put_int},
	{SOL_SOCKET, 5, 12, BOTH, put_int},
	{SOL_SOCKET, 14, 16, BOTH, put_int},
	{SOL_SOCKET, 18, 19, BOTH, put_int},
	{SOL_SOCKET, 27, 27, BOTH, put_int},
	{SOL_SOCKET, 29, 30, BOTH, put_int},
	{SOL_SOCKET, 32, 37, BOTH, put_int},
	{SOL_SOCKET, 40, 46, BOTH, put_int},
	{SOL_SOCKET, 49, 49, BOTH, put_int},
	{SOL_SOCKET, 53, 53, BOTH, put_int},
	{SOL_SOCKET, 56, 56, BOTH, put_int},
	{SOL_SOCKET, 60, 60, BOTH, put_int},
	{SOL_SOCKET, 63, 65, BOTH, put_int},
	{SOL_SOCKET, 68, 70, BOTH, put_int},
	{SOL_SOCKET, 73, 73, BOTH, put_int},
	{SOL_SOCKET, 75, 75, BOTH, put_int},
	{SOL_IP, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, GIVEN, put_membership},
	{SOL_IP, MCAST_JOIN_GROUP, MCAST_JOIN_GROUP, GIVEN, put_group},
	{SOL_IP, MCAST_LEAVE_GROUP, MCAST_LEAVE_GROUP, GIVEN, put_group},
	{SOL_IPV6, IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP, GIVEN, put_membership6},
	{SOL_IPV6, IPV6_JOIN_ANYCAST, IPV6_LEAVE_ANYCAST, GIVEN, put_membership6},
	{SOL_IPV6, MCAST_JOIN_GROUP, MCAST_JOIN_GROUP, GIVEN, put_group},
	{SOL_IPV6, MCAST_LEAVE_GROUP, MCAST_LEAVE_GROUP, GIVEN, put_group},
	{SOL_NETLINK, 0, 8, BOTH, put_int},
	{SOL_NETLINK, 9, 9, GIVEN, put_int}, /* taken: a list */
	{SOL_NETLINK, 10, UINT32_MAX, BOTH, put_int},
};

static void put_value(const struct strace *strace, const struct option *option)
{
	unsigned way = option->given ? GIVEN : TAKEN;

	for (size_t i = 0; option->at && i < ARRAY_LEN(values); i++) {
		if (values[i].level == option->level && values[i].first <= option->name &&
		    option->name <= values[i].last && (values[i].way & way)) {
			values[i].put(strace, option);
			return;
		}
	}
	put_other(strace, option);
}

/* ---- the calls ---- */

static void put_option(const struct strace *strace, bool given)
{
	struct buf *out = strace->out;
	uint32_t level = (uint32_t)strace->args[1], name = (uint32_t)strace->args[2];

	buf_printf(out, "%d, ", (int32_t)strace->args[0]);
	strace_put_level(out, level);
	buf_puts(out, ", ");
	strace_put_option(out, level, name, given);
	buf_puts(out, ", ");
}

void strace_enter_setsockopt(struct strace *strace)
{
	struct option option = {.level = (uint32_t)strace->args[1],
				.name = (uint32_t)strace->args[2],
				.at = strace->args[3],
				.len = (int32_t)strace->args[4],
				.given = true};

	put_option(strace, true);
	put_value(strace, &option);
	buf_printf(strace->out, ", %d", option.len);
}

void strace_enter_getsockopt(struct strace *strace)
{
	int32_t room;

	put_option(strace, false);
	strace->complete =
		!strace->args[4] ||
		!strace->read(strace->context, strace->args[4], &room, sizeof(room));
	if (!strace->complete) {
		strace->kept = (uint32_t)room;
		return;
	}
	strace_put_pointer(strace->out, strace->args[3]);
	buf_puts(strace->out, ", ");
	strace_put_pointer(strace->out, strace->args[4]);
}

void strace_leave_getsockopt(struct strace *strace)
{
	struct option option = {.level = (uint32_t)strace->args[1],
				.name = (uint32_t)strace->args[2],
				.at = strace->args[3]};
	int32_t room = (int32_t)strace->kept;

	if (strace->result < 0 || !strace->read(strace->context, strace->args[4],
						&option.len, sizeof(option.len))) {
		strace_put_pointer(strace->out, option.at);
		buf_printf(strace->out, ", [%d]", room);
		return;
	}
	if (room <= 0 || option.len <= 0)
		strace_put_pointer(strace->out, option.at);
	else
		put_value(strace, &option);
	strace_put_room(strace->out, room, option.len);
}
