/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * net/control.c - walks control data (cmsg(3)) of a program of either word size
 */
#include "net/control.h"

#include <errno.h>
#include <string.h>

int control_next(const uint8_t *bytes, size_t len, unsigned word, size_t *at,
		 struct control_message *ret_message)
{
	size_t head = word + 2 * sizeof(int32_t), left = len - *at, aligned;
	const uint8_t *start = bytes + *at;
	uint64_t length = 0;

	if (left < head)
		return 0;
	memcpy(&length, start, word); /* both architectures are little-endian */
	if (length < head || length > left)
		return -EINVAL;
	memcpy(&ret_message->level, start + word, sizeof(int32_t));
	memcpy(&ret_message->type, start + word + sizeof(int32_t), sizeof(int32_t));
	ret_message->data = start + head;
	ret_message->len = (size_t)length - head;
	aligned = ((size_t)length + word - 1) & ~((size_t)word - 1);
	*at += aligned < left ? aligned : left;
	return 1;
}
