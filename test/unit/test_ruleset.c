/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_ruleset.c - adding texts and files: whole or not at all, ids, limits
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "test/unit/harness.h"
#include "test/unit/ruletest.h"

static struct rule_error error;

static int add(struct ruleset *set, const char *name, const char *text)
{
	return ruletest_add(set, name, text, strlen(text), &error);
}

static struct decision connect_to(const struct ruleset *set, const char *end)
{
	struct request request;

	CHECK(ruletest_request("connect", "tcp", end, &request));
	return ruleset_decide(set, &request);
}

TEST(verdicts_have_words)
{
	CHECK_STR(verdict_verb(VERDICT_REFUSE), "refuse");
	CHECK_STR(verdict_past(VERDICT_REFUSE), "refused");
	CHECK_STR(verdict_verb(VERDICT_ALLOW), "allow");
	CHECK_STR(verdict_past(VERDICT_ALLOW), "allowed");
}

TEST(an_empty_ruleset)
{
	struct ruleset *set = ruleset_new();

	CHECK(ruleset_count(set) == 0);
	CHECK(ruleset_default(set) == VERDICT_ALLOW);
	CHECK(!ruleset_judges_bind(set));
	CHECK(add(set, "x", "") == 0);
	CHECK(ruleset_add_text(set, "x", 1, NULL, 0, &error) == 0);
	CHECK(ruleset_count(set) == 0);
	ruleset_free(set);
	ruleset_free(NULL);
}

TEST(ids_and_texts)
{
	struct ruleset *set = ruleset_new();

	CHECK(ruleset_add_text(set, "-r", 7, "refuse 192.0.2.1", 16, &error) == 0);
	CHECK(add(set, "a b.rules", "\n  refuse\t192.0.2.2  # why\n") == 0);
	CHECK(add(set, "\033[2J\"", "refuse 192.0.2.3#x\r\n\nrefuse 192.0.2.4") == 0);
	CHECK(add(set, "-r", "default refuse # last") == 0);
	CHECK(ruleset_count(set) == 4);
	CHECK_STR(connect_to(set, "192.0.2.1:1").rule_id, "-r:7");
	CHECK_STR(connect_to(set, "192.0.2.1:1").rule_text, "refuse 192.0.2.1");
	CHECK_STR(connect_to(set, "192.0.2.2:1").rule_id, "a b.rules:2");
	CHECK_STR(connect_to(set, "192.0.2.2:1").rule_text, "refuse\t192.0.2.2");
	CHECK_STR(connect_to(set, "192.0.2.3:1").rule_id, "\\x1b[2J\\\":1");
	CHECK_STR(connect_to(set, "192.0.2.3:1").rule_text, "refuse 192.0.2.3");
	CHECK_STR(connect_to(set, "192.0.2.4:1").rule_id, "\\x1b[2J\\\":3");
	CHECK_STR(connect_to(set, "192.0.2.5:1").rule_id, "default");
	CHECK_STR(connect_to(set, "192.0.2.5:1").rule_text, "default refuse");
	ruleset_free(set);
}

TEST(builtins_have_no_text)
{
	struct ruleset *set = ruleset_new();

	CHECK_STR(connect_to(set, "192.0.2.5:1").rule_id, "default");
	CHECK_STR(connect_to(set, "192.0.2.5:1").rule_text, "");
	ruleset_free(set);
}

TEST(a_text_with_an_error_refuses_everything)
{
	struct ruleset *set = ruleset_new();

	CHECK(add(set, "a", "allow 192.0.2.1") == 0);
	CHECK(add(set, "b", "allow *\nnonsense") == -EINVAL);
	CHECK(ruleset_count(set) == 0);
	CHECK(ruleset_default(set) == VERDICT_REFUSE);
	CHECK(ruleset_judges_bind(set) && ruleset_judges_socket(set));
	CHECK(connect_to(set, "192.0.2.1:1").verdict == VERDICT_REFUSE);
	CHECK_STR(connect_to(set, "192.0.2.1:1").rule_id, "builtin:broken");
	CHECK(add(set, "c", "allow *") == 0);
	CHECK(connect_to(set, "192.0.2.1:1").verdict == VERDICT_REFUSE);
	ruleset_free(set);
}

