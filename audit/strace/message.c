/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/message.c - a struct msghdr as strace(1) prints it, with all it points to
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/in.h>
#include <string.h>
#include <sys/socket.h>

#include "audit/strace/parts.h"

/* Its members are words, but for the name's length and the flags. */
#define MESSAGE_WORDS  7
#define MESSAGE_MAX    (MESSAGE_WORDS * 8)
#define MMESSAGE_WORDS 8 /* with the bytes sent, and padding */

enum member {
	NAME = 0,
	NAME_LEN,
	IOV,
	IOV_LEN,
	CONTROL,
	CONTROL_LEN,
	FLAGS,
};

struct message {
	uint8_t bytes[MESSAGE_MAX];
	unsigned word;
};

static uint64_t member(const struct message *message, enum member which)
{
	return strace_word(message->bytes + (size_t)which * message->word, message->word);
}

/* ---- spans ---- */

/* Begins an element; false when the array ends here: there are too many. */
static bool begin_element(struct buf *out, uint64_t index)
{
	if (index)
		buf_puts(out, ", ");
	if (index < STRACE_MANY)
		return true;
	buf_puts(out, "...");
	return false;
}

/* What cannot be read: the array, or the rest of it. */
static void put_unreadable(struct buf *out, uint64_t index, uint64_t at)
{
	if (index)
		buf_printf(out, "... /* %#" PRIx64 " */", at);
	else
		strace_put_pointer(out, at);
}

typedef void (*put_element)(const struct strace *strace, const uint8_t *bytes,
			    uint64_t index, void *context);

static void put_array(const struct strace *strace, uint64_t at, uint64_t count,
		      size_t size, put_element put, void *context)
{
	uint8_t bytes[MMESSAGE_WORDS * 8];

	if (!at || (count && !strace->read(strace->context, at, bytes, size))) {
		strace_put_pointer(strace->out, at);
		return;
	}
	buf_putc(strace->out, '[');
	for (uint64_t i = 0; i < count && begin_element(strace->out, i); i++) {
		if (!strace->read(strace->context, at + i * size, bytes, size)) {
			put_unreadable(strace->out, i, at + i * size);
			break;
		}
		put(strace, bytes, i, context);
	}
	buf_putc(strace->out, ']');
}

/* `context`: how many bytes were received and are not shown yet, NULL = all are. */
static void put_span(const struct strace *strace, const uint8_t *bytes, uint64_t index,
		     void *context)
{
	uint64_t base = strace_word(bytes, strace->word);
	uint64_t len = strace_word(bytes + strace->word, strace->word);
	uint64_t *left = context, shown = left && *left < len ? *left : len;

	(void)index;
	if (left)
		*left -= shown;
	buf_puts(strace->out, "{iov_base=");
	strace_put_payload(strace, base, shown);
	buf_printf(strace->out, ", iov_len=%" PRIu64 "}", len);
}

/* ---- control data ---- */

struct control {
	uint32_t level, type;
	const uint8_t *data;
	size_t len;
};

/* The data as numbers: decimal when they are ints, hexadecimal when they are bytes. */
static void put_numbers(struct buf *out, const struct control *control, bool ints)
{
	size_t size = ints ? sizeof(int32_t) : 1;

	if (control->len < size)
		return;
	buf_puts(out, ", cmsg_data=[");
	for (size_t i = 0; i < control->len / size && begin_element(out, i); i++) {
		int32_t number;

		if (!ints) {
			buf_printf(out, "%#x", control->data[i]);
			continue;
		}
		memcpy(&number, control->data + i * size, sizeof(number));
		buf_printf(out, "%d", number);
	}
	buf_putc(out, ']');
}

static void put_ints(struct buf *out, const struct control *control)
{
	put_numbers(out, control, true);
}

static void put_bytes(struct buf *out, const struct control *control)
{
	put_numbers(out, control, false);
}

static void put_credentials(struct buf *out, const struct control *control)
{
	uint32_t ids[3];

	if (control->len < sizeof(ids))
		return;
	memcpy(ids, control->data, sizeof(ids));
	buf_printf(out, ", cmsg_data={pid=%d, uid=%u, gid=%u}", (int)ids[0], ids[1],
		   ids[2]);
}

