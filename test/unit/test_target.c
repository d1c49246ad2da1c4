/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_target.c - every spelling of a target: what it means, or why it is none
 */
#include <stdlib.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "rules/proto.h"
#include "rules/rule.h"
#include "rules/target.h"
#include "test/unit/harness.h"

/* Parses one word from an exactly sized block; of an error only the
 * first line is kept. */
static int parse(const char *word, bool bind, struct target *target, struct ruleset *set,
		 struct rule_error *error)
{
	size_t len = strlen(word);
	char *copy = malloc(len ? len : 1);
	struct lex_line line = {.whole = {copy, len}, .rule = {copy, len}, .number = 1};
	struct diag diag = {"f", &line, error};
	char *newline;
	int r;

	memcpy(copy, word, len);
	memset(target, 0xaa, sizeof(*target));
	r = target_parse((struct span){copy, len}, bind, set, target, &diag);
	newline = r < 0 ? strchr(error->text, '\n') : NULL;
	if (newline)
		*newline = '\0';
	free(copy);
	return r;
}

static void put_host(struct buf *buf, const struct ruleset *set,
		     const struct target *target)
{
	static const char *const names[] = {
		[TARGET_ANY] = "any",        [TARGET_RESOLVERS] = "resolvers",
		[TARGET_DIRECT] = "direct",  [TARGET_RAW] = "raw",
		[TARGET_UNIX_PATH] = "path", [TARGET_UNIX_ABSTRACT] = "abstract",
	};

	if (target->kind == TARGET_PREFIX) {
		addr_prefix_put(buf, &target->prefix);
	} else if (target->kind == TARGET_NAME) {
		struct span name = nametable_name(&set->index->names, target->name.entry);

		buf_printf(buf, "name%u ", target->name.covers);
		buf_put(buf, name.text, name.len);
	} else if (target->kind == TARGET_SET) {
		buf_printf(buf, "set %s", set->sets[target->set].name);
	} else if (target->kind == TARGET_SCOPE) {
		buf_puts(buf, addr_scope_name(target->scope));
	} else if (target->kind == TARGET_FAMILY) {
		buf_printf(buf, "family %d", target->family);
	} else {
		buf_puts(buf, names[target->kind]);
	}
}

/* The target as one text: "HOST ports 80-80 protos 6". */
static const char *dump(const char *word, bool bind)
{
	static char text[512];
	struct ruleset *set = ruleset_new();
	struct target target;
	struct rule_error error;
	struct buf buf;

	buf_init(&buf, text, sizeof(text));
	if (parse(word, bind, &target, set, &error) < 0) {
		buf_puts(&buf, error.text);
	} else {
		put_host(&buf, set, &target);
		for (size_t i = 0; i < target.port_count; i++)
			buf_printf(&buf, " %u-%u",
				   set->ports.ranges[target.port_at + i].first,
				   set->ports.ranges[target.port_at + i].last);
		if (target.protos)
			buf_printf(&buf, " protos %x", target.protos);
		CHECK(target.bind == bind);
	}
	ruleset_free(set);
	return text;
}

struct spelling {
	const char *word;
	const char *want;
};

