/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_report_stack.c - call stacks with names of C++ and Rust, and with a name that no
 * demangler gets done with, in a process under seccomp (which valgrind does not know)
 */
#include <stdlib.h>
#include <time.h>

#include "audit/report.h"
#include "test/unit/harness.h"

static struct report *report;
static unsigned stacks;

/* A line with a stack of two frames. */
static void refused(const char *first, const char *second)
{
	char text[4096];
	int len = snprintf(
		text, sizeof(text),
		"{\"@timestamp\":\"2026-11-24T10:00:00.000000000Z\",\"agent\":{\"id\":\"r\"},\"event\":"
		"{\"action\":\"connect\",\"sequence\":%u,\"outcome\":\"failure\"},\"process\":"
		"{\"entity_id\":\"p\",\"name\":\"prog\"},\"network\":{\"direction\":\"egress\","
		"\"transport\":\"tcp\"},\"destination\":{\"ip\":\"192.0.2.1\",\"address\":"
		"\"192.0.2.1\",\"port\":1},\"netjail\":{\"phase\":\"end\",\"verdict\":\"refuse\","
		"\"stack_id\":\"%016u\",\"stack\":[{\"address\":\"0x10\",\"offset\":1,"
		"\"symbol\":\"%s\",\"module\":\"/a\"},{\"address\":\"0x20\",\"offset\":2,"
		"\"symbol\":\"%s\",\"module\":\"/b\"}]}}",
		stacks, stacks, first, second);

	stacks++;
	report_add_line(report, text, (size_t)len);
}

static const char *frames(void)
{
	const struct report_stack *row = report->stacks, *last = NULL;

	for (; row; row = row->hh.next)
		last = row;
	return last ? last->frames : "none";
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

TEST(names_and_a_name_without_end)
{
	char endless[600] = "_ZcvT_II";
	char want[1000];
	double begun;

	report = report_new();
	refused("_ZNK3net6Dialer4dialEPK11sockaddr_in", "_ZN5chain5outer17h0123456789abcdefE");
	CHECK_STR(frames(), "net::Dialer::dial(sockaddr_in const*) const+1  /a  0x10\n"
			    "chain::outer+2  /b  0x20\n");
	refused("main", "");
	CHECK_STR(frames(), "main+1  /a  0x10\n?+2  /b  0x20\n");
	CHECK(!report->raw_names);
	for (unsigned i = 0; i < 60; i++)
		strcat(endless, "ZcvT_II");
	strcat(endless, "refobjitE_E");
	begun = now();
	refused("_Z4workv", endless);
	/* what came before it is shown, and more is not tried */
	snprintf(want, sizeof(want), "work()+1  /a  0x10\n%.239s+2  /b  0x20\n", endless);
	CHECK_STR(frames(), want);
	CHECK(report->raw_names);
	refused("_Z4workv", endless);
	CHECK(strncmp(frames(), "_Z4workv+1", 10) == 0);
	CHECK(now() - begun < 60);
	report_free(report);
}
