/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_table.c - names: what is kept, what is refused, and the bound
 */
#include "names/table.h"

#include <errno.h>
#include <stdlib.h>

#include "net/addr.h"
#include "test/unit/harness.h"

static struct addr addr_of(const char *text)
{
	struct addr addr = {.family = ADDR_NONE};

	CHECK(addr_parse(text, strlen(text), &addr));
	return addr;
}

static const char *name_of(const struct names *names, const char *text)
{
	struct addr addr = addr_of(text);
	const char *name = names_lookup(names, &addr);

	return name ? name : "-";
}

/* Adds a copy of exactly `len` bytes, so that ASan sees an over-read. */
static int add(struct names *names, const char *text, const char *name, size_t len)
{
	struct addr addr = addr_of(text);
	char *exact = malloc(len ? len : 1);
	int error;

	memcpy(exact, name, len);
	error = names_add(names, &addr, exact, len);
	free(exact);
	return error;
}

TEST(first_name_wins)
{
	struct names *names = names_new();

	CHECK_STR(name_of(names, "192.0.2.1"), "-");
	CHECK(add(names, "192.0.2.1", "first.example", 13) == 0);
	CHECK(add(names, "192.0.2.1", "second.example", 14) == 0);
	CHECK(add(names, "2001:db8::1", "Six.Example", 11) == 0);
	CHECK_STR(name_of(names, "192.0.2.1"), "first.example");
	CHECK_STR(name_of(names, "2001:db8::1"), "six.example");
	CHECK_STR(name_of(names, "192.0.2.2"), "-");
	names_free(names);
	names_free(NULL);
}

TEST(one_form_of_an_address)
{
	struct names *names = names_new();
	struct addr scoped = addr_of("fe80::1"), none = {.family = ADDR_NONE};

	CHECK(add(names, "::ffff:192.0.2.1", "a", 1) == 0);
	CHECK_STR(name_of(names, "192.0.2.1"), "a");
	CHECK_STR(name_of(names, "::ffff:192.0.2.1"), "a");
	CHECK_STR(name_of(names, "::192.0.2.1"), "-");
	CHECK(add(names, "fe80::1", "b", 1) == 0);
	scoped.scope_id = 4;
	CHECK_STR(names_lookup(names, &scoped), "b");
	/* The same first bytes in the other family are another address. */
	CHECK(add(names, "c000:202::", "six", 3) == 0);
	CHECK_STR(name_of(names, "192.0.2.2"), "-");
	CHECK(names_add(names, &none, "c", 1) == -EINVAL);
	CHECK(!names_lookup(names, &none));
	names_free(names);
}

TEST(all_names_of_an_address)
{
	struct names *names = names_new();
	struct addr addr = addr_of("192.0.2.1");
	const char *all[NAMES_PER_ADDR + 1];
	char name[16];

	CHECK(names_all(names, &addr, all, 2) == 0);
	CHECK(add(names, "192.0.2.1", "one", 3) == 0);
	CHECK(add(names, "192.0.2.1", "TWO.", 4) == 0);
	CHECK(add(names, "::ffff:192.0.2.1", "two", 3) == 0);
	CHECK(names_all(names, &addr, all, 9) == 2);
	CHECK_STR(all[0], "one");
	CHECK_STR(all[1], "two");
	CHECK(names_all(names, &addr, all, 1) == 1);
	for (int i = 2; i < NAMES_PER_ADDR; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		CHECK(add(names, "192.0.2.1", name, strlen(name)) == 0);
	}
	CHECK(add(names, "192.0.2.1", "late", 4) == -ENOSPC);
	CHECK(add(names, "192.0.2.1", "two", 3) == 0);
	CHECK(names_all(names, &addr, all, NAMES_PER_ADDR + 1) == NAMES_PER_ADDR);
	names_free(names);
}

static void count_address(void *context, const struct addr *addr)
{
	CHECK(addr->family != ADDR_NONE);
	++*(unsigned *)context;
}

TEST(addresses_of_a_name)
{
	struct names *names = names_new();
	unsigned count = 0;

	CHECK(add(names, "192.0.2.1", "a.example", 9) == 0);
	CHECK(add(names, "2001:db8::1", "b.example", 9) == 0);
	CHECK(add(names, "2001:db8::1", "A.example", 9) == 0);
	names_addresses(names, "a.example", count_address, &count);
	CHECK(count == 2);
	names_addresses(names, "example", count_address, &count);
	CHECK(count == 2);
	names_free(names);
}

TEST(every_byte_of_a_name)
{
	for (int byte = 0; byte < 256; byte++) {
		struct names *names = names_new();
		char name[] = {'x', (char)byte, '\0'}, want[] = {'x', (char)byte, '\0'};
		bool good =
		    byte && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789._-",
				   byte);

		if (byte >= 'A' && byte <= 'Z')
			want[1] = (char)(byte + 32);
		if (byte == '.') /* at the end it means nothing */
			want[1] = '\0';
		CHECK(add(names, "192.0.2.1", name, 2) == (good ? 0 : -EINVAL));
		CHECK_STR(name_of(names, "192.0.2.1"), good ? want : "-");
		names_free(names);
	}
}

TEST(every_length_of_a_name)
{
	char name[300];

	memset(name, 'n', sizeof(name));
	for (size_t len = 0; len <= sizeof(name); len++) {
		struct names *names = names_new();
		bool good = len >= 1 && len <= 253;

		CHECK(add(names, "::1", name, len) == (good ? 0 : -EINVAL));
		CHECK(!good || strlen(name_of(names, "::1")) == len);
		names_free(names);
	}
}

TEST(bound)
{
	struct names *names = names_new();
	struct addr addr = {.family = ADDR_V4};

	for (uint32_t i = 0; i < NAMES_MAX; i++) {
		memcpy(addr.bytes, &i, sizeof(i));
		if (names_add(names, &addr, "n", 1) != 0)
			CHECK(i == NAMES_MAX); /* there is room */
	}
	CHECK(add(names, "255.255.255.255", "late", 4) == -ENOSPC);
	CHECK_STR(name_of(names, "255.255.255.255"), "-");
	CHECK_STR(name_of(names, "0.0.0.0"), "n");
	CHECK(add(names, "0.0.0.0", "again", 5) == 0); /* has its name already */
	names_free(names);
}
