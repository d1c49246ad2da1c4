/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/ports.c - the PORTS of a target: numbers, ranges and service names
 */
#include "rules/ports.h"

#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#include "base/xalloc.h"

static const char digits[] = "0123456789";

void port_list_done(struct port_list *list)
{
	free(list->ranges);
}

static void append(struct port_list *list, struct port_range range)
{
	if (list->count == list->cap) {
		list->cap = list->cap ? list->cap * 2 : 16;
		list->ranges =
			xreallocarray(list->ranges, list->cap, sizeof(list->ranges[0]));
	}
	list->ranges[list->count++] = range;
}

static int parse_number(struct span text, uint16_t *ret_port, const struct diag *diag)
{
	unsigned long value = 0;

	if (text.len == 0)
		return diag_error(diag, text, "a port number is missing");
	for (size_t i = 0; i < text.len && value <= UINT16_MAX; i++)
		value = value * 10 + (unsigned long)(text.text[i] - '0');
	if (value > UINT16_MAX)
		return diag_error(diag, text, "port %s is above 65535",
				  diag_quote(text).text);
	*ret_port = (uint16_t)value;
	return 0;
}

static int parse_range(struct span item, struct port_range *ret_range,
		       const struct diag *diag)
{
	size_t dash = span_find(item, "-");
	int r = parse_number(span_head(item, dash), &ret_range->first, diag);

	ret_range->last = ret_range->first;
	if (r == 0 && dash < item.len) {
		struct span last = span_tail(item, dash + 1);

		if (!span_only(last, digits))
			return diag_error(diag, item,
					  "'%s' is not a port range; write FIRST-LAST",
					  diag_quote(item).text);
		r = parse_number(last, &ret_range->last, diag);
	}
	if (r == 0 && ret_range->last < ret_range->first)
		return diag_error(diag, item,
				  "the port range runs backwards; write %u-%u",
				  ret_range->last, ret_range->first);
	return r;
}

static int parse_service(struct span item, struct port_range *ret_range,
			 const char *service, const struct diag *diag)
{
	char name[64]; /* the longest of Debian's services(5) has 15 bytes, as RFC 6335
			  wants */
	const struct servent *entry = NULL;

	if (item.len < sizeof(name)) {
		memcpy(name, item.text, item.len);
		name[item.len] = '\0';
		entry = service ? getservbyname(name, service) : NULL;
		entry = entry ? entry : getservbyname(name, NULL);
	}
	if (!entry)
		return diag_error(diag, item,
				  "unknown service '%s'; expected a port number, a "
				  "range like 8000-8999, or a name of services(5)",
				  diag_quote(item).text);
	ret_range->first = ret_range->last = ntohs((uint16_t)entry->s_port);
	return 0;
}

static int parse_item(struct span item, struct port_range *ret_range, const char *service,
		      const struct diag *diag)
{
	if (item.len == 0)
		return diag_error(diag, item, "a port is missing here");
	if (span_is(item, "*"))
		return diag_error(diag, item,
				  "'*' is not a port; a target without ports "
				  "means every port");
	if (span_only(item, "0123456789-"))
		return parse_range(item, ret_range, diag);
	return parse_service(item, ret_range, service, diag);
}

int ports_parse(struct port_list *list, struct span text, const char *service,
		const struct diag *diag)
{
	for (;;) {
		size_t comma = span_find(text, ",");
		struct port_range range = {0};
		int r = parse_item(span_head(text, comma), &range, service, diag);

		if (r < 0)
			return r;
		append(list, range);
		if (comma == text.len)
			return 0;
		text = span_tail(text, comma + 1);
	}
}

bool ports_match(const struct port_range *ranges, size_t count, uint16_t port)
{
	for (size_t i = 0; i < count; i++) {
		if (port >= ranges[i].first && port <= ranges[i].last)
			return true;
	}
	return false;
}
