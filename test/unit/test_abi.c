/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_abi.c - arch/abi.h: the ABI table and which ABI a call came by
 */
#include "arch/abi.h"

#include <linux/audit.h>
#include <stdint.h>

#include "arch/arch.h"
#include "test/unit/harness.h"

TEST(every_abi_is_described)
{
	for (unsigned id = ABI_UNKNOWN + 1; id < ABI_NUM_; id++) {
		const struct abi *abi = abi_get(id);

		CHECK(abi->name && *abi->name);
		CHECK(abi->audit_arch != 0);
		CHECK(abi->word == 4 || abi->word == 8);
		CHECK(abi->insn == 2 || abi->insn == 4);
		CHECK(abi_from_audit(abi->audit_arch, id == ABI_X32 ? 0x40000000 : 1) ==
		      id);
		for (unsigned other = id + 1; other < ABI_NUM_; other++)
			CHECK(strcmp(abi->name, abi_get(other)->name) != 0);
	}
}

TEST(unknown_is_never_null)
{
	CHECK_STR(abi_get(ABI_UNKNOWN)->name, "unknown");
	CHECK(abi_get(ABI_UNKNOWN)->word == 0 && abi_get(ABI_UNKNOWN)->audit_arch == 0);
	CHECK(abi_get(ABI_NUM_) == abi_get(ABI_UNKNOWN));
	CHECK(abi_get(1000) == abi_get(ABI_UNKNOWN));
	CHECK(abi_from_audit(0, 42) == ABI_UNKNOWN);
	CHECK(abi_from_audit(AUDIT_ARCH_PPC64LE, 42) == ABI_UNKNOWN);
	CHECK(abi_from_audit(UINT32_MAX, 42) == ABI_UNKNOWN);
}

TEST(x32_by_its_bit)
{
	CHECK(abi_from_audit(AUDIT_ARCH_X86_64, 0x40000000) == ABI_X32);
	CHECK(abi_from_audit(AUDIT_ARCH_X86_64, 0x4000002a) == ABI_X32);
	CHECK(abi_from_audit(AUDIT_ARCH_X86_64, INT32_MAX) == ABI_X32);
	CHECK(abi_from_audit(AUDIT_ARCH_X86_64, 0x3fffffff) == ABI_X86_64);
	CHECK(abi_from_audit(AUDIT_ARCH_X86_64, -1) == ABI_X86_64);
	CHECK(abi_from_audit(AUDIT_ARCH_X86_64, INT32_MIN) == ABI_X86_64);
	CHECK(abi_from_audit(AUDIT_ARCH_I386, 0x40000000) == ABI_I386);
}

TEST(the_host_has_two)
{
	CHECK(abi_get(arch_native_abi())->word == sizeof(void *));
	CHECK(abi_get(arch_compat_abi())->word == 4);
}