static void put_packet_info(struct buf *out, const struct control *control)
{
	struct in_pktinfo info;
	char text[INET_ADDRSTRLEN];

	if (control->len < sizeof(info))
		return;
	memcpy(&info, control->data, sizeof(info));
	buf_puts(out, ", cmsg_data={ipi_ifindex=");
	strace_put_interface(out, (uint32_t)info.ipi_ifindex);
	buf_printf(out, ", ipi_spec_dst=inet_addr(\"%s\")",
		   inet_ntop(AF_INET, &info.ipi_spec_dst, text, sizeof(text)));
	buf_printf(out, ", ipi_addr=inet_addr(\"%s\")}",
		   inet_ntop(AF_INET, &info.ipi_addr, text, sizeof(text)));
}

static const struct {
	uint32_t level, type;
	void (*put)(struct buf *out, const struct control *control);
} controls[] = {
	{SOL_SOCKET, SCM_RIGHTS, put_ints},
	{SOL_SOCKET, SCM_CREDENTIALS, put_credentials},
	{SOL_IP, IP_PKTINFO, put_packet_info},
	{SOL_IP, IP_TTL, put_ints},
	{SOL_IP, IP_TOS, put_bytes},
	{SOL_IP, IP_RECVOPTS, put_bytes},
	{SOL_IP, IP_RETOPTS, put_bytes},
};

static void put_control(struct buf *out, uint64_t len, const struct control *control)
{
	buf_printf(out, "{cmsg_len=%" PRIu64 ", cmsg_level=", len);
	strace_put_name(out, &strace_levels, control->level);
	buf_puts(out, ", cmsg_type=");
	if (control->level == SOL_SOCKET)
		strace_put_name(out, &strace_socket_control, control->type);
	else if (control->level == SOL_IP)
		strace_put_name(out, &strace_ip_control, control->type);
	else
		buf_printf(out, "%#x", control->type);
	for (size_t i = 0; i < ARRAY_LEN(controls); i++)
		if (controls[i].level == control->level &&
		    controls[i].type == control->type)
			controls[i].put(out, control);
	buf_putc(out, '}');
}

#define CONTROL_MAX 4096 /* bytes; more is shown by its pointer */

/* The message at `at`; how far the next one is, 0 when nothing can follow. */
static size_t put_one(const struct strace *strace, const uint8_t *bytes, size_t left)
{
	size_t head = strace->word + 2 * sizeof(uint32_t);
	uint64_t len = strace_word(bytes, strace->word);
	size_t end = len < left ? (size_t)len : left;
	struct control control = {.data = bytes + head};

	memcpy(&control.level, bytes + strace->word, sizeof(control.level));
	memcpy(&control.type, bytes + strace->word + 4, sizeof(control.type));
	control.len = end > head ? end - head : 0;
	put_control(strace->out, len, &control);
	if (len < head)
		return 0;
	return (end + strace->word - 1) / strace->word * strace->word;
}

static void put_controls(const struct strace *strace, uint64_t at, uint64_t len)
{
	uint8_t bytes[CONTROL_MAX];
	size_t head = strace->word + 2 * sizeof(uint32_t);

	if (!at || len < head || len > sizeof(bytes) ||
	    !strace->read(strace->context, at, bytes, (size_t)len)) {
		strace_put_pointer(strace->out, at);
		return;
	}
	buf_putc(strace->out, '[');
	for (size_t offset = 0; offset < len;) {
		size_t step;

		if (offset)
			buf_puts(strace->out, ", ");
		if (len - offset < head) {
			put_unreadable(strace->out, 1, at + offset);
			break;
		}
		step = put_one(strace, bytes + offset, (size_t)len - offset);
		offset += step ? step : head;
		if (!step && offset < len) {
			buf_puts(strace->out, ", ");
			put_unreadable(strace->out, 1, at + offset);
		}
		if (!step)
			break;
	}
	buf_putc(strace->out, ']');
}

/* ---- the header ---- */

/* What a message was received into. */
struct received {
	int32_t room; /* for its name */
	uint64_t len;
};

/* `received` is NULL for a message that is sent. */
static void put_header(const struct strace *strace, const struct message *message,
		       struct received *received)
{
	struct buf *out = strace->out;
	int32_t name_len = (int32_t)member(message, NAME_LEN), shown = name_len;
	uint64_t control_len = member(message, CONTROL_LEN);

