/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/bench/rules.c - what block lists cost: 1,000,000 domains and 100,000 prefixes are
 * loaded, then decisions are timed, beside those of ten rules
 *
 * bench_rules FOLDER - the lists are written there
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "rules/ruleset.h"

enum { DOMAINS = 1000000, PREFIXES = 100000, DECISIONS = 1000000, KEPT = 4096 };

static uint64_t state = 0x9e3779b97f4a7c15;

static uint32_t draw(void)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)(state >> 32);
}

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double resident_mib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1024;
}

/* As block lists have them: ad12345.tracker678.example.net */
static void put_name(char *out, size_t size)
{
	static const char *const tops[] = {"com", "net", "example.org", "co.example",
					   "io"};
	uint32_t a = draw(), b = draw();

	snprintf(out, size, "ad%" PRIu32 ".tracker%" PRIu32 ".%s", a % 100000, b % 50000,
		 tops[b % 5]);
}

static void write_lists(const char *folder)
{
	char path[512], name[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/domains", folder);
	file = fopen(path, "w");
	for (int i = 0; file && i < DOMAINS; i++) {
		put_name(name, sizeof(name));
		fprintf(file, "%s\n", name);
	}
	if (!file || fclose(file) != 0)
		exit(1);
	snprintf(path, sizeof(path), "%s/prefixes", folder);
	file = fopen(path, "w");
	for (int i = 0; file && i < PREFIXES; i++) {
		uint32_t bits = 16 + draw() % 17, net = draw() & ~UINT32_C(0)
									 << (32 - bits);

		/* The connects of the bench must not be refused. */
		if (net >> 24 == 127)
			net ^= UINT32_C(1) << 31;
		fprintf(file, "%u.%u.%u.%u/%u\n", net >> 24, net >> 16 & 255,
			net >> 8 & 255, net & 255, bits);
	}
	if (!file || fclose(file) != 0)
		exit(1);
}

static struct ruleset *load(const char *text)
{
	struct ruleset *set = ruleset_new();
	struct rule_error error;

	if (ruleset_add_text(set, "bench", 1, text, strlen(text), &error) != 0 ||
	    ruleset_finish(set, &error) != 0) {
		fprintf(stderr, "%s\n", error.text);
		exit(1);
	}
	return set;
}

static double decisions(struct ruleset *set, bool named, unsigned *ret_refused)
{
	static struct request requests[KEPT];
	static char names[KEPT][128];
	double start;

	state = 1;
	for (int i = 0; i < KEPT; i++) {
		uint32_t addr = draw();
		uint8_t bytes[4] = {(uint8_t)(addr >> 24), (uint8_t)(addr >> 16),
				    (uint8_t)(addr >> 8), (uint8_t)addr};

		put_name(names[i], sizeof(names[i]));
		requests[i] = (struct request){
			.kind = REQUEST_CONNECT,
			.sock = {AF_INET, SOCK_STREAM, 0},
			.end = {.family = AF_INET, .inet = {addr_from_v4(bytes), 443}},
			.names = {names[i]},
			.name_count = named,
			.user = -1,
		};
	}
	*ret_refused = 0;
	start = now_us();
	for (int i = 0; i < DECISIONS; i++)
		*ret_refused +=
			ruleset_judge(set, &requests[i % KEPT]).verdict == VERDICT_REFUSE;
	return (now_us() - start) * 1e3 / DECISIONS;
}

static void time_decisions(const char *title, struct ruleset *set)
{
	unsigned refused;
	double plain = decisions(set, false, &refused),
	       named = decisions(set, true, &refused);

	printf("%-40s %6.0f ns by address, %6.0f ns by address and name (%u of %d refused)\n",
	       title, plain, named, refused, DECISIONS);
}

int main(int argc, char **argv)
{
	char text[2048];
	double before, start;
	struct ruleset *set;

	if (argc != 2) {
		fputs("usage: bench_rules FOLDER\n", stderr);
		return 2;
	}
	write_lists(argv[1]);
	set = load("refuse 10.0.0.1\nrefuse 10.0.0.2:80\nallow lan\nrefuse .a.example\n"
		   "refuse b.example\nrefuse 192.0.2.0/24\nrefuse 198.51.100.0/24\n"
		   "refuse 203.0.113.0/24\nrefuse multicast\nallow localhost\n");
	time_decisions("ten rules", set);
	ruleset_free(set);
	snprintf(text, sizeof(text),
		 "refuse @domains @prefixes\nset domains file %s/domains\n"
		 "set prefixes file %s/prefixes\n",
		 argv[1], argv[1]);
	before = resident_mib();
	start = now_us();
	set = load(text);
	printf("%-40s %6.2f s, %6.0f MiB\n", "1,000,000 domains, 100,000 prefixes loaded",
	       (now_us() - start) / 1e6, resident_mib() - before);
	time_decisions("1,000,000 domains, 100,000 prefixes", set);
	ruleset_free(set);
	return 0;
}
