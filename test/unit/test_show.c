/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_show.c - hostile text stays text in HTML, Markdown and CSV
 */
#include "audit/show.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "test/unit/harness.h"

static const char *shown(enum show_as as, const char *text)
{
	static char result[512];
	char *made = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&made, &len);

	show(memory, as, text);
	fclose(memory);
	snprintf(result, sizeof(result), "%s", made);
	free(made);
	return result;
}

TEST(html)
{
	CHECK_STR(shown(SHOW_HTML, "<script>\"'&"), "&#60;script&#62;&#34;&#39;&#38;");
	CHECK_STR(shown(SHOW_HTML, "\033[31m"), "\\u{001b}[31m");
	CHECK_STR(shown(SHOW_HTML, "a\xe2\x80\xae"
				   "b\xe2\x81\xa6"),
		  "a\\u{202e}b\\u{2066}");
	CHECK_STR(shown(SHOW_HTML, "\xe2\x80\x8b\xc2\x85\n"),
		  "\\u{200b}\\u{0085}\\u{000a}");
	CHECK_STR(shown(SHOW_HTML, "\xff\xc3"), "\\xff\\xc3");
	CHECK_STR(shown(SHOW_HTML, "\xc3\xa4\xe4\xbd\xa0"), "\xc3\xa4\xe4\xbd\xa0");
}

TEST(markdown)
{
	CHECK_STR(shown(SHOW_MARKDOWN, "a|b`c`<i>[x](y)"),
		  "a&#124;b&#96;c&#96;&#60;i&#62;&#91;x&#93;(y)");
	CHECK_STR(shown(SHOW_MARKDOWN, "\n# head"), "&#92;u{000a}&#35; head");
}

TEST(csv)
{
	CHECK_STR(shown(SHOW_CSV, "say \"hi\""), "say \"\"hi\"\"");
	CHECK_STR(shown(SHOW_CSV, "=cmd()"), "'=cmd()");
	CHECK_STR(shown(SHOW_CSV, "@x"), "'@x");
}

TEST(numbers)
{
	CHECK_STR(show_time(0), "-");
	CHECK_STR(show_time(86400), "1970-01-02 00:00:00");
	CHECK_STR(show_size(999), "999 B");
	CHECK_STR(show_size(1500), "1.5 kB");
	CHECK_STR(show_defanged("203.0.113.7"), "203[.]0[.]113[.]7");
	CHECK_STR(show_defanged("2001:db8::7"), "2001[:]db8[:][:]7");
}
