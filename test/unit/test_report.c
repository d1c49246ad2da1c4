/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_report.c - lines in, tables and findings out; each finding's rule, and what is not to
 * set it off
 */
#include "audit/report.h"

#include <jansson.h>

#include "audit/learn.h"
#include "audit/report_write.h"
#include "test/unit/harness.h"

static struct report *report;
static unsigned sequence;
static double moment;

static void begin(void)
{
	report = report_new();
	sequence = 0;
	moment = 0;
}

static void end(void)
{
	report_free(report);
}

/* A line with these members beside what every line has. */
static void line(const char *action, const char *members)
{
	char text[4096];
	int len = snprintf(
		text, sizeof(text),
		"{\"@timestamp\":\"2026-11-24T10:%02u:%02u.%09uZ\",\"agent\":{\"id\":\"r\"},\"event\":"
		"{\"action\":\"%s\",\"sequence\":%u,\"outcome\":\"success\"},%s}",
		(unsigned)moment / 60, (unsigned)moment % 60,
		(unsigned)((moment - (unsigned)moment) * 1e9), action, sequence++,
		members);

	report_add_line(report, text, (size_t)len);
}

static void call(const char *action, const char *phase, const char *address, int port,
		 const char *more)
{
	char members[2048];

	snprintf(
		members, sizeof(members),
		"\"process\":{\"entity_id\":\"p\",\"thread\":{\"id\":1},\"name\":\"prog\",\"command_line\":"
		"\"prog 198.51.100.9\"},\"network\":{\"direction\":\"egress\",\"transport\":\"tcp\"},"
		"\"destination\":{\"address\":\"%s\",\"ip\":\"%s\",\"port\":%d},\"netjail\":{\"phase\":"
		"\"%s\",\"verdict\":\"allow\"}%s",
		address, address, port, phase, more);
	line(action, members);
}

static void connect_to(const char *address, int port)
{
	call("connect", "end", address, port, "");
}

static unsigned found(const char *id)
{
	unsigned count = 0;

	for (struct finding *finding = report->findings.head; finding;
	     finding = finding->hh.next)
		count += strcmp(finding->rule->id, id) == 0;
	return count;
}

TEST(destinations_and_counts)
{
	begin();
	connect_to("192.0.2.1", 443);
	connect_to("192.0.2.1", 443);
	call("connect", "begin", "192.0.2.1", 443, "");
	connect_to("192.0.2.1", 80);
	CHECK(HASH_COUNT(report->dests) == 2 && report->allowed == 3);
	CHECK(report->dests->allowed == 2 && report->dests->scope == ADDR_SCOPE_INTERNET);
	CHECK(report->dests->direct && report->dests->name_count == 1);
	report_end(report);
	CHECK(report->unfinished == 0);
	end();
}

/* Killed between the announcement and the result. */
TEST(announced_only)
{
	begin();
	call("connect", "begin", "192.0.2.1", 443, "");
	report_end(report);
	CHECK(report->unfinished == 1 && report->allowed == 1);
	CHECK(report->dests && report->dests->allowed == 1);
	end();
}

TEST(chain)
{
	begin();
	connect_to("192.0.2.1", 1); /* no chain in these lines */
	sequence += 3;
	connect_to("192.0.2.1", 1);
	CHECK(report->runs->broken == 1 && report->runs->gaps == 1);
	report_add_line(report, "{\"x\":1}", 7);
	report_add_line(report, "\xff", 1);
	CHECK(report->bad_lines == 2 && report->lines == 4);
	end();
}

TEST(bounded)
{
	char address[32];

	begin();
	for (unsigned i = 0; i < REPORT_DESTS_MAX + 50; i++) {
		snprintf(address, sizeof(address), "10.%u.%u.1", i >> 8, i & 255);
		connect_to(address, 1);
	}
	CHECK(HASH_COUNT(report->dests) == REPORT_DESTS_MAX && report->other_dests == 50);
	CHECK(report->allowed == REPORT_DESTS_MAX + 50);
	end();
}

