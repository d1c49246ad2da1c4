/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/target.c - what a rule is about: HOST[:PORTS][/PROTO], or a family without IP
 */
#include "rules/target.h"

#include <assert.h>
#include <errno.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "net/sockkind.h"
#include "rules/proto.h"
#include "rules/words.h"

/* Of an address with its prefix length, whatever the spelling; a longer text is neither.
 */
enum { ADDR_PREFIX_TEXT = 64 };

/* A path has at most 108 bytes (unix(7)); the rest leaves room for `*`. */
enum { GLOB_BYTES = 255 };

enum {
	WORD_LOCALHOST,
	WORD_LAN,
	WORD_LINK,
	WORD_MULTICAST,
	WORD_INTERNET,
	WORD_RESOLVERS,
	WORD_UNIX,
	WORD_NETLINK,
	WORD_PACKET,
	WORD_RAW,
	WORD_VSOCK,
	WORD_FAMILY, /* read by the parser, here to be suggested */
	WORD_BIND,   /* likewise */
	WORD_DIRECT, /* from here on: known, not supported yet */
	WORD_NUM_
};

static const char *const word_names[] = {
    [WORD_LOCALHOST] = "localhost", [WORD_LAN] = "lan",
    [WORD_LINK] = "link",	    [WORD_MULTICAST] = "multicast",
    [WORD_INTERNET] = "internet",   [WORD_RESOLVERS] = "resolvers",
    [WORD_UNIX] = "unix",	    [WORD_NETLINK] = "netlink",
    [WORD_PACKET] = "packet",	    [WORD_RAW] = "raw",
    [WORD_VSOCK] = "vsock",	    [WORD_FAMILY] = "family",
    [WORD_BIND] = "bind",	    [WORD_DIRECT] = "direct",
};
static_assert(ARRAY_LEN(word_names) == WORD_NUM_, "name every target word");

static const struct words target_words = {"target", word_names, WORD_NUM_, WORD_DIRECT};

static const struct {
	bool is_ip; /* ports and a protocol may follow */
	enum target_kind kind;
	int value; /* the scope or family */
} meanings[WORD_FAMILY] = {
    [WORD_LOCALHOST] = {true, TARGET_SCOPE, ADDR_SCOPE_LOCALHOST},
    [WORD_LAN] = {true, TARGET_SCOPE, ADDR_SCOPE_LAN},
    [WORD_LINK] = {true, TARGET_SCOPE, ADDR_SCOPE_LINK},
    [WORD_MULTICAST] = {true, TARGET_SCOPE, ADDR_SCOPE_MULTICAST},
    [WORD_INTERNET] = {true, TARGET_SCOPE, ADDR_SCOPE_INTERNET},
    [WORD_RESOLVERS] = {true, TARGET_RESOLVERS, 0},
    [WORD_UNIX] = {false, TARGET_FAMILY, AF_UNIX},
    [WORD_NETLINK] = {false, TARGET_FAMILY, AF_NETLINK},
    [WORD_PACKET] = {false, TARGET_FAMILY, AF_PACKET},
    [WORD_RAW] = {false, TARGET_RAW, 0},
    [WORD_VSOCK] = {false, TARGET_FAMILY, AF_VSOCK},
};

static const char *const condition_names[] = {"exe",  "under", "script", "arg",
					      "user", "first", "after",	 "tls"};
static const struct words condition_words = {"condition", condition_names,
					     ARRAY_LEN(condition_names), 0};

/* The parts of an IP target; an empty span is a part that is not there. */
struct parts {
	struct span host;  /* without the brackets */
	struct span bits;  /* behind the '/' of a prefix */
	struct span place; /* host and bits as written, for errors */
	struct span ports;
	struct span proto;
	bool is_ipv6;
};