TEST(right_spellings)
{
	static const struct spelling cases[] = {
		{"*", "any"},
		{"direct:443/tcp", "direct 443-443 protos 6"},
		{"api.Example.com.:443", "name1 api.example.com 443-443"},
		{".example", "name3 example"},
		{"*.example/udp", "name2 example protos 18"},
		{"printer.", "name1 printer"},
		{"lam.", "name1 lam"},
		{"1e100.net", "name1 1e100.net"},
		{"@Ads-1.x_y:80", "set Ads-1.x_y 80-80"},
		{"*:53/udp", "any 53-53 protos 18"},
		{"*/udp", "any protos 18"},
		{"*/tcp", "any protos 6"},
		{"*/mptcp", "any protos 4"},
		{"*/icmp", "any protos 20"},
		{"*/sctp", "any protos 40"},
		{"*:0", "any 0-0"},
		{"*:0-65535", "any 0-65535"},
		{"*:80,443,8000-8999", "any 80-80 443-443 8000-8999"},
		{"*:7-7", "any 7-7"},
		{"*:00080", "any 80-80"},
		{"*:https", "any 443-443"},
		{"*:domain/udp", "any 53-53 protos 18"},
		{"*:ssh/udp", "any 22-22 protos 18"},
		{"*:http,https/mptcp", "any 80-80 443-443 protos 4"},
		{"*:ftp-data", "any 20-20"},
		{"192.0.2.1", "192.0.2.1/32"},
		{"192.0.2.1:443", "192.0.2.1/32 443-443"},
		{"192.0.2.1/tcp", "192.0.2.1/32 protos 6"},
		{"192.0.2.1/32/tcp", "192.0.2.1/32 protos 6"},
		{"192.0.2.0/24", "192.0.2.0/24"},
		{"192.0.2.0/24:443", "192.0.2.0/24 443-443"},
		{"192.0.2.0/24:443/tcp", "192.0.2.0/24 443-443 protos 6"},
		{"0.0.0.0/0", "0.0.0.0/0"},
		{"2001:db8::1", "2001:db8::1/128"},
		{"2001:DB8::1", "2001:db8::1/128"},
		{"2001:db8::1/udp", "2001:db8::1/128 protos 18"},
		{"2001:db8::/32", "2001:db8::/32"},
		{"2001:db8::/32/udp", "2001:db8::/32 protos 18"},
		{"[2001:db8::1]", "2001:db8::1/128"},
		{"[2001:db8::1]:443", "2001:db8::1/128 443-443"},
		{"[2001:db8::1]/tcp", "2001:db8::1/128 protos 6"},
		{"[2001:db8::]/32", "2001:db8::/32"},
		{"[2001:db8::/32]", "2001:db8::/32"},
		{"[2001:db8::/32]:443", "2001:db8::/32 443-443"},
		{"[2001:db8::]/32:443", "2001:db8::/32 443-443"},
		{"[2001:db8::/32]:443/tcp", "2001:db8::/32 443-443 protos 6"},
		{"[2001:db8::]/32/tcp", "2001:db8::/32 protos 6"},
		{"::/0", "::/0"},
		{"::1", "::1/128"},
		{"[::1]:80", "::1/128 80-80"},
		{"::ffff:192.0.2.1", "192.0.2.1/32"},
		{"[::ffff:192.0.2.1]:80", "192.0.2.1/32 80-80"},
		{"::ffff:10.0.0.0/104", "10.0.0.0/8"},
		{"localhost", "localhost"},
		{"lan:80", "lan 80-80"},
		{"link/udp", "link protos 18"},
		{"multicast", "multicast"},
		{"internet:25/tcp", "internet 25-25 protos 6"},
		{"resolvers:53", "resolvers 53-53"},
		{"unix", "family 1"},
		{"netlink", "family 16"},
		{"packet", "family 17"},
		{"vsock", "family 40"},
		{"raw", "raw"},
		{"unix:/run/*.sock", "path"},
		{"unix:/a/b:80/tcp", "path"},
		{"unix:*", "path"},
		{"unix:@*", "abstract"},
		{"unix:@/tmp/x", "abstract"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		CHECK_STR(dump(cases[i].word, false), cases[i].want);
}

TEST(local_addresses)
{
	CHECK_STR(dump("0.0.0.0", true), "0.0.0.0/32");
	CHECK_STR(dump("[::]:80", true), "::/128 80-80");
	CHECK_STR(dump("*:1-1023/tcp", true), "any 1-1023 protos 6");
	CHECK(strstr(dump("unix", true), "'bind' stands before an IP address"));
}

TEST(wrong_spellings)
{
	static const struct spelling cases[] = {
		{"10.0.0.1/8",
		 "1: '10.0.0.1/8' has host bits set; did you mean 10.0.0.0/8?"},
		{"10.0.0.1/8:80",
		 "1: '10.0.0.1/8' has host bits set; did you mean 10.0.0.0/8?"},
		{"2001:db8::1/32",
		 "1: '2001:db8::1/32' has host bits set; did you mean 2001:db8::/32?"},
		{"[2001:db8::1]/32:80",
		 "1: '[2001:db8::1]/32' has host bits set; did you mean 2001:db8::/32?"},
		{"10.0.0.0/33", "1: '10.0.0.0/33' is not an IP address or prefix"},
		{"10.0.0.0/8x", "1: '10.0.0.0/8x' is not an IP address or prefix"},
		{"10.0.0", "1: '10.0.0' is not an IP address or prefix"},
		{"10.0.0.256:80", "1: '10.0.0.256' is not an IP address or prefix"},
		{"010.0.0.1", "1: '010.0.0.1' is not an IP address or prefix"},
		{"1.2.3.4.5", "1: '1.2.3.4.5' is not an IP address or prefix"},
		{"2130706433", "1: '2130706433' is not an IP address or prefix"},
		{"2001:db8:::1", "1: '2001:db8:::1' is not an IP address or prefix"},
		{"2001:db8::/129", "1: '2001:db8::/129' is not an IP address or prefix"},
		{"[2001:db8::/32]/48",
		 "1: '[2001:db8::/32]/48' is not an IP address or prefix"},
		{"printer:9100",
		 "1: unknown word 'printer'; a host of that name is written 'printer.'"},
		{"direct/24", "1: 'direct/24' is not an IP address or prefix"},
		{"@x/24", "1: '@x/24' is not an IP address or prefix"},
		{"lan/24", "1: 'lan/24' is not an IP address or prefix"},
		{"*/8", "1: '*/8' is not an IP address or prefix"},
		{"2001:db8::/32:443",
		 "1: ports after IPv6 want brackets: [2001:db8::/32]:443"},
		{"[2001:db8::1", "1: ']' is missing"},
		{"[]", "1: only an IPv6 address stands in brackets"},
		{"[10.0.0.1]:80", "1: only an IPv6 address stands in brackets"},
		{"[2001:db8::1]80",
		 "14: unexpected '80' after ']'; expected /BITS, :PORTS or /PROTO"},
		{"[2001:db8::1]x:80",
		 "14: unexpected 'x:80' after ']'; expected /BITS, :PORTS or /PROTO"},
		{"fe80::1%eth0",
		 "1: a rule's address has no zone: it counts on every interface; "
		 "leave out '%' and what follows"},
		{"[fe80::1%2]:80", "1: a rule's address has no zone: it counts on every "
				   "interface; leave out '%' and what follows"},
		{"0.0.0.0",
		 "1: a connection to '0.0.0.0' goes to localhost; write localhost, or "
		 "0.0.0.0/0 for every IPv4 address"},
		{"0.0.0.0/32:80",
		 "1: a connection to '0.0.0.0/32' goes to localhost; write "
		 "localhost, or 0.0.0.0/0 for every IPv4 address"},
		{"[::]:80",
		 "1: a connection to '[::]' goes to localhost; write localhost, or "
		 "::/0 for every IPv6 address"},
		{"::ffff:0.0.0.0",
		 "1: a connection to '::ffff:0.0.0.0' goes to localhost; write "
		 "localhost, or 0.0.0.0/0 for every IPv4 address"},
		{":443", "1: a host is missing here; '*' is any"},
		{"/tcp", "1: a host is missing here; '*' is any"},
		{"*:", "3: a port is missing after ':'"},
		{"*:/tcp", "3: a port is missing after ':'"},
		{"*:80,", "6: a port is missing here"},
		{"*:,80", "3: a port is missing here"},
		{"*:80,,81", "6: a port is missing here"},
		{"*:*", "3: '*' is not a port; a target without ports means every port"},
		{"*:65536", "3: port 65536 is above 65535"},
		{"*:99999999999999999999", "3: port 99999999999999999999 is above 65535"},
		{"*:80,1-65536", "8: port 65536 is above 65535"},
		{"*:9000-8000", "3: the port range runs backwards; write 8000-9000"},
		{"*:80-", "6: a port number is missing"},
		{"*:-80", "3: a port number is missing"},
		{"*:-", "3: a port number is missing"},
		{"*:1-2-3", "3: '1-2-3' is not a port range; write FIRST-LAST"},
		{"*:nosuch",
		 "3: unknown service 'nosuch'; expected a port number, a range "
		 "like 8000-8999, or "
		 "a name of services(5)"},
		{"*/", "3: a protocol is missing after '/'"},
		{"*:80/", "6: a protocol is missing after '/'"},
		{"*/tpc", "3: unknown protocol 'tpc'; did you mean 'tcp'?"},
		{"*/any",
		 "3: unknown protocol 'any'; expected one of: tcp udp icmp mptcp sctp"},
		{"10.0.0.1//tcp", "10: unknown protocol '/tcp'; did you mean 'tcp'?"},
		{"*/tcp/udp",
		 "3: unknown protocol 'tcp/udp'; expected one of: tcp udp icmp mptcp sctp"},
		{"*:80/icmp", "3: icmp has no ports"},
		{"unix:",
		 "6: a unix path begins with '/' or '*', an abstract name with '@'"},
		{"unix:x.sock",
		 "6: a unix path begins with '/' or '*', an abstract name with '@'"},
		{"unix:@", "7: a name is missing after '@'; '@*' is every abstract name"},
		{"unix/run", "5: unexpected '/run'; 'unix' stands alone"},
		{"vsock:2:80", "6: unexpected ':2:80'; 'vsock' stands alone"},
		{"raw/icmp", "4: unexpected '/icmp'; 'raw' stands alone"},
		{"netlink:0", "8: unexpected ':0'; 'netlink' stands alone"},
	};
	char want[256];

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		snprintf(want, sizeof(want), "f:1:%s", cases[i].want);
		CHECK_STR(dump(cases[i].word, false), want);
	}
}

TEST(an_error_leaves_the_target_alone)
{
	struct ruleset *set = ruleset_new();
	struct target target, before;
	struct rule_error error;

	memset(&before, 0xaa, sizeof(before));
	CHECK(parse("10.0.0.0/8:80,99999/tcp", true, &target, set, &error) == -22);
	CHECK(memcmp(&target, &before, sizeof(target)) == 0);
	ruleset_free(set);
}

TEST(ports_of_many_targets_lie_one_after_another)
{
	struct port_list list = {NULL, 0, 0};
	struct lex_line line = {.number = 1};
	struct rule_error error;
	struct diag diag = {"f", &line, &error};

	for (unsigned i = 0; i < 100; i++)
		CHECK(ports_parse(&list, (struct span){"1,3-5", 5}, NULL, &diag) == 0);
	CHECK(list.count == 200);
	CHECK(ports_match(list.ranges + 198, 2, 1));
	CHECK(!ports_match(list.ranges + 198, 2, 2));
	CHECK(ports_match(list.ranges + 198, 2, 5));
	CHECK(!ports_match(list.ranges + 198, 2, 6));
	CHECK(!ports_match(NULL, 0, 6));
	port_list_done(&list);
}