/* What only a dry run let pass is neither allowed nor refused. */
TEST(would_be_refused)
{
	begin();
	call("connect", "end", "192.0.2.1", 1, ",\"netjail\":{\"would\":\"refuse\"}");
	call("connect", "end", "192.0.2.1", 1, ",\"netjail\":{\"would\":\"delay\"}");
	call("connect", "end", "192.0.2.1", 1, ",\"netjail\":{\"would\":\"allow\"}");
	CHECK(report->would == 1 && report->allowed == 2 && report->refused == 0);
	CHECK(report->dests->would == 1 && report->dests->allowed == 2);
	CHECK(report->timeline[0][OUTCOME_WOULD] == 1);
	end();
}

/* Bars get wider as time goes on, and lose no call. */
TEST(timeline)
{
	uint64_t sum = 0;

	begin();
	for (unsigned i = 0; i < 1000; i++) {
		moment = i * 3;
		connect_to("192.0.2.1", 1);
	}
	for (unsigned i = 0; i < REPORT_BUCKETS; i++)
		sum += report->timeline[i][0];
	CHECK(sum == 1000 && report->width >= 3000.0 / REPORT_BUCKETS);
	end();
}

TEST(finding_of_hard_coded)
{
	begin();
	connect_to("10.0.0.1", 443);     /* not the internet */
	connect_to("198.51.100.9", 443); /* on the command line */
	CHECK(!found("hard-coded-address"));
	connect_to("198.51.100.8", 443);
	CHECK(found("hard-coded-address") == 1);
	end();
	begin();
	connect_to("192.0.2.53",
		   53); /* it looks names up: then addresses come from there */
	connect_to("198.51.100.8", 443);
	CHECK(!found("hard-coded-address"));
	end();
}

TEST(finding_of_beacons)
{
	begin();
	for (unsigned i = 0; i < 8; i++, moment += 2)
		connect_to("10.0.0.1", 443);
	CHECK(found("beacon") == 1);
	end();
	begin();
	for (unsigned i = 0; i < 20; i++, moment += i % 3 + 0.3)
		connect_to("10.0.0.1", 443); /* irregular */
	for (unsigned i = 0; i < 20; i++, moment += 0.01)
		connect_to("10.0.0.2", 443); /* a loop */
	CHECK(!found("beacon"));
	end();
}

TEST(finding_of_scans)
{
	char address[32];

	begin();
	for (int port = 1; port < 10; port++)
		connect_to("10.0.0.1", port);
	for (unsigned i = 0; i < 14; i++) {
		snprintf(address, sizeof(address), "10.0.1.%u", i);
		connect_to(address, 445);
		connect_to(address, 445);
	}
	CHECK(!found("port-scan") && !found("host-scan"));
	connect_to("10.0.0.1", 10);
	connect_to("10.0.1.99", 445);
	CHECK(found("port-scan") == 1 && found("host-scan") == 1);
	end();
}

TEST(findings_of_special_destinations)
{
	begin();
	connect_to("127.0.0.1", 80);
	connect_to("10.0.0.1", 23);
	connect_to("169.254.1.1", 80);
	CHECK(!found("cleartext") && !found("metadata-service") && !found("tor-port"));
	connect_to("198.51.100.1", 23);
	connect_to("169.254.169.254", 80);
	connect_to("10.0.0.1", 9050);
	CHECK(found("cleartext") == 1 && found("metadata-service") == 1 &&
	      found("tor-port") == 1);
	end();
}

TEST(finding_of_dns_tunnels)
{
	for (int size = 50; size <= 200; size += 150) {
		begin();
		for (unsigned i = 0; i < 40; i++) {
			char members[1024];

			snprintf(
				members, sizeof(members),
				"\"process\":{\"entity_id\":\"p\",\"thread\":{\"id\":1}},\"network\":{"
				"\"direction\":\"egress\",\"transport\":\"udp\"},\"source\":{\"bytes\":%d},"
				"\"destination\":{\"address\":\"10.0.0.1\",\"ip\":\"10.0.0.1\",\"port\":53},"
				"\"netjail\":{\"phase\":\"end\",\"verdict\":\"allow\"}",
				size);
			line("sendto", members);
		}
		CHECK(found("dns-tunnel") == (size > 100));
		end();
	}
}