static bool starts_with(struct span span, char c)
{
	return span.len && span.text[0] == c;
}

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

	if (starts_with(rest, ':')) {
		rest = span_tail(rest, 1);
		parts->ports = span_head(rest, span_find(rest, "/"));
		rest = span_tail(rest, parts->ports.len);
		if (parts->ports.len == 0)
			return diag_error(diag, parts->ports,
					  "a port is missing after ':'");
	}
	if (starts_with(rest, '/')) {
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
	if (starts_with(word, '[')) {
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

static int parse_name(struct span host, const struct diag *diag)
{
	static const char name_bytes[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789.-_*";
	bool dotted = span_find(host, ".") < host.len;
	bool meant = !dotted &&
		     nearest_word(host.text, host.len, word_names, ARRAY_LEN(word_names));

	if (meant || !span_only(host, name_bytes) || span_only(host, "*"))
		return words_unknown(&target_words, host, diag);
	return diag_error(diag, host,
			  "'%s' is a host name, which is not supported by this "
			  "version of netjail",
			  diag_quote(host).text);
}

static int parse_host(const struct parts *parts, int word, struct target *target,
		      const struct diag *diag)
{
	bool numeric = span_only(parts->host, "0123456789.");
	int r;

	if (parts->host.len == 0)
		return diag_error(diag, parts->host,
				  "a host is missing here; '*' is any");
	if (parts->bits.len || parts->is_ipv6 || numeric ||
	    starts_with(parts->place, '[')) {
		r = parse_prefix(parts, target, diag);
		return r < 0 ? r : refuse_unspecified(parts, target, diag);
	}
	if (span_is(parts->host, "*")) {
		target->kind = TARGET_ANY;
		return 0;
	}
	if (word < 0)
		return parse_name(parts->host, diag);

	target->kind = meanings[word].kind;
	target->scope = (enum addr_scope)meanings[word].value;
	return 0;
}

static int parse_ip(struct span text, int word, struct port_list *ports,
		    struct target *target, const struct diag *diag)
{
	const char *service = NULL;
	struct parts parts;
	int r = split(text, &parts, diag), proto;

	if (r == 0)
		r = parse_host(&parts, word, target, diag);
	if (r < 0)
		return r;

	if (parts.proto.len) {
		proto = words_pick(&proto_words, parts.proto, diag);
		if (proto < 0)
			return proto;
		service = proto_service(proto);
		target->protos = proto_mask(proto);
		if (parts.ports.len && !service)
			return diag_error(diag, parts.ports, "%s has no ports",
					  proto_words.list[proto]);
	}
	if (parts.ports.len == 0)
		return 0;

	target->port_at = ports->count;
	r = ports_parse(ports, parts.ports, service, diag);
	target->port_count = ports->count - target->port_at;
	return r;
}

static int parse_unix(struct span glob, struct target *target, const struct diag *diag)
{
	bool abstract = starts_with(glob, '@');

	if (!abstract && !starts_with(glob, '/') && !starts_with(glob, '*'))
		return diag_error(diag, glob,
				  "a unix path begins with '/' or '*', an abstract "
				  "name with '@'");
	if (abstract)
		glob = span_tail(glob, 1);
	if (glob.len == 0)
		return diag_error(diag, glob,
				  "a name is missing after '@'; '@*' is every "
				  "abstract name");
	if (glob.len > GLOB_BYTES)
		return diag_error(diag, glob,
				  "a unix path has at most 108 bytes, a pattern "
				  "for one at most %d",
				  GLOB_BYTES);
	target->kind = abstract ? TARGET_UNIX_ABSTRACT : TARGET_UNIX_PATH;
	target->glob = glob;
	return 0;
}

static int parse_family_word(struct span text, int word, struct target *target,
			     const struct diag *diag)
{
	struct span rest = span_tail(text, span_find(text, ":/"));

	if (target->bind)
		return diag_error(diag, text,
				  "'bind' stands before an IP address, a prefix, a "
				  "scope or '*', not before a family");
	if (word == WORD_UNIX && starts_with(rest, ':'))
		return parse_unix(span_tail(rest, 1), target, diag);
	if (rest.len)
		return diag_error(diag, rest, "unexpected '%s'; '%s' stands alone",
				  diag_quote(rest).text, word_names[word]);
	target->kind = meanings[word].kind;
	target->family = meanings[word].value;
	return 0;
}

int target_parse(struct span word, bool bind, struct port_list *ports,
		 struct target *ret_target, const struct diag *diag)
{
	struct target target = {.bind = bind};
	struct span head = span_head(word, span_find(word, ":/"));
	int index = words_find(&target_words, head), r;

	if (starts_with(word, '!'))
		return diag_unsupported(diag, span_head(word, 1));
	if (starts_with(word, '@') || words_find(&condition_words, word) >= 0)
		return diag_unsupported(diag, word);
	if (index >= WORD_DIRECT)
		return diag_unsupported(diag, head);
	if (index == WORD_FAMILY || index == WORD_BIND)
		return diag_error(diag, word,
				  "'%s' is a word of its own: a blank follows it",
				  word_names[index]);

	if (index >= 0 && !meanings[index].is_ip)
		r = parse_family_word(word, index, &target, diag);
	else
		r = parse_ip(word, index, ports, &target, diag);
	if (r == 0)
		*ret_target = target;
	return r;
}

int target_parse_family(struct span name, struct target *ret_target,
			const struct diag *diag)
{
	int family = family_from_name(name.text, name.len);

	if (family < 0)
		return diag_error(diag, name,
				  "unknown family '%s'; expected a name like vsock "
				  "or AF_VSOCK (address_families(7))",
				  diag_quote(name).text);
	*ret_target = (struct target){.kind = TARGET_FAMILY, .family = family};
	return 0;
}
