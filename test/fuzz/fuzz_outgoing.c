/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/fuzz/fuzz_outgoing.c - any control data is converted to what may be carried out, or refused
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "test/fuzz/fuzz.h"
#include "tracer/outgoing.h"

static struct outgoing out, again;

/* Walks the result as the kernel does: whole messages only, none of them of SOL_SOCKET. */
static void check_control(void)
{
	struct msghdr message = {.msg_control = out.control,
				 .msg_controllen = out.control_len};
	size_t seen = 0;

	for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head;
	     head = CMSG_NXTHDR(&message, head)) {
		FUZZ_CHECK(head->cmsg_len >= CMSG_LEN(0));
		FUZZ_CHECK(head->cmsg_level != SOL_SOCKET);
		seen += CMSG_SPACE(head->cmsg_len - CMSG_LEN(0));
	}
	FUZZ_CHECK(seen == out.control_len);
}

static void fuzz_header(const uint8_t *data, size_t size, unsigned word)
{
	struct message_header header;
	int32_t name_len;

	if (size < message_header_size(word))
		return;
	message_header_decode(data, word, &header);
	memcpy(&name_len, data + word, sizeof(name_len));
	FUZZ_CHECK(header.name_len == name_len);
	if (word == 4)
		FUZZ_CHECK((header.name | header.iov | header.iov_count | header.control |
			    header.control_len) <= UINT32_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned word;
	int failed;

	if (!size)
		return 0;
	word = data[0] & 1 ? 8 : 4;
	data++;
	size--;
	fuzz_header(data, size, word);
	failed = outgoing_convert_control(&out, data, size, word);
	FUZZ_CHECK(failed == 0 || failed == -EINVAL || failed == -EOPNOTSUPP);
	FUZZ_CHECK(out.control_len <= OUTGOING_CONTROL_MAX);
	if (failed)
		return 0;
	check_control();
	/* What has been converted stays as it is. */
	FUZZ_CHECK(outgoing_convert_control(&again, out.control, out.control_len,
					    sizeof(void *)) == 0);
	FUZZ_CHECK(again.control_len == out.control_len);
	FUZZ_CHECK(memcmp(again.control, out.control, out.control_len) == 0);
	return 0;
}