TEST(findings_of_processes)
{
	begin();
	line("exec",
	     "\"process\":{\"entity_id\":\"p\",\"executable\":\"/usr/bin/x\",\"env_vars\":"
	     "[\"LD_LIBRARY_PATH=/x\",\"https_proxy=y\",\"LD_PRELOAD=\"]}");
	CHECK(!found("preload") && !found("odd-place"));
	line("exec",
	     "\"process\":{\"entity_id\":\"p\",\"executable\":\"/dev/shm/x\",\"env_vars\":"
	     "[\"LD_PRELOAD=/x.so\"]}");
	line("exec",
	     "\"process\":{\"entity_id\":\"p\",\"executable\":\"/home/x (deleted)\"}");
	CHECK(found("preload") == 1 && found("odd-place") == 2);
	CHECK(HASH_COUNT(report->subjects) == 3);
	end();
}

TEST(finding_of_listeners)
{
	begin();
	line("listen",
	     "\"server\":{\"address\":\"127.0.0.1\",\"ip\":\"127.0.0.1\",\"port\":1},\"netjail\":"
	     "{\"phase\":\"end\",\"call\":{\"result\":0}}");
	CHECK(!found("listens"));
	line("listen",
	     "\"server\":{\"address\":\"0.0.0.0\",\"ip\":\"0.0.0.0\",\"port\":1},\"netjail\":"
	     "{\"phase\":\"end\",\"call\":{\"result\":0}}");
	CHECK(found("listens") == 1 && HASH_COUNT(report->listens) == 2);
	end();
}

TEST(finding_of_evasions)
{
	char text[600];
	int len;

	begin();
	len = snprintf(
		text, sizeof(text),
		"{\"agent\":{\"id\":\"r\"},\"event\":{\"kind\":\"alert\",\"action\":\"raw-socket\","
		"\"risk_score\":60},\"netjail\":{\"evidence\":\"socket()\"},\"threat\":"
		"{\"technique\":{\"id\":\"T1095\",\"name\":\"N\"}}}");
	report_add_line(report, text, (size_t)len);
	report_add_line(report, text, (size_t)len);
	CHECK(found("evasion") == 1 && report->findings.head->count == 2);
	CHECK(report->findings.head->severity == SEVERITY_HIGH);
	CHECK_STR(report->findings.head->technique, "T1095");
	end();
}

static const char *learnt(bool names)
{
	static char result[2048];
	char *made = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&made, &len);

	learn_write(memory, report, names);
	fclose(memory);
	snprintf(result, sizeof(result), "%s", made);
	free(made);
	return result;
}

TEST(rules_from_logs)
{
	begin();
	connect_to("192.0.2.1", 443);
	connect_to("192.0.2.1", 80);
	connect_to("192.0.2.1", 81);
	connect_to("2001:db8::1", 53);
	CHECK_STR(learnt(false), "default refuse\n"
				 "allow 192.0.2.1:80-81,443/tcp  # 3 times\n"
				 "allow [2001:db8::1]:53/tcp  # 1 time\n");
	end();
}

static int write_to_null(int (*write)(FILE *, const struct report *, bool))
{
	FILE *out = fopen("/dev/null", "we");
	int failed = write(out, report, false);

	fclose(out);
	return failed;
}

TEST(writers_take_everything)
{
	FILE *full;

	begin();
	connect_to("203.0.113.7\\u001b<b>", 443);
	line("exec",
	     "\"process\":{\"entity_id\":\"p\",\"executable\":\"</td><script>alert(1)</script>\"}");
	report_end(report);
	CHECK(write_to_null(report_write_html) == 0);
	CHECK(write_to_null(report_write_markdown) == 0);
	CHECK(write_to_null(report_write_json) == 0);
	full = fopen("/dev/full", "we");
	CHECK(report_write_html(full, report, false) < 0);
	fclose(full);
	end();
}
