/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/target_ip.c - reads HOST[:PORTS][/PROTO]
 */
#include "rules/target_ip.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "rules/action.h"
#include "rules/name.h"
#include "rules/proto.h"
#include "rules/rule.h"
#include "rules/set.h"

/* Of an address with its prefix length, whatever the spelling; a longer text is neither.
 */
enum { ADDR_PREFIX_TEXT = 64 };

/* The parts of an IP target; an empty span is a part that is not there. */
struct parts {
	struct span host;  /* without the brackets */
	struct span bits;  /* behind the '/' of a prefix */
	struct span place; /* host and bits as written, for errors */
	struct span ports;
	struct span proto;
	bool is_ipv6;
};

/* Two colons and nothing but hex digits: IPv6 without brackets. A zone may follow. */
static bool looks_like_ipv6(struct span span)
{
	struct span addr = span_head(span, span_find(span, "%/"));
	size_t colon = span_find(addr, ":");

	if (!span_only(addr, "0123456789abcdefABCDEF:.") || colon == addr.len)
		return false;
	addr = span_tail(addr, colon + 1);
	return span_find(addr, ":") < addr.len;
}

static int split_tail(struct span rest, struct parts *parts, const struct diag *diag)
{
	if (rest.len > 1 && rest.text[0] == '/' && rest.text[1] >= '0' &&
	    rest.text[1] <= '9') {
		rest = span_tail(rest, 1);
		parts->bits = span_head(rest, span_find(rest, ":/"));
		rest = span_tail(rest, parts->bits.len);
	}
	parts->place.len = (size_t)(rest.text - parts->place.text);

	if (span_begins(rest, ':')) {
		rest = span_tail(rest, 1);
		parts->ports = span_head(rest, span_find(rest, "/"));
		rest = span_tail(rest, parts->ports.len);
		if (parts->ports.len == 0)
			return diag_error(diag, parts->ports,
					  "a port is missing after ':'");
	}
	if (span_begins(rest, '/')) {
		parts->proto = span_tail(rest, 1);
		rest = span_tail(rest, rest.len);
		if (parts->proto.len == 0)
			return diag_error(diag, parts->proto,
					  "a protocol is missing after '/'");
	}
	if (rest.len)
		return diag_error(diag, rest,
				  "unexpected '%s' after ']'; expected /BITS, "
				  ":PORTS or /PROTO",
				  diag_quote(rest).text);
	return 0;
}

static int split(struct span word, struct parts *parts, const struct diag *diag)
{
	size_t end;
	int r;

	*parts = (struct parts){.place = word, .is_ipv6 = looks_like_ipv6(word)};
	if (span_begins(word, '[')) {
		end = span_find(word, "]");
		if (end == word.len)
			return diag_error(diag, word, "']' is missing");
		parts->host = span_tail(span_head(word, end), 1);
		if (span_find(parts->host, ":") == parts->host.len)
			return diag_error(diag, word,
					  "only an IPv6 address stands in brackets");
		return split_tail(span_tail(word, end + 1), parts, diag);
	}

	end = span_find(word, parts->is_ipv6 ? "/" : ":/");
	parts->host = span_head(word, end);
	r = split_tail(span_tail(word, end), parts, diag);
	if (r == 0 && parts->is_ipv6 && parts->ports.len)
		return diag_error(diag, word, "ports after IPv6 want brackets: [%s]:%s",
				  diag_quote(parts->place).text,
				  diag_quote(parts->ports).text);
	return r;
}

static int parse_prefix(const struct parts *parts, struct target *target,
			const struct diag *diag)
{
	const struct span *host = &parts->host;
	char storage[ADDR_PREFIX_TEXT];
	struct buf text;
	int r = -EINVAL;

	if (span_find(*host, "%") < host->len)
		return diag_error(diag, parts->place,
				  "a rule's address has no zone: it counts "
				  "on every interface; leave out '%%' and what follows");

	buf_init(&text, storage, sizeof(storage));
	buf_put(&text, host->text, host->len);
	if (parts->bits.len) {
		buf_putc(&text, '/');
		buf_put(&text, parts->bits.text, parts->bits.len);
	}
	if (!text.truncated)
		r = addr_prefix_parse(text.data, text.len, &target->prefix);
	if (r == -EDOM) {
		buf_init(&text, storage, sizeof(storage));
		addr_prefix_put(&text, &target->prefix);
		return diag_error(diag, parts->place,
				  "'%s' has host bits set; did you mean %s?",
				  diag_quote(parts->place).text, text.data);
	}
	if (r < 0)
		return diag_error(diag, parts->place,
				  "'%s' is not an IP address or prefix",
				  diag_quote(parts->place).text);
	target->kind = TARGET_PREFIX;
	return 0;
}

/* Judged is the address that a call reaches, and from 0.0.0.0 and :: that is loopback
 * (match.c), so a rule about them would never hold. */
