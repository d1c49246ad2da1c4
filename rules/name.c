/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/name.c - host names: the one form in which they are kept, and what a pattern of
 * them covers
 */
#include "rules/name.h"

#include <string.h>

#define LABEL_LEN_MAX 63

/* The small letter; 0 when the byte is none of a host name. '_' is in names that DNS
 * knows though hosts(5) does not. */
static char folded(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	    c == '.')
		return c;
	return 0;
}

static const char *fold(struct span text, struct name *name)
{
	size_t label = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = folded(text.text[i]);

		if (!c && (unsigned char)text.text[i] >= 0x80)
			return "host names are ASCII; write its xn-- form";
		if (!c)
			return "a host name has letters, digits, '.', '-' and '_'";
		if (c == '.' && label == 0)
			return "two dots in a row are no host name";
		label = c == '.' ? 0 : label + 1;
		if (label > LABEL_LEN_MAX)
			return "no part of a host name has more than 63 letters";
		name->text[i] = c;
	}
	if (label == 0)
		return "two dots in a row are no host name";
	name->text[text.len] = '\0';
	name->len = text.len;
	return NULL;
}

const char *name_parse(struct span text, struct name *ret_name)
{
	struct name name = {.covers = NAME_SELF};
	const char *wrong;

	if (span_begins(text, '.')) {
		name.covers = NAME_SELF | NAME_BELOW;
		text = span_tail(text, 1);
	} else if (text.len > 1 && text.text[0] == '*' && text.text[1] == '.') {
		name.covers = NAME_BELOW;
		text = span_tail(text, 2);
	}
	if (text.len && text.text[text.len - 1] == '.')
		text.len--;
	if (text.len == 0)
		return "a host name is missing here";
	if (text.len > NAME_LEN_MAX)
		return "a host name has at most 253 letters";
	wrong = fold(text, &name);
	if (!wrong)
		*ret_name = name;
	return wrong;
}

bool name_covers(struct span name, unsigned covers, struct span host)
{
	if (host.len < name.len ||
	    memcmp(host.text + host.len - name.len, name.text, name.len) != 0)
		return false;
	if (host.len == name.len)
		return covers & NAME_SELF;
	return (covers & NAME_BELOW) && host.text[host.len - name.len - 1] == '.';
}
