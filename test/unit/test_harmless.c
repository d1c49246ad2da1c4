/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_harmless.c - the kernel makes nothing of a call in its harmless form
 *
 * Each is made by a child, with arguments that would have it succeed or be taken for others.
 */
#include <errno.h>
#include <linux/io_uring.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arch/arch.h"
#include "base/cleanup.h"
#include "harness.h"
#include "tracer/harmless.h"

/* Memory that a struct of some call, all zero but for these flags, can lie in. */
static uint64_t *memory_with(uint64_t word)
{
	uint64_t *memory = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		abort();
	for (unsigned i = 0; i < 64; i++)
		memory[i] = word;
	return memory;
}

/* The child's exit status: 0 when the call failed. */
static int call_spoiled(enum sys_id id, const struct harmless *form, const uint64_t *base)
{
	int32_t nr = sysnr_nr(arch_native_abi(), id);
	uint64_t a[6];

	memcpy(a, base, sizeof(a));
	a[form->arg] = (uint64_t)(int64_t)form->value;
	alarm(10);
	return syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]) >= 0;
}

/* -1 when it was ended by a signal. */
static int status_of(enum sys_id id, const struct harmless *form, const uint64_t *base)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(call_spoiled(id, form, base));
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

/* One that would do nothing anyway: no bytes to write. */
static bool does_nothing(enum sys_id id, const uint64_t *base)
{
	return id == SYS_ID_PROCESS_VM_WRITEV && (!base[2] || !base[4]);
}

TEST(no_call_succeeds_in_its_harmless_form)
{
	uint64_t zeros = (uint64_t)(uintptr_t)memory_with(0);
	uint64_t ones = (uint64_t)(uintptr_t)memory_with(1);
	uint64_t clamp = (uint64_t)(uintptr_t)memory_with(0);
	const uint64_t bases[][6] = {
		{0},
		{1, 1, 1, 1, 1, 1},
		{1, zeros, 0, 0, zeros, 16},
		{1, zeros, 64, 0, zeros, 16},
		{1, ones, 1, ones, 1, 0},
		{8, clamp, 0, 0, 0, 0},
		{zeros, 4096, 3, 0x22, UINT64_MAX, 0},
		{zeros, 64, 0, 0, 0, 0},
		{zeros, zeros, zeros, UINT64_MAX - 3, 0, 0},
		{3, UINT32_MAX, 2, 0, 0, 0},
	};
	unsigned count = 0;

	((struct io_uring_params *)(uintptr_t)clamp)->flags = 1u << 4; /* CLAMP */
	for (unsigned id = 0; id < SYS_ID_NUM_; id++) {
		const struct harmless *form = harmless_form(arch_native_abi(), id);

		if (!form || sysnr_nr(arch_native_abi(), id) < 0)
			continue;
		count++;
		for (size_t i = 0; i < ARRAY_LEN(bases); i++) {
			int status = does_nothing(id, bases[i])
					     ? 0
					     : status_of(id, form, bases[i]);

			if (status)
				printf("%s, arguments %zu\n", sysnr_name(id), i);
			CHECK(status == 0);
		}
	}
	CHECK(count > 40);
}

/* What call_asks_filter takes for the filter's consent. */
TEST(the_errno_of_what_asks_a_filter_is_known)
{
	static const enum sys_id asked[] = {
		SYS_ID_CONNECT, SYS_ID_BIND,     SYS_ID_LISTEN,           SYS_ID_SENDTO,
		SYS_ID_SENDMSG, SYS_ID_SENDMMSG, SYS_ID_PIDFD_SEND_SIGNAL};

	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		const struct harmless *form = harmless_form(arch_native_abi(), asked[i]);
		int32_t nr = sysnr_nr(arch_native_abi(), asked[i]);

		CHECK(form);
		if (!form)
			continue;
		CHECK(form->arg == 0 && form->value == HARMLESS_DESCRIPTOR);
		errno = 0;
		CHECK(syscall(nr, HARMLESS_DESCRIPTOR, 0, 0, 0, 0, 0) == -1 &&
		      -errno == form->error);
	}
	CHECK(harmless_form(ABI_I386, SYS_ID_SOCKETCALL)->error == -EINVAL);
}

TEST(what_has_no_such_form_gets_none)
{
	CHECK(!harmless_form(ABI_X86_64, SYS_ID_OTHER));
	CHECK(!harmless_form(ABI_UNKNOWN, SYS_ID_OTHER));
	CHECK(!harmless_form(ABI_I386, SYS_ID_MMAP));
	CHECK(!harmless_form(ABI_X86_64, SYS_ID_CLONE));
	CHECK(harmless_form(ABI_X86_64, SYS_ID_MMAP));
}
