/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_load.c - files: includes, sets, circles, and everything that is no list
 */
#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

static struct rule_error error;
static char folder[64];

/* The path of a file in a folder of this test's own. */
static const char *path_of(const char *name)
{
	static char path[128];

	if (!folder[0]) {
		strcpy(folder, "/tmp/netjail-test-XXXXXX");
		CHECK(mkdtemp(folder));
	}
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void write_bytes(const char *name, const void *bytes, size_t len)
{
	FILE *file = fopen(path_of(name), "w");

	CHECK(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
}

static void write_text(const char *name, const char *text)
{
	write_bytes(name, text, strlen(text));
}

/* What is said of the file, without its folder; "" when it is right. */
static const char *load(const char *name, struct ruleset **ret_set, bool strict)
{
	static char said[sizeof(error.text)];
	struct ruleset *set = ruleset_new();
	const char *at;
	int r;

	error.text[0] = '\0';
	if (strict)
		ruleset_strict_files(set);
	r = ruleset_add_file(set, path_of(name), &error);
	if (r == 0)
		r = ruleset_finish(set, &error);
	CHECK((r == 0) == !error.text[0]);
	CHECK(r == 0 || (ruleset_count(set) == 0 && ruleset_refuses(set)));
	if (ret_set)
		*ret_set = set;
	else
		ruleset_free(set);
	at = strstr(error.text, folder);
	snprintf(said, sizeof(said), "%s", at ? at + strlen(folder) + 1 : error.text);
	said[strcspn(said, "\n")] = '\0';
	return said;
}

static const char *decide(const struct ruleset *set, const char *end, const char *name)
{
	struct request request;

	CHECK(ruletest_request("connect", "tcp", end, &request));
	if (name)
		request.names[request.name_count++] = name;
	return ruleset_decide(set, &request).rule_id;
}

TEST(an_include_stands_where_it_is)
{
	struct ruleset *set;

	CHECK(mkdir(path_of("sub"), 0700) == 0);
	write_text("sub/inner.rules", "refuse 192.0.2.1\ninclude deep.rules\n");
	write_text("sub/deep.rules", "refuse 192.0.2.2 192.0.2.9\n");
	write_text("outer.rules",
		   "allow 192.0.2.9\ninclude sub/inner.rules # here\nrefuse 192.0.2.3\n");
	CHECK_STR(load("outer.rules", &set, false), "");
	CHECK_STR(decide(set, "192.0.2.9:1", NULL), "outer.rules:1");
	CHECK_STR(decide(set, "192.0.2.1:1", NULL), "inner.rules:1");
	CHECK_STR(decide(set, "192.0.2.2:1", NULL), "deep.rules:1");
	CHECK_STR(decide(set, "192.0.2.3:1", NULL), "outer.rules:3");
	CHECK(ruleset_count(set) == 4);
	ruleset_free(set);
}

TEST(errors_in_included_files_say_where)
{
	write_text("bad.rules", "allow *\nrefuze *\n");
	write_text("outer.rules", "include bad.rules\n");
	CHECK_STR(load("outer.rules", NULL, false),
		  "bad.rules:2:1: unknown verb 'refuze'; did you mean 'refuse'?");
}

TEST(circles)
{
	char text[64];

	write_text("self.rules", "include self.rules\n");
	CHECK_STR(load("self.rules", NULL, false),
		  "self.rules:1:9: 'self.rules' includes itself in this way");
	write_text("a.rules", "include b.rules\n");
	write_text("b.rules", "include ./a.rules\n");
	CHECK_STR(load("a.rules", NULL, false),
		  "b.rules:1:9: './a.rules' includes itself in this way");
	CHECK(symlink("a.rules", path_of("link.rules")) == 0);
	write_text("b.rules", "include link.rules\n");
	CHECK_STR(load("a.rules", NULL, false),
		  "b.rules:1:9: 'link.rules' includes itself in this way");
	for (int i = 0; i < 20; i++) {
		char name[16];

		snprintf(name, sizeof(name), "n%d", i);
		snprintf(text, sizeof(text), "include n%d\n", i + 1);
		write_text(name, text);
	}
	CHECK_STR(load("n0", NULL, false),
		  "n15:1:9: more than 16 files inside one another");
}

TEST(the_lines_of_a_set_file)
{
	static const char list[] = "# a list\r\n"
				   "plain.example\r\n"
				   "\n"
				   "  .dotted.example # all below\n"
				   "*.below.example\n"
				   "192.0.2.1\n"
				   "2001:db8::/32\n"
				   "0.0.0.0 hosts.example alias.example\n"
				   "127.0.0.1 localhost localhost.localdomain local\n"
				   "::1 ip6-loopback\n"
				   "fe80::1%lo0 localhost\n"
				   "0.0.0.0 0.0.0.0\n"
				   "255.255.255.255 broadcasthost\n"
				   "Trailing.Example.";
	struct ruleset *set;

	write_text("list", list);
	write_text("x.rules", "refuse @l\nset l file list\n");
	CHECK_STR(load("x.rules", &set, false), "");
	CHECK_STR(decide(set, "203.0.113.1:1", "plain.example"), "x.rules:1");
	CHECK_STR(decide(set, "203.0.113.1:1", "a.plain.example"), "x.rules:1");
	CHECK_STR(decide(set, "203.0.113.1:1", "dotted.example"), "x.rules:1");
	CHECK_STR(decide(set, "203.0.113.1:1", "below.example"), "default");
	CHECK_STR(decide(set, "203.0.113.1:1", "a.below.example"), "x.rules:1");
	CHECK_STR(decide(set, "192.0.2.1:1", NULL), "x.rules:1");
	CHECK_STR(decide(set, "192.0.2.2:1", NULL), "default");
	CHECK_STR(decide(set, "203.0.113.1:1", "hosts.example"), "x.rules:1");
	CHECK_STR(decide(set, "203.0.113.1:1", "alias.example"), "x.rules:1");
	CHECK_STR(decide(set, "203.0.113.1:1", "a.hosts.example"), "default");
	CHECK_STR(decide(set, "127.0.0.1:1", "localhost"), "default");
	CHECK_STR(decide(set, "127.0.0.1:1", "local"), "default");
	CHECK_STR(decide(set, "203.0.113.1:1", "trailing.example"), "x.rules:1");
	ruleset_free(set);
}

TEST(lines_that_no_set_has)
{
	static const struct {
		const char *list, *want;
	} cases[] = {
		{"a.example b.example",
		 "list:1:11: unexpected 'b.example'; a list has one "
		 "item a line"},
		{"10.0.0.0/8 a.example",
		 "list:1:12: unexpected 'a.example'; a list has one item a line"},
		{"x\n10.0.0.1/8",
		 "list:2:1: '10.0.0.1/8' has host bits set; did you mean "
		 "10.0.0.0/8?"},
		{"10.0.0.300", "list:1:1: '10.0.0.300' is not an IP address or prefix"},
		{"||ads.example^",
		 "list:1:1: '||ads.example^' is no domain, address or "
		 "prefix: a host name has letters, digits, '.', '-' and "
		 "'_'"},
		{"0.0.0.0 a.example b!d.example",
		 "list:1:19: 'b!d.example' is no host name: a host name has letters, "
		 "digits, '.', '-' and '_'"},
		{"a\033[2J", "list:1:2: unexpected byte '\\x1b'; a list is text"},
	};

	write_text("x.rules", "refuse @l\nset l file list\n");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		write_text("list", cases[i].list);
		CHECK_STR(load("x.rules", NULL, false), cases[i].want);
	}
}

TEST(what_is_no_file)
{
	write_text("dir.rules", "set l file .\n");
	CHECK_STR(load("dir.rules", NULL, false), "dir.rules:1:12: Is a directory");
	CHECK(mkfifo(path_of("fifo"), 0600) == 0);
	write_text("fifo.rules", "set l file fifo\n");
	CHECK_STR(load("fifo.rules", NULL, false),
		  "fifo.rules:1:12: nothing is written to it");
	write_text("none.rules", "include none\n");
	CHECK_STR(load("none.rules", NULL, false),
		  "none.rules:1:9: No such file or directory");
	CHECK(symlink("loop", path_of("loop")) == 0);
	write_text("loop.rules", "set l file loop\n");
	CHECK_STR(load("loop.rules", NULL, false),
		  "loop.rules:1:12: Too many levels of symbolic links");
	write_text("secret", "a.example\n");
	CHECK(chmod(path_of("secret"), 0) == 0);
	write_text("secret.rules", "set l file secret\n");
	if (geteuid() != 0)
		CHECK_STR(load("secret.rules", NULL, false),
			  "secret.rules:1:12: Permission denied");
}

TEST(what_others_can_write_is_refused_when_asked_for)
{
	write_text("list", "a.example\n");
	write_text("w.rules", "set l file list\nrefuse @l\n");
	CHECK(chmod(path_of("list"), 0644) == 0 && chmod(path_of("w.rules"), 0644) == 0);
	CHECK_STR(load("w.rules", NULL, true), "");
	CHECK(chmod(path_of("list"), 0664) == 0);
	CHECK_STR(load("w.rules", NULL, false), "");
	CHECK(strncmp(load("w.rules", NULL, true), "w.rules:1:12: others than its owner",
		      35) == 0);
	CHECK(chmod(path_of("list"), 0644) == 0 && chmod(path_of("w.rules"), 0646) == 0);
	CHECK(strncmp(load("w.rules", NULL, true), "w.rules: others than its owner",
		      30) == 0);
	write_text("i.rules", "include w.rules\n");
	CHECK(strncmp(load("i.rules", NULL, true), "w.rules: others than its owner",
		      30) == 0);
}

TEST(noise_and_long_lines_are_read_in_linear_time)
{
	size_t len = tries(4 << 20);
	char *bytes = xcalloc(len, 1);
	clock_t start = clock();
	unsigned seed = 1;

	write_text("x.rules", "refuse @l\nset l file list\n");
	for (size_t i = 0; i < len; i++)
		bytes[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
	write_bytes("list", bytes, len);
	CHECK(load("x.rules", NULL, false)[0]);
	memset(bytes, 'a', len);
	write_bytes("list", bytes, len);
	CHECK(strstr(load("x.rules", NULL, false), "at most 253 letters"));
	for (size_t i = 0; i < len; i++)
		bytes[i] = i % 2 ? '.' : 'a';
	write_bytes("list", bytes, len);
	CHECK(strstr(load("x.rules", NULL, false), "at most 253 letters"));
	memset(bytes, ' ', len);
	memcpy(bytes, "0.0.0.0", 7);
	for (size_t i = 8; i + 2 < len; i += 4)
		memcpy(bytes + i, "a.b", 3);
	write_bytes("list", bytes, len);
	CHECK_STR(load("x.rules", NULL, false), "");
	/* In quadratic time it would be hours; an emulated machine takes half a minute. */
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 120);
	free(bytes);
}

__attribute__((destructor)) static void remove_folder(void)
{
	char command[96];

	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (folder[0] && system(command) != 0)
		fprintf(stderr, "%s is left\n", folder);
}
