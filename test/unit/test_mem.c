/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_mem.c - copies across page borders, from holes, and the limits of a
 * gather
 */
#include "tracer/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/unit/harness.h"

#define PAGE 4096

/* Two pages with a hole behind them, and the byte i at place i. */
static uint8_t *pages_before_hole(void)
{
	uint8_t *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED || munmap(pages + 2 * PAGE, PAGE) != 0)
		_exit(1);
	for (size_t i = 0; i < 2 * PAGE; i++)
		pages[i] = (uint8_t)(i * 7);
	return pages;
}

static struct remote at(const void *pointer)
{
	return (struct remote){(uintptr_t)pointer};
}

TEST(reads_all_or_says_fault)
{
	uint8_t *pages = pages_before_hole(), copy[64];
	static const struct {
		size_t from, len;
		int want;
	} cases[] = {
		{0, 64, 0},
		{PAGE - 1, 2, 0},
		{PAGE - 32, 64, 0},
		{2 * PAGE - 64, 64, 0},
		{2 * PAGE - 1, 1, 0},
		{2 * PAGE - 63, 64, -EFAULT}, /* one byte in the hole */
		{2 * PAGE - 1, 2, -EFAULT},
		{2 * PAGE, 1, -EFAULT},
		{2 * PAGE, 0, 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int got =
			mem_read(getpid(), at(pages + cases[i].from), copy, cases[i].len);

		CHECK(got == cases[i].want);
		if (!got)
			CHECK(memcmp(copy, pages + cases[i].from, cases[i].len) == 0);
	}
	munmap(pages, 2 * PAGE);
}

TEST(addresses_of_nothing)
{
	static const uint64_t nowhere[] = {0,
					   8,
					   UINT64_MAX,
					   UINT64_MAX - 7,
					   UINT64_C(1) << 63,
					   UINT64_C(0x00007fffffffffff)};
	uint8_t copy[16];

	for (size_t i = 0; i < ARRAY_LEN(nowhere); i++) {
		CHECK(mem_read(getpid(), (struct remote){nowhere[i]}, copy, 16) ==
		      -EFAULT);
		CHECK(mem_write(getpid(), (struct remote){nowhere[i]}, copy, 16) ==
		      -EFAULT);
		CHECK(mem_read(getpid(), (struct remote){nowhere[i]}, copy, 0) == 0);
	}
}

TEST(protections)
{
	uint8_t *pages = pages_before_hole(), copy[4] = {1, 2, 3, 4};

	CHECK(mem_write(getpid(), at(pages + PAGE - 2), copy, 4) == 0);
	CHECK(memcmp(pages + PAGE - 2, copy, 4) == 0);
	mprotect(pages + PAGE, PAGE, PROT_READ);
	CHECK(mem_write(getpid(), at(pages + PAGE), copy, 4) == -EFAULT);
	CHECK(mem_write(getpid(), at(pages + PAGE - 2), copy, 4) == -EFAULT);
	mprotect(pages + PAGE, PAGE, PROT_NONE);
	CHECK(mem_read(getpid(), at(pages + PAGE), copy, 4) == -EFAULT);
	CHECK(mem_read(getpid(), at(pages + PAGE - 2), copy, 4) == -EFAULT);
	munmap(pages, 2 * PAGE);
}

TEST(nobody_there)
{
	uint8_t byte = 0;
	struct remote_span span = {at(&byte), 1};
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(mem_read(pid, at(&byte), &byte, 1) == -ESRCH);
	CHECK(mem_write(pid, at(&byte), &byte, 1) == -ESRCH);
	CHECK(mem_gather(pid, &span, 1, &byte, 1) == -ESRCH);
}

TEST(gathers_in_order)
{
	uint8_t *pages = pages_before_hole(), copy[32];
	struct remote_span spans[] = {
		{at(pages + 10), 4},
		{{8}, 0}, /* an empty span is not looked at */
		{at(pages + PAGE - 2), 4},
		{at(pages + 2 * PAGE - 1), 1},
	};

	CHECK(mem_gather(getpid(), spans, 4, copy, sizeof(copy)) == 9);
	CHECK(memcmp(copy, pages + 10, 4) == 0);
	CHECK(memcmp(copy + 4, pages + PAGE - 2, 4) == 0);
	CHECK(copy[8] == pages[2 * PAGE - 1]);
	CHECK(mem_gather(getpid(), spans, 4, copy, 9) == 9);
	CHECK(mem_gather(getpid(), spans, 4, copy, 8) == -EMSGSIZE);
	CHECK(mem_gather(getpid(), spans, 0, copy, 0) == 0);
	CHECK(mem_gather(getpid(), spans + 1, 1, copy, 0) == 0);
	spans[3].len = 2;
	CHECK(mem_gather(getpid(), spans, 4, copy, sizeof(copy)) == -EFAULT);
	spans[0] = (struct remote_span){{8}, 4};
	CHECK(mem_gather(getpid(), spans, 4, copy, sizeof(copy)) == -EFAULT);
	munmap(pages, 2 * PAGE);
}

TEST(gather_limits)
{
	static struct remote_span spans[2 * IOV_MAX];
	static uint8_t copy[2 * IOV_MAX];
	uint8_t byte = 'x';

	for (size_t i = 0; i < ARRAY_LEN(spans); i++)
		spans[i] = (struct remote_span){at(&byte), 1};
	CHECK(mem_gather(getpid(), spans, IOV_MAX, copy, sizeof(copy)) == IOV_MAX);
	CHECK(copy[0] == 'x' && copy[IOV_MAX - 1] == 'x' && copy[IOV_MAX] == 0);
	CHECK(mem_gather(getpid(), spans, IOV_MAX + 1, copy, sizeof(copy)) == -EMSGSIZE);
	/* Empty ones do not count. */
	for (size_t i = 0; i < IOV_MAX; i++)
		spans[2 * i].len = 0;
	CHECK(mem_gather(getpid(), spans, 2 * IOV_MAX, copy, sizeof(copy)) == IOV_MAX);
	/* Lengths whose sum overflows. */
	spans[0].len = SIZE_MAX;
	spans[1].len = 2;
	CHECK(mem_gather(getpid(), spans, 2, copy, sizeof(copy)) == -EMSGSIZE);
	spans[0].len = 1;
	spans[1].len = SIZE_MAX;
	CHECK(mem_gather(getpid(), spans, 2, copy, sizeof(copy)) == -EMSGSIZE);
}