TEST(a_default_stands_once_in_all_texts)
{
	struct ruleset *set = ruleset_new();

	CHECK(add(set, "-r", "default refuse") == 0);
	CHECK(add(set, "game.rules", "allow *\n default allow") == -EINVAL);
	CHECK_STR(error.text, "game.rules:2:2: a second 'default'; the first is -r:1\n"
			      " default allow\n"
			      " ^~~~~~~");
	ruleset_free(set);
	set = ruleset_new();
	CHECK(add(set, "-r", "default refuse") == 0);
	CHECK(add(set, "game.rules", "default bind refuse") == 0);
	ruleset_free(set);
}

TEST(when_a_bind_can_be_refused)
{
	static const struct {
		const char *text;
		bool judges;
	} cases[] = {
		{"refuse *", false},           {"allow bind *", false},
		{"refuse unix packet", false}, {"refuse 192.0.2.1 bind *:80", true},
		{"deny bind *:80", true},      {"default bind refuse", true},
		{"default bind allow", false}, {"default refuse", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct ruleset *set = ruleset_new();

		CHECK(add(set, "x", cases[i].text) == 0);
		CHECK(add(set, "y", "allow *") == 0);
		CHECK(ruleset_judges_bind(set) == cases[i].judges);
		ruleset_free(set);
	}
}

TEST(when_a_common_socket_can_be_refused)
{
	static const struct {
		const char *text;
		bool judges;
	} cases[] = {
		{"refuse * bind *", false},
		{"default refuse", false},
		{"allow unix family inet", false},
		{"refuse packet raw vsock family bluetooth", false},
		{"refuse unix:/x unix:@x", false},
		{"refuse lan unix", true},
		{"refuse netlink", true},
		{"refuse family AF_INET", true},
		{"deny family inet6", true},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct ruleset *set = ruleset_new();

		CHECK(add(set, "x", cases[i].text) == 0);
		CHECK(ruleset_judges_socket(set) == cases[i].judges);
		ruleset_free(set);
	}
}

TEST(resolvers_are_copied_and_replaced)
{
	static const uint8_t mapped[16] = {[10] = 0xff, [11] = 0xff, 192, 0, 2, 53};
	struct ruleset *set = ruleset_new();
	struct addr addr = addr_from_v6(mapped, 0);

	CHECK(add(set, "x", "refuse resolvers") == 0);
	CHECK(connect_to(set, "192.0.2.53:53").verdict == VERDICT_ALLOW);
	ruleset_set_resolvers(set, &addr, 1);
	memset(&addr, 0, sizeof(addr));
	CHECK(connect_to(set, "192.0.2.53:53").verdict == VERDICT_REFUSE);
	ruleset_set_resolvers(set, NULL, 0);
	CHECK(connect_to(set, "192.0.2.53:53").verdict == VERDICT_ALLOW);
	ruleset_free(set);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

TEST(files)
{
	char dir[] = "/tmp/netjail-test-XXXXXX", path[64], want[128];
	struct ruleset *set = ruleset_new();

	CHECK(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/app.rules", dir);
	write_file(path, "\xef\xbb\xbf# rules\r\nrefuse 192.0.2.1\r\n");
	CHECK(ruleset_add_file(set, path, &error) == 0);
	CHECK_STR(connect_to(set, "192.0.2.1:1").rule_id, "app.rules:2");
	CHECK_STR(connect_to(set, "192.0.2.1:1").rule_text, "refuse 192.0.2.1");

	ruleset_free(set);
	set = ruleset_new();
	write_file(path, "refuse 192.0.2.300");
	CHECK(ruleset_add_file(set, path, &error) == -EINVAL);
	snprintf(want, sizeof(want), "%s:1:8: '192.0.2.300' is not an IP address", path);
	CHECK(strncmp(error.text, want, strlen(want)) == 0);

	CHECK(unlink(path) == 0);
	CHECK(ruleset_add_file(set, path, &error) == -ENOENT);
	snprintf(want, sizeof(want), "%s: No such file or directory", path);
	CHECK_STR(error.text, want);
	CHECK(ruleset_add_file(set, dir, &error) == -EISDIR);
	snprintf(want, sizeof(want), "%s: Is a directory", dir);
	CHECK_STR(error.text, want);

	CHECK(ruleset_count(set) == 0);
	CHECK(rmdir(dir) == 0);
	ruleset_free(set);
}

/* `count` times `word`. */
static char *many(const char *word, size_t count)
{
	size_t len = strlen(word);
	char *text = malloc(len * count + 1);

	for (size_t i = 0; i < count; i++)
		memcpy(text + i * len, word, len);
	text[len * count] = '\0';
	return text;
}

/* Two million rules and targets take minutes on an emulated machine. */
static int is_too_slow(const char *name)
{
	if (!getenv("TEST_NO_MILLIONS"))
		return 0;
	printf("ok - %s # SKIP TEST_NO_MILLIONS\n", name);
	return 1;
}

TEST(a_million_rules_and_no_more)
{
	struct ruleset *set;
	char *text;

	if (is_too_slow(__func__))
		return;
	set = ruleset_new();
	text = many("allow *\n", 1000001);
	CHECK(ruleset_add_text(set, "x", 1, text, 8 * 1000001, &error) == -EINVAL);
	CHECK(strncmp(error.text, "x:1000001:1: more than 1000000 rules", 36) == 0);
	CHECK(ruleset_count(set) == 0);
	ruleset_free(set);
	set = ruleset_new();
	CHECK(ruleset_add_text(set, "x", 1, text, 8 * 1000000, &error) == 0);
	CHECK(ruleset_count(set) == 1000000);
	CHECK(add(set, "y", "default refuse") == 0);
	CHECK(add(set, "y", "allow *") == -EINVAL);
	free(text);
	ruleset_free(set);
}

TEST(a_million_targets_on_a_line_and_no_more)
{
	struct ruleset *set;
	char *text;

	if (is_too_slow(__func__))
		return;
	set = ruleset_new();
	text = many(" *       ", 1000001);
	memcpy(text, "allow *", 7);
	CHECK(ruleset_add_text(set, "x", 1, text, 9 * 1000000, &error) == 0);
	ruleset_free(set);
	set = ruleset_new();
	CHECK(ruleset_add_text(set, "x", 1, text, 9 * 1000001, &error) == -EINVAL);
	CHECK(strncmp(error.text, "x:1:9000002: more than 1000000 targets", 38) == 0);
	free(text);
	ruleset_free(set);
}

TEST(a_text_of_64_mebibytes_and_no_more)
{
	struct ruleset *set = ruleset_new();
	size_t len = (64 << 20) + 1;
	char *text = malloc(len);

	memset(text, '#', len);
	for (size_t i = 4095; i < len; i += 4096)
		text[i] = '\n';
	CHECK(ruleset_add_text(set, "x", 1, text, len, &error) == -EINVAL);
	CHECK_STR(error.text, "x: larger than 64 MiB");
	ruleset_free(set);
	set = ruleset_new();
	CHECK(ruleset_add_text(set, "x", 1, text, len - 1, &error) == 0);
	free(text);
	ruleset_free(set);
}

/* The seconds that it takes to read `len` bytes of each kind of noise. */
static double read_noise(size_t len)
{
	char *text = malloc(len);
	struct ruleset *set = ruleset_new();
	clock_t start = clock();
	unsigned seed = 1;

	for (size_t i = 0; i < len; i++)
		text[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
	CHECK(ruleset_add_text(set, "x", 1, text, len, &error) == -EINVAL);
	ruleset_free(set);
	set = ruleset_new();
	memset(text, '#', len);
	CHECK(ruleset_add_text(set, "x", 1, text, len, &error) == 0);
	memset(text, '\n', len);
	CHECK(ruleset_add_text(set, "x", 1, text, len, &error) == 0);
	memset(text, ',', len);
	memcpy(text, "allow *:", 8);
	for (size_t i = 8; i < len; i += 2)
		text[i] = '1';
	text[len - 1] = '1';
	CHECK(ruleset_add_text(set, "x", 1, text, len, &error) == 0);
	free(text);
	ruleset_free(set);
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* On a machine of any speed: eight times as much takes about eight times as long, and not
 * sixty-four times. */
TEST(noise_is_read_in_linear_time)
{
	double small = read_noise(1 << 18), large = read_noise(1 << 21);

	CHECK(large < 32 * (small + 0.01));
}
