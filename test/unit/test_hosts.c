/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_hosts.c - hosts files as people, and enemies, write them
 */
#include "names/hosts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>

#include "names/table.h"
#include "net/addr.h"
#include "test/unit/harness.h"

static const char *name_of(const struct names *names, const char *text)
{
	struct addr addr = {.family = ADDR_NONE};
	const char *name;

	CHECK(addr_parse(text, strlen(text), &addr));
	name = names_lookup(names, &addr);
	return name ? name : "-";
}

/* Parses a copy of exactly `len` bytes, so that ASan sees an over-read. */
static struct names *parsed(const char *text, size_t len)
{
	struct names *names = names_new();
	char *exact = malloc(len ? len : 1);

	memcpy(exact, text, len);
	hosts_parse(names, exact, len);
	free(exact);
	return names;
}

TEST(one_line)
{
	static const struct {
		const char *line, *want; /* what 192.0.2.1 is called after it */
	} cases[] = {
	    {"", "-"},
	    {"\n\n\n", "-"},
	    {"192.0.2.1 a.example", "a.example"},
	    {"192.0.2.1 a.example\n", "a.example"},
	    {"192.0.2.1\ta.example\tb\r\n", "a.example"},
	    {"192.0.2.1 \t  A.Example   alias", "a.example"},
	    {"  192.0.2.1 a", "a"},
	    {"192.0.2.1 a#b", "a"},
	    {"192.0.2.1 a # b", "a"},
	    {"192.0.2.1 #a", "-"},
	    {"192.0.2.1# a", "-"},
	    {"#192.0.2.1 a", "-"},
	    {" # 192.0.2.1 a", "-"},
	    {"192.0.2.1", "-"},
	    {"192.0.2.1 ", "-"},
	    {"192.0.2.1\na", "-"},
	    {"a 192.0.2.1", "-"},
	    {"192.0.2.01 a", "-"},
	    {"192.0.2.1/32 a", "-"},
	    {"192.0.2.1 b!d good", "good"},
	    {"192.0.2.1 \xc3\xa4", "-"},
	    {"192.0.2.1 \x1b[2J", "-"},
	    {"::ffff:192.0.2.1 mapped", "mapped"},
	    {"bad line\n192.0.2.1 a", "a"},
	    {"192.0.2.1 first\n192.0.2.1 second", "first"},
	    {"192.0.2.1 b!d\n192.0.2.1 second", "second"},
	    {"192.0.2.1 a\r", "a"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct names *names = parsed(cases[i].line, strlen(cases[i].line));

		CHECK_STR(name_of(names, "192.0.2.1"), cases[i].want);
		names_free(names);
	}
}

TEST(nul_bytes)
{
	static const char text[] = "192.0.2.1 a\0b\n192.0.2.2\0 a\n\0\n192.0.2.3 c";
	struct names *names = parsed(text, sizeof(text) - 1);

	CHECK_STR(name_of(names, "192.0.2.1"), "-");
	CHECK_STR(name_of(names, "192.0.2.2"), "-");
	CHECK_STR(name_of(names, "192.0.2.3"), "c");
	names_free(names);
}

TEST(usual_file)
{
	static const char text[] = "127.0.0.1\tlocalhost\n"
				   "127.0.1.1\tbox.example\tbox\n"
				   "\n# IPv6\n"
				   "::1     localhost ip6-localhost ip6-loopback\n"
				   "ff02::1 ip6-allnodes\n"
				   "0.0.0.0 ads.example\n"
				   ":: ads.example\n";
	struct names *names = parsed(text, sizeof(text) - 1);
	const char *all[4];
	struct addr loopback;

	CHECK_STR(name_of(names, "127.0.0.1"), "localhost");
	CHECK_STR(name_of(names, "127.0.1.1"), "box.example");
	CHECK_STR(name_of(names, "::1"), "localhost");
	CHECK(addr_parse("::1", 3, &loopback));
	CHECK(names_all(names, &loopback, all, 4) == 3);
	CHECK_STR(all[2], "ip6-loopback");
	CHECK_STR(name_of(names, "ff02::1"), "ip6-allnodes");
	CHECK_STR(name_of(names, "0.0.0.0"), "-"); /* a blocked name is not its name */
	CHECK_STR(name_of(names, "::"), "-");
	names_free(names);
}

TEST(very_long_lines)
{
	size_t len = 4 << 20;
	char *text = malloc(len);
	struct names *names;

	memset(text, 'a', len);
	memcpy(text, "192.0.2.1 ", 10);
	memcpy(text + len - 12, "\n192.0.2.2 b", 12);
	names = parsed(text, len);
	CHECK_STR(name_of(names, "192.0.2.1"), "-");
	CHECK_STR(name_of(names, "192.0.2.2"), "b");
	names_free(names);
	memset(text, ' ', len);
	names_free(parsed(text, len));
	memset(text, '\n', len);
	names_free(parsed(text, len));
	free(text);
}

TEST(random_bytes)
{
	static const char alphabet[] = "0192.: \t\n#ab\r-_";
	char text[400];

	srandom(4);
	for (unsigned i = tries(20000); i > 0; i--) {
		size_t len = (size_t)random() % sizeof(text);

		for (size_t j = 0; j < len; j++)
			text[j] = alphabet[(size_t)random() % sizeof(alphabet)];
		names_free(parsed(text, len));
	}
	CHECK(true); /* the sanitizers are the check */
}

static int load_text(struct names *names, const char *text, off_t size)
{
	char path[] = "/tmp/test_hosts.XXXXXX";
	int fd = mkstemp(path), error;

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	CHECK(size == 0 || ftruncate(fd, size) == 0);
	close(fd);
	error = hosts_load(names, path);
	unlink(path);
	return error;
}

TEST(load)
{
	struct names *names = names_new();

	CHECK(load_text(names, "192.0.2.1 a\n", 0) == 0);
	CHECK_STR(name_of(names, "192.0.2.1"), "a");
	CHECK(load_text(names, "", 0) == 0);
	CHECK(load_text(names, "192.0.2.2 b\n", (64 << 20) + 1) == -EFBIG);
	CHECK_STR(name_of(names, "192.0.2.2"), "-");
	CHECK(hosts_load(names, "/nonexistent/hosts") == -ENOENT);
	CHECK(hosts_load(names, "/") == -EISDIR);
	CHECK_STR(name_of(names, "192.0.2.1"), "a");
	names_free(names);
}
