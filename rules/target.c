/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/target.c - what a rule is about: HOST[:PORTS][/PROTO], or a family without IP
 */
#include "rules/target.h"

#include <assert.h>
#include <sys/socket.h>

#include "net/sockkind.h"
#include "rules/target_ip.h"

/* A path has at most 108 bytes (unix(7)); the rest leaves room for `*`. */
enum { GLOB_BYTES = 255 };

enum {
	WORD_LOCALHOST,
	WORD_LAN,
	WORD_LINK,
	WORD_MULTICAST,
	WORD_INTERNET,
	WORD_RESOLVERS,
	WORD_DIRECT,
	WORD_UNIX,
	WORD_NETLINK,
	WORD_PACKET,
	WORD_RAW,
	WORD_VSOCK,
	WORD_FAMILY, /* read by the parser, here to be suggested */
	WORD_BIND,   /* likewise */
	WORD_NUM_
};

static const char *const word_names[] = {
	[WORD_LOCALHOST] = "localhost",
	[WORD_LAN] = "lan",
	[WORD_LINK] = "link",
	[WORD_MULTICAST] = "multicast",
	[WORD_INTERNET] = "internet",
	[WORD_RESOLVERS] = "resolvers",
	[WORD_DIRECT] = "direct",
	[WORD_UNIX] = "unix",
	[WORD_NETLINK] = "netlink",
	[WORD_PACKET] = "packet",
	[WORD_RAW] = "raw",
	[WORD_VSOCK] = "vsock",
	[WORD_FAMILY] = "family",
	[WORD_BIND] = "bind",
};
static_assert(ARRAY_LEN(word_names) == WORD_NUM_, "name every target word");

const struct words target_words = {"target", word_names, WORD_NUM_};

static const struct {
	bool is_ip; /* ports and a protocol may follow */
	struct target target;
} meanings[WORD_FAMILY] = {
	[WORD_LOCALHOST] = {true, {.kind = TARGET_SCOPE, .scope = ADDR_SCOPE_LOCALHOST}},
	[WORD_LAN] = {true, {.kind = TARGET_SCOPE, .scope = ADDR_SCOPE_LAN}},
	[WORD_LINK] = {true, {.kind = TARGET_SCOPE, .scope = ADDR_SCOPE_LINK}},
	[WORD_MULTICAST] = {true, {.kind = TARGET_SCOPE, .scope = ADDR_SCOPE_MULTICAST}},
	[WORD_INTERNET] = {true, {.kind = TARGET_SCOPE, .scope = ADDR_SCOPE_INTERNET}},
	[WORD_RESOLVERS] = {true, {.kind = TARGET_RESOLVERS}},
	[WORD_DIRECT] = {true, {.kind = TARGET_DIRECT}},
	[WORD_UNIX] = {false, {.kind = TARGET_FAMILY, .family = AF_UNIX}},
	[WORD_NETLINK] = {false, {.kind = TARGET_FAMILY, .family = AF_NETLINK}},
	[WORD_PACKET] = {false, {.kind = TARGET_FAMILY, .family = AF_PACKET}},
	[WORD_RAW] = {false, {.kind = TARGET_RAW}},
	[WORD_VSOCK] = {false, {.kind = TARGET_FAMILY, .family = AF_VSOCK}},
};

static int parse_unix(struct span glob, struct target *target, const struct diag *diag)
{
	bool abstract = span_begins(glob, '@');

	if (!abstract && !span_begins(glob, '/') && !span_begins(glob, '*'))
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
	if (word == WORD_UNIX && span_begins(rest, ':'))
		return parse_unix(span_tail(rest, 1), target, diag);
	if (rest.len)
		return diag_error(diag, rest, "unexpected '%s'; '%s' stands alone",
				  diag_quote(rest).text, word_names[word]);
	return 0;
}

bool target_is_ip(const struct target *target)
{
	return target->kind < TARGET_FAMILY;
}

bool target_is_unix_name(const struct target *target)
{
	return target->kind == TARGET_UNIX_PATH || target->kind == TARGET_UNIX_ABSTRACT;
}

int target_parse(struct span word, bool bind, struct ruleset *set,
		 struct target *ret_target, const struct diag *diag)
{
	struct target target = {.kind = TARGET_ANY};
	struct span head = span_head(word, span_find(word, ":/"));
	int index = words_find(&target_words, head), r;

	if (index == WORD_FAMILY || index == WORD_BIND)
		return diag_error(diag, word,
				  "'%s' is a word of its own: a blank follows it",
				  word_names[index]);
	if (index == WORD_DIRECT && bind)
		return diag_error(diag, word, "'direct' is about destinations");

	if (index >= 0)
		target = meanings[index].target;
	target.bind = bind;
	if (index >= 0 && !meanings[index].is_ip)
		r = parse_family_word(word, index, &target, diag);
	else
		r = target_ip_parse(word, index >= 0, set, &target, diag);
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