	if (received && received->room < name_len)
		shown = received->room;
	buf_puts(out, "{msg_name=");
	strace_put_address(strace, member(message, NAME), shown);
	buf_puts(out, ", msg_namelen=");
	if (received && received->room != name_len)
		buf_printf(out, "%d => ", received->room);
	buf_printf(out, "%d, msg_iov=", name_len);
	put_array(strace, member(message, IOV), member(message, IOV_LEN),
		  2 * (size_t)strace->word, put_span, received ? &received->len : NULL);
	buf_printf(out, ", msg_iovlen=%" PRIu64, member(message, IOV_LEN));
	if (control_len) {
		buf_puts(out, ", msg_control=");
		put_controls(strace, member(message, CONTROL), control_len);
	}
	buf_printf(out, ", msg_controllen=%" PRIu64 ", msg_flags=", control_len);
	strace_put_flags(out, &strace_message_flags, (uint32_t)member(message, FLAGS));
	buf_putc(out, '}');
}

static bool read_message(const struct strace *strace, uint64_t at,
			 struct message *ret_message)
{
	ret_message->word = strace->word;
	return at && strace->read(strace->context, at, ret_message->bytes,
				  MESSAGE_WORDS * (size_t)strace->word);
}

void strace_put_message(const struct strace *strace, uint64_t at)
{
	struct message message;

	if (read_message(strace, at, &message))
		put_header(strace, &message, NULL);
	else
		strace_put_pointer(strace->out, at);
}

bool strace_read_name_room(const struct strace *strace, uint64_t at, int32_t *ret_room)
{
	struct message message;

	if (!read_message(strace, at, &message))
		return false;
	*ret_room = (int32_t)member(&message, NAME_LEN);
	return true;
}

void strace_put_received(const struct strace *strace)
{
	struct received received = {strace->rooms[0], (uint64_t)strace->result};
	struct message message;

	if (read_message(strace, strace->args[1], &message))
		put_header(strace, &message, &received);
	else
		strace_put_pointer(strace->out, strace->args[1]);
}

/* ---- batches ---- */

struct batch {
	uint32_t with_length; /* so many have their length shown */
	const int32_t *rooms; /* NULL: sent */
};

static void put_nth_message(const struct strace *strace, const uint8_t *bytes,
			    uint64_t index, void *context)
{
	const struct batch *batch = context;
	struct message message = {.word = strace->word};
	size_t size = MESSAGE_WORDS * (size_t)strace->word;
	struct received received = {0};
	uint32_t len;

	memcpy(message.bytes, bytes, size);
	memcpy(&len, bytes + size, sizeof(len));
	if (batch->rooms)
		received = (struct received){batch->rooms[index], len};
	buf_puts(strace->out, "{msg_hdr=");
	put_header(strace, &message, batch->rooms ? &received : NULL);
	if (index < batch->with_length)
		buf_printf(strace->out, ", msg_len=%u", len);
	buf_putc(strace->out, '}');
}

static void put_batch(const struct strace *strace, uint64_t at, uint32_t count,
		      struct batch *batch)
{
	put_array(strace, at, count, MMESSAGE_WORDS * (size_t)strace->word,
		  put_nth_message, batch);
}

void strace_put_messages(const struct strace *strace, uint64_t at, uint32_t count,
			 uint32_t sent)
{
	struct batch batch = {.with_length = sent};

	put_batch(strace, at, count, &batch);
}

void strace_read_rooms(struct strace *strace)
{
	size_t step = MMESSAGE_WORDS * (size_t)strace->word;
	uint32_t count = (uint32_t)strace->args[2];

	for (uint32_t i = 0; i < STRACE_MANY; i++)
		if (i >= count ||
		    !strace_read_name_room(strace, strace->args[1] + i * step,
					   &strace->rooms[i]))
			strace->rooms[i] = 0;
}

void strace_put_received_batch(const struct strace *strace)
{
	uint32_t count = (uint32_t)strace->result;
	struct batch batch = {.with_length = count, .rooms = strace->rooms};

	put_batch(strace, strace->args[1], count, &batch);
}
