/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_xalloc.c - memory that is there, and the end when it is not
 */
#include "base/xalloc.h"

#include <stdint.h>
#include <sys/wait.h>

#include "base/msg.h"
#include "test/unit/harness.h"

/* AddressSanitizer ends a program that asks for too much, unless told not to. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

TEST(zeroed)
{
	unsigned char *memory = xcalloc(100, 3);
	size_t sum = 0;

	for (size_t i = 0; i < 300; i++)
		sum += memory[i];
	CHECK(sum == 0);
	free(memory);
}

TEST(nothing_is_something)
{
	void *a = xcalloc(0, 8), *b = xreallocarray(NULL, 0, 8), *c;

	CHECK(a && b);
	c = xreallocarray(b, 8, 0);
	CHECK(c);
	free(a);
	free(c);
}

TEST(grows)
{
	int *numbers = NULL;

	for (int i = 0; i < 1000; i++) {
		numbers = xreallocarray(numbers, (size_t)i + 1, sizeof(*numbers));
		numbers[i] = i;
	}
	CHECK(numbers[0] == 0 && numbers[999] == 999);
	free(numbers);
}

TEST(strings)
{
	char *exact = malloc(3), *copy;

	memcpy(exact, "abc", 3); /* no NUL: the length counts */
	copy = xstrndup(exact, 3);
	CHECK_STR(copy, "abc");
	free(copy);
	copy = xstrndup(exact, 0);
	CHECK_STR(copy, "");
	free(copy);
	copy = xstrndup("ab\0cd", 5);
	CHECK_STR(copy, "ab");
	free(copy);
	free(exact);
}

TEST(product_that_overflows_ends_it)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(STDERR_FILENO);
		free(xreallocarray(NULL, SIZE_MAX / 2, 3));
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NETJAIL_FAILED);
}