static int refuse_unspecified(const struct parts *parts, const struct target *target,
			      const struct diag *diag)
{
	bool v4 = target->prefix.addr.family == ADDR_V4;

	if (target->bind || target->prefix.bits != (v4 ? 32 : 128) ||
	    !addr_is_unspecified(&target->prefix.addr))
		return 0;
	return diag_error(diag, parts->place,
			  "a connection to '%s' goes to localhost; write "
			  "localhost, or %s for every %s address",
			  diag_quote(parts->place).text, v4 ? "0.0.0.0/0" : "::/0",
			  v4 ? "IPv4" : "IPv6");
}

/* The word behind the targets that was meant. */
static const char *nearest_tail(struct span word)
{
	const char *meant = nearest_word(word.text, word.len, condition_words.list,
					 condition_words.count);

	return meant ? meant
		     : nearest_word(word.text, word.len, action_words.list,
				    action_words.count);
}

/* A name without a dot may be a misspelt word of the language: it is not taken for a host
 * unless a dot at its end says so. */
static int parse_name(struct span host, struct ruleset *set, struct target *target,
		      const struct diag *diag)
{
	bool dotted = span_find(host, ".") < host.len;
	const char *meant = dotted ? NULL
				   : nearest_word(host.text, host.len, target_words.list,
						  target_words.count);
	struct name name;
	const char *wrong = name_parse(host, &name);

	if (!meant && !dotted)
		meant = nearest_tail(host);
	if (meant && words_find(&target_words, (struct span){meant, strlen(meant)}) < 0)
		return diag_error(diag, host, "unknown word '%s'; did you mean '%s'?",
				  diag_quote(host).text, meant);
	if (meant || (wrong && !dotted))
		return words_unknown(&target_words, host, diag);
	if (!dotted)
		return diag_error(diag, host,
				  "unknown word '%s'; a host of that name is written "
				  "'%s.'",
				  diag_quote(host).text, diag_quote(host).text);
	if (wrong)
		return diag_error(diag, host, "'%s' is no host name: %s",
				  diag_quote(host).text, wrong);
	target->kind = TARGET_NAME;
	target->name.covers = name.covers;
	target->name.entry =
		nametable_add(&set->index->names, (struct span){name.text, name.len});
	if (target->name.entry == NAMETABLE_NONE)
		return diag_error(diag, host, "too many names");
	return 0;
}

/* Its members may follow later: what is never defined is found when all is read. */
static int parse_set(struct span host, struct ruleset *set, struct target *target,
		     const struct diag *diag)
{
	struct span name = span_tail(host, 1);
	int number;

	if (!set_is_name(name))
		return diag_error(diag, host, "'%s' is not the name of a set",
				  diag_quote(host).text);
	number = store_set(set, name);
	if (number < 0)
		return diag_error(diag, host, "more than %d sets", SETS_MAX);
	target->kind = TARGET_SET;
	target->set = (uint32_t)number;
	set_used(set, number, host, diag);
	return 0;
}

static int parse_host(const struct parts *parts, bool is_word, struct ruleset *set,
		      struct target *target, const struct diag *diag)
{
	bool numeric = span_only(parts->host, "0123456789.");
	int r;

	if (parts->host.len == 0)
		return diag_error(diag, parts->host,
				  "a host is missing here; '*' is any");
	if (parts->bits.len || parts->is_ipv6 || numeric ||
	    span_begins(parts->place, '[')) {
		r = parse_prefix(parts, target, diag);
		return r < 0 ? r : refuse_unspecified(parts, target, diag);
	}
	if (span_is(parts->host, "*")) {
		target->kind = TARGET_ANY;
		return 0;
	}
	if (is_word)
		return 0;
	if (span_begins(parts->host, '@'))
		return parse_set(parts->host, set, target, diag);
	return parse_name(parts->host, set, target, diag);
}

int target_ip_parse(struct span text, bool is_word, struct ruleset *set,
		    struct target *target, const struct diag *diag)
{
	const char *service = NULL;
	struct parts parts;
	int r = split(text, &parts, diag), proto;

	if (r == 0)
		r = parse_host(&parts, is_word, set, target, diag);
	if (r < 0)
		return r;

	if (parts.proto.len) {
		proto = words_pick(&proto_words, parts.proto, diag);
		if (proto < 0)
			return proto;
		service = proto_service(proto);
		target->protos = (uint16_t)proto_mask(proto);
		if (parts.ports.len && !service)
			return diag_error(diag, parts.ports, "%s has no ports",
					  proto_words.list[proto]);
	}
	if (parts.ports.len == 0)
		return 0;

	target->port_at = (uint32_t)set->ports.count;
	r = ports_parse(&set->ports, parts.ports, service, diag);
	target->port_count = (uint32_t)set->ports.count - target->port_at;
	return r;
}
