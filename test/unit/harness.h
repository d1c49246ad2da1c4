/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/harness.h - self-registering tests; a program without a test or a check fails
 */
#ifndef NETJAIL_TEST_UNIT_HARNESS_H
#define NETJAIL_TEST_UNIT_HARNESS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct harness_test {
	const char *name;
	void (*run)(void);
	struct harness_test *next;
};

static struct harness_test *harness_tests;
static unsigned harness_checks, harness_failures;

/* TEST(name) { ... } defines a test and registers it. */
#define TEST(name)                                                                       \
	static void test_##name(void);                                                   \
	static struct harness_test harness_##name = {#name, test_##name, NULL};          \
	__attribute__((constructor)) static void harness_add_##name(void)                \
	{                                                                                \
		harness_##name.next = harness_tests;                                     \
		harness_tests = &harness_##name;                                         \
	}                                                                                \
	static void test_##name(void)

/* CHECK(condition): counted; a failure is printed and the test goes on. */
#define CHECK(condition)                                                                 \
	do {                                                                             \
		harness_checks++;                                                        \
		if (!(condition)) {                                                      \
			harness_failures++;                                              \
			printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);   \
		}                                                                        \
	} while (0)

/* CHECK_STR(got, want): the same, and prints both texts. */
#define CHECK_STR(got, want)                                                             \
	do {                                                                             \
		const char *got_ = (got), *want_ = (want);                               \
		harness_checks++;                                                        \
		if (strcmp(got_, want_) != 0) {                                          \
			harness_failures++;                                              \
			printf("%s:%d: got  \"%s\"\n%*swant \"%s\"\n", __FILE__, __LINE__, \
			       got_, (int)strlen(__FILE__) + 6, "", want_);              \
		}                                                                        \
	} while (0)

/* How often a test shall try what has `count` tries: fewer by TRIES_DIVISOR, where it would take minutes
 * (valgrind, an emulated machine), and once at least. */
static inline unsigned tries(unsigned count)
{
	const char *divisor = getenv("TRIES_DIVISOR");
	unsigned long by = divisor ? strtoul(divisor, NULL, 10) : 1;

	return by > 0 && by < count ? (unsigned)(count / by) : 1;
}

int main(void)
{
	unsigned count = 0;

	for (struct harness_test *test = harness_tests; test; test = test->next, count++)
		test->run();
	printf("%u tests, %u checks, %u failed\n", count, harness_checks, harness_failures);
	return harness_failures || !harness_checks;
}

#endif
