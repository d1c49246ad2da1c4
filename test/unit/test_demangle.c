/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_demangle.c - names as c++filt(1) prints them, and names made to harm
 */
#include "audit/demangle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "test/unit/harness.h"

static const char *shown(const char *name)
{
	static char text[400];

	demangle(name, text, sizeof(text));
	return text;
}

TEST(names_of_languages)
{
	CHECK_STR(shown("_ZNK3net6Dialer4dialEPK11sockaddr_in"),
		  "net::Dialer::dial(sockaddr_in const*) const");
	CHECK_STR(shown("_ZN3net7throughINS_6DialerEEEiRKT_PK11sockaddr_in"),
		  "int net::through<net::Dialer>(net::Dialer const&, sockaddr_in const*)");
	CHECK_STR(shown("_Z4workv.constprop.0"), "work() [clone .constprop.0]");
	CHECK_STR(shown("_ZN5chain5outer17h0123456789abcdefE"), "chain::outer");
	CHECK_STR(shown("_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$"
			"3bar17h930b740aa94f1d3aE"),
		  "<Test + 'static as foo::Bar<Test>>::bar");
	CHECK_STR(shown("_RNvNtCs1234_7mycrate3foo3bar"), "mycrate::foo::bar");
	CHECK_STR(shown("_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y"),
		  "utf8_idents::\u10e1\u10d0\u10ed\u10db\u10d4\u10da\u10d0\u10d3_"
		  "\u10d2\u10d4\u10db\u10e0\u10d8\u10d4\u10da\u10d8_"
		  "\u10e1\u10d0\u10d3\u10d8\u10da\u10d8");
}

TEST(names_as_they_are)
{
	static const char *const names[] = {"",    "main", "main.visit", "net.(*Dialer).Dial",
					    "_Z",  "_R",   "_ZN",        "_Z<script>",
					    "_Zz", "__libc_start_main"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		CHECK_STR(shown(names[i]), names[i]);
}

/* In every room what fits of it, and a NUL. */
TEST(is_cut)
{
	const char *name = "_ZN3net6Dialer4dialEPK11sockaddr_in";
	const char *whole = "net::Dialer::dial(sockaddr_in const*)";

	for (size_t size = 1; size < 60; size++) {
		char *room = malloc(size);
		size_t want = strlen(whole) < size ? strlen(whole) : size - 1;

		demangle(name, room, size);
		CHECK(strlen(room) == want && memcmp(room, whole, want) == 0);
		free(room);
	}
}

/* Of all of them, whatever they are: no crash, and not for long. */
static void survives(const char *name)
{
	clock_t begun = clock();

	CHECK(strlen(shown(name)) < 400);
	CHECK(clock() - begun < CLOCKS_PER_SEC);
}

static void repeat(char *to, size_t size, const char *begin, const char *part,
		   const char *end)
{
	size_t len = (size_t)snprintf(to, size, "%s", begin);

	while (len + strlen(part) + strlen(end) < size)
		len += (size_t)snprintf(to + len, size - len, "%s", part);
	snprintf(to + len, size - len, "%s", end);
}

TEST(deep_names)
{
	static const char *const shapes[][3] = {
		{"_Z1f", "P", "i"},       {"_Z1f", "F", "v"},
		{"_ZN", "1a", "Ev"},      {"_Z1fI", "N1aI", "E"},
		{"_Z", "N", "1aE"},       {"_Z1fIX", "ng", "LE1E"},
		{"_Z1fIX", "pl", "1"},    {"_RNv", "Nv", "C1a1b"},
		{"_RIC1a", "INtC1a1b", "E"}, {"_RMC0", "S", "h"},
		{"_Z1fDp", "Dp", "T_"},   {"_Z1f", "DTpp", "E"},
		{"_RINvC1a1b", "R", "hE"}, {"_RINvC1a1b", "F", "EuE"},
	};
	static char name[9000];
	unsigned sizes = tries(92);

	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		for (unsigned n = 1; n <= sizes; n++) {
			repeat(name, sizeof(name) * n / sizes, shapes[i][0], shapes[i][1],
			       shapes[i][2]);
			survives(name);
		}
	}
}

/* "B7_": the type that begins 8 bytes after the "_R", RFC 2603. */
static void put_back_reference(char *to, size_t size, unsigned at)
{
	static const char digits[] =
		"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (at <= 62)
		snprintf(to, size, "B%c_", digits[at - 1]);
	else
		snprintf(to, size, "B%c%c_", digits[(at - 1) / 62], digits[(at - 1) % 62]);
}

/* Each part stands for twice what the one before it did. */
TEST(names_that_double)
{
	static const char base36[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static char name[1000];
	size_t len = (size_t)snprintf(name, sizeof(name), "_Z1f1AIiiE");

	for (unsigned i = 0; i < 34; i++) {
		len += (size_t)snprintf(name + len, sizeof(name) - len, "S_IS%c_S%c_E",
					base36[i], base36[i]);
		survives(name);
	}
	CHECK(strlen(shown(name)) == 399);
	len = (size_t)snprintf(name, sizeof(name), "_RINvC1a1bThhE");
	for (unsigned i = 0, at = 8; i < 60; i++) {
		char back[8];

		put_back_reference(back, sizeof(back), at);
		at = (unsigned)len - 2;
		len += (size_t)snprintf(name + len, sizeof(name) - len, "T%s%sE", back, back);
		memcpy(name + len, "E", 2);
		survives(name);
	}
	CHECK(strlen(shown(name)) == 399);
}
