/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_filter.c - which calls stop and which run: the filter as data, and in the kernel
 */
#include "tracer/filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "arch/arch.h"
#include "arch/sysnr.h"
#include "test/unit/bpf.h"
#include "test/unit/harness.h"

#define RUNS  SECCOMP_RET_ALLOW
#define STOPS SECCOMP_RET_TRACE
#define NOSYS (SECCOMP_RET_ERRNO | ENOSYS)
#define DONE  SECCOMP_RET_ERRNO /* answered with 0 */

static const struct filter_options few = {.all = false};
static const struct filter_options all = {.all = true};

static uint32_t verdict_of(const struct filter *filter, uint32_t audit_arch, int32_t nr,
			   const uint64_t args[static 6])
{
	struct seccomp_data data = {.nr = nr, .arch = audit_arch};

	memcpy(data.args, args, sizeof(data.args));
	return bpf_run(filter->code, filter->len, &data);
}

static uint32_t native(const struct filter *filter, enum sys_id id,
		       const uint64_t args[static 6])
{
	enum abi_id abi = arch_native_abi();

	return verdict_of(filter, abi_get(abi)->audit_arch, sysnr_nr(abi, id), args);
}

static const uint64_t zeros[6];

static const struct {
	uint64_t domain, type, protocol;
	uint32_t want;
} socket_calls[] = {
	{AF_INET, SOCK_STREAM, 0, RUNS},
	{AF_INET, SOCK_STREAM, IPPROTO_TCP, RUNS},
	{AF_INET, SOCK_STREAM, 262, RUNS}, /* MPTCP: its connect stops */
	{AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, RUNS},
	{AF_INET, SOCK_DGRAM, 0, RUNS},
	{AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP, RUNS},
	{AF_INET, SOCK_DGRAM, IPPROTO_ICMP, RUNS},
	{AF_UNIX, SOCK_STREAM, 0, RUNS},
	{AF_UNIX, SOCK_RAW, 0, RUNS},
	{AF_NETLINK, SOCK_RAW, 0, RUNS},
	{AF_UNSPEC, SOCK_STREAM, 0, STOPS},
	{AF_INET, SOCK_RAW, IPPROTO_ICMP, STOPS},
	{AF_INET6, SOCK_RAW | SOCK_CLOEXEC, 255, STOPS},
	{AF_INET, SOCK_SEQPACKET, 0, STOPS},
	{AF_INET, SOCK_RDM, 0, STOPS},
	{AF_INET, 6 /* SOCK_DCCP */, 33, STOPS},
	{AF_INET, 10 /* SOCK_PACKET */, 0, STOPS},
	{AF_INET, 0, 0, STOPS},
	{AF_INET, SOCK_CLOEXEC, 0, STOPS},
	{AF_INET, 15, 0, STOPS},
	{AF_INET, SOCK_STREAM, IPPROTO_SCTP, STOPS},
	{AF_INET6, SOCK_STREAM, IPPROTO_SCTP, STOPS},
	{AF_PACKET, SOCK_DGRAM, 0, STOPS},
	{AF_VSOCK, SOCK_STREAM, 0, STOPS},
	{44 /* AF_XDP */, SOCK_RAW, 0, STOPS},
	{38 /* AF_ALG */, SOCK_SEQPACKET, 0, STOPS},
	{(uint64_t)-1, SOCK_STREAM, 0, STOPS},
	/* Rubbish in the high half, which the kernel does not look at. */
	{UINT64_C(1) << 32 | AF_INET, SOCK_STREAM, 0, STOPS},
	{UINT64_C(1) << 32 | AF_PACKET, SOCK_RAW, 0, STOPS},
	{UINT64_C(1) << 32 | AF_UNIX, SOCK_STREAM, 0, STOPS},
	{AF_INET, UINT64_C(1) << 32 | SOCK_RAW, 0, STOPS},
	{AF_INET, UINT64_C(1) << 32 | SOCK_STREAM, 0, RUNS},
	{AF_INET, SOCK_STREAM, UINT64_C(1) << 32 | IPPROTO_SCTP, STOPS},
};

TEST(sockets)
{
	struct filter filter;

	CHECK(filter_build(&few, &filter) == 0);
	for (size_t i = 0; i < ARRAY_LEN(socket_calls); i++) {
		uint64_t args[6] = {socket_calls[i].domain,
				    socket_calls[i].type,
				    socket_calls[i].protocol,
				    7,
				    7,
				    7};

		CHECK(native(&filter, SYS_ID_SOCKET, args) == socket_calls[i].want);
	}
	filter_free(&filter);
	CHECK(filter.code == NULL && filter.len == 0);
}

/* Every family and type against the rule in one line. */
TEST(every_family_and_type)
{
	struct filter filter;
	unsigned wrong = 0;

	CHECK(filter_build(&few, &filter) == 0);
	for (uint64_t family = 0; family < 70; family++)
		for (uint64_t type = 0; type < 16; type++) {
			uint64_t args[6] = {family, type | SOCK_CLOEXEC};
			bool inet = family == AF_INET || family == AF_INET6;
			bool plain = type == SOCK_STREAM || type == SOCK_DGRAM;
			bool runs = family == AF_UNIX || family == AF_NETLINK ||
				    (inet && plain);

			wrong += native(&filter, SYS_ID_SOCKET, args) !=
				 (runs ? RUNS : STOPS);
		}
	CHECK(wrong == 0);
	filter_free(&filter);
}

TEST(sendto_with_an_address_or_a_fast_open)
{
	static const struct {
		uint64_t flags, address, len;
		uint32_t want;
	} cases[] = {
		{0, 0, 0, RUNS},
		{MSG_NOSIGNAL | MSG_DONTWAIT, 0, 0, RUNS},
		{MSG_ZEROCOPY, 0, 0, RUNS},
		{0, 0, 16, RUNS}, /* a length alone is no address */
		{0, 8, 0, STOPS},
		{0, 0x7fff0000, 16, STOPS},
		{0, UINT64_C(1) << 32, 16, STOPS}, /* its low half is 0 */
		{0, UINT64_C(1) << 63, 16, STOPS},
		{MSG_FASTOPEN, 0, 0, STOPS},
		{MSG_FASTOPEN | MSG_DONTWAIT, 0, 0, STOPS},
		{UINT64_C(1) << 32 | MSG_FASTOPEN, 0, 0, STOPS},
		{0xffffffff, 0, 0, STOPS},
		{UINT64_C(0xffffffff00000000), 0, 0, RUNS},
	};
	struct filter filter;

	CHECK(filter_build(&few, &filter) == 0);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint64_t args[6] = {
			3, 4096, 5, cases[i].flags, cases[i].address, cases[i].len};

		CHECK(native(&filter, SYS_ID_SENDTO, args) == cases[i].want);
	}
	filter_free(&filter);
}

static const struct {
	enum sys_id id;
	uint32_t few, all;
} calls[] = {
	{SYS_ID_CONNECT, STOPS, STOPS},    {SYS_ID_BIND, STOPS, STOPS},
	{SYS_ID_SENDMSG, STOPS, STOPS},    {SYS_ID_SENDMMSG, STOPS, STOPS},
	{SYS_ID_LISTEN, RUNS, STOPS},      {SYS_ID_ACCEPT, RUNS, STOPS},
	{SYS_ID_ACCEPT4, RUNS, STOPS},     {SYS_ID_SHUTDOWN, RUNS, STOPS},
	{SYS_ID_GETSOCKNAME, RUNS, STOPS}, {SYS_ID_GETPEERNAME, RUNS, STOPS},
	{SYS_ID_SOCKETPAIR, RUNS, STOPS},  {SYS_ID_IO_URING_SETUP, STOPS, STOPS},
	{SYS_ID_READ, RUNS, RUNS},         {SYS_ID_READV, RUNS, RUNS},
	{SYS_ID_WRITEV, RUNS, RUNS},       {SYS_ID_RECVFROM, RUNS, RUNS},
	{SYS_ID_RECVMSG, RUNS, RUNS},      {SYS_ID_PPOLL, RUNS, RUNS},
	{SYS_ID_PRCTL, RUNS, RUNS},        {SYS_ID_EPOLL_PWAIT, RUNS, RUNS},
};

static void check_calls(const struct filter_options *options, enum abi_id abi)
{
	struct filter filter;

	CHECK(filter_build(options, &filter) == 0);
	for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
		int32_t nr = sysnr_nr(abi, calls[i].id);
		uint32_t want = options->all ? calls[i].all : calls[i].few;

		if (nr >= 0)
			CHECK(verdict_of(&filter, abi_get(abi)->audit_arch, nr, zeros) ==
			      want);
	}
	filter_free(&filter);
}

TEST(calls_of_both_abis)
{
	check_calls(&few, arch_native_abi());
	check_calls(&all, arch_native_abi());
	check_calls(&few, arch_compat_abi());
	check_calls(&all, arch_compat_abi());
}

TEST(options)
{
	static const struct filter_options listens = {.listens = true},
					   sockets = {.sockets = true};
	static const struct filter_options keep = {.keep_dumpable = true};
	static const uint64_t plain[6] = {AF_UNIX, SOCK_STREAM};
	static const uint64_t dumpable[][6] = {
		{PR_SET_DUMPABLE, 0},
		{UINT64_C(1) << 32 | PR_SET_DUMPABLE, 0},
		{PR_SET_DUMPABLE, 1},
		{PR_SET_NAME, 0},
	};
	struct filter filter;

	CHECK(filter_build(&listens, &filter) == 0);
	CHECK(native(&filter, SYS_ID_LISTEN, zeros) == STOPS);
	CHECK(native(&filter, SYS_ID_ACCEPT4, zeros) == RUNS);
	CHECK(native(&filter, SYS_ID_SOCKET, plain) == RUNS);
	filter_free(&filter);
	CHECK(filter_build(&sockets, &filter) == 0);
	CHECK(native(&filter, SYS_ID_SOCKET, plain) == STOPS);
	filter_free(&filter);
	CHECK(filter_build(&keep, &filter) == 0);
	CHECK(native(&filter, SYS_ID_PRCTL, dumpable[0]) == DONE);
	CHECK(native(&filter, SYS_ID_PRCTL, dumpable[1]) == DONE);
	CHECK(native(&filter, SYS_ID_PRCTL, dumpable[2]) == RUNS);
	CHECK(native(&filter, SYS_ID_PRCTL, dumpable[3]) == RUNS);
	filter_free(&filter);
}

/* The 32-bit ABI stops whatever its arguments are; socketcall(2) by its first argument. */
TEST(compat)
{
	enum abi_id abi = arch_compat_abi();
	uint32_t audit_arch = abi_get(abi)->audit_arch;
	int32_t multiplexer = sysnr_nr(abi, SYS_ID_SOCKETCALL);
	struct filter filter;

	CHECK(filter_build(&few, &filter) == 0);
	CHECK(verdict_of(&filter, audit_arch, sysnr_nr(abi, SYS_ID_SOCKET), zeros) ==
	      STOPS);
	CHECK(verdict_of(&filter, audit_arch, sysnr_nr(abi, SYS_ID_SENDTO), zeros) ==
	      STOPS);
	for (uint64_t which = 0; multiplexer >= 0 && which < 32; which++) {
		uint64_t args[6] = {which, 4096};
		unsigned words;
		enum sys_id id = sysnr_socketcall(which, &words);
		bool stops = id == SYS_ID_SOCKET || id == SYS_ID_CONNECT ||
			     id == SYS_ID_BIND || id == SYS_ID_SENDTO ||
			     id == SYS_ID_SENDMSG || id == SYS_ID_SENDMMSG;

		CHECK(verdict_of(&filter, audit_arch, multiplexer, args) ==
		      (stops ? STOPS : RUNS));
	}
	filter_free(&filter);
}

/* Numbers mean nothing without their architecture; every foreign one gets ENOSYS. */
TEST(foreign_architectures)
{
	uint32_t ours[] = {abi_get(arch_native_abi())->audit_arch,
			   abi_get(arch_compat_abi())->audit_arch};
	static const uint32_t arches[] = {
		AUDIT_ARCH_X86_64,
		AUDIT_ARCH_I386,
		AUDIT_ARCH_AARCH64,
		AUDIT_ARCH_ARM,
		AUDIT_ARCH_RISCV64,
		AUDIT_ARCH_PPC64LE,
		0,
		UINT32_MAX,
	};
	struct filter filter;

	CHECK(filter_build(&few, &filter) == 0);
	for (size_t i = 0; i < ARRAY_LEN(arches); i++) {
		unsigned wrong = 0;

		if (arches[i] == ours[0] || arches[i] == ours[1])
			continue;
		for (int32_t nr = -1; nr < 600; nr++)
			wrong += verdict_of(&filter, arches[i], nr, zeros) != NOSYS;
		CHECK(wrong == 0);
	}
	filter_free(&filter);
}

/* x32: the bit in the number of an x86_64 call (<asm/unistd.h> __X32_SYSCALL_BIT). */
TEST(x32_numbers)
{
	unsigned wrong = 0;
	struct filter filter;

	if (arch_native_abi() != ABI_X86_64)
		return;
	CHECK(filter_build(&few, &filter) == 0);
	for (uint32_t nr = 0; nr < 1024; nr++)
		wrong += verdict_of(&filter, AUDIT_ARCH_X86_64,
				    (int32_t)(nr | 0x40000000), zeros) != NOSYS;
	CHECK(wrong == 0);
	filter_free(&filter);
}

/* ---- in the kernel: without a tracer SECCOMP_RET_TRACE is ENOSYS (seccomp(2)) ---- */

static bool has_nosys(long result)
{
	return result == -1 && errno == ENOSYS;
}

/* The number of the first expectation that does not hold, 0 for none. */
static int expectations(void)
{
	int tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET6, SOCK_DGRAM, 0),
	    pair[2];
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct msghdr message = {.msg_namelen = 0};

	if (tcp < 0 || (udp < 0 && errno == ENOSYS) ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, pair))
		return 1;
	if (send(pair[0], "x", 1, 0) != 1 || read(pair[1], &in.sin_zero, 1) != 1)
		return 2;
	if (!has_nosys(connect(tcp, (struct sockaddr *)&in, sizeof(in))))
		return 3;
	if (!has_nosys(bind(tcp, (struct sockaddr *)&in, sizeof(in))))
		return 4;
	if (!has_nosys(sendto(tcp, "x", 1, 0, (struct sockaddr *)&in, sizeof(in))))
		return 5;
	if (!has_nosys(sendto(tcp, "x", 1, MSG_FASTOPEN, NULL, 0)))
		return 6;
	if (!has_nosys(syscall(SYS_sendto, tcp, "x", 1, 0, UINT64_C(1) << 32, 16)))
		return 7;
	if (!has_nosys(sendmsg(pair[0], &message, 0)))
		return 8;
	if (!has_nosys(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)))
		return 9;
	if (!has_nosys(syscall(SYS_socket, UINT64_C(1) << 32 | AF_PACKET, SOCK_RAW, 0)))
		return 10;
	if (!has_nosys(syscall(SYS_io_uring_setup, 1, NULL)))
		return 11;
	return has_nosys(socket(AF_UNIX, SOCK_STREAM, 0)) ? 12 : 0;
}

static int load_and_expect(const struct filter *filter)
{
	struct sock_fprog program = {filter->len, filter->code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		return 100;
	return expectations();
}

TEST(in_the_kernel)
{
	struct filter filter;
	int status = -1;
	pid_t pid;

	CHECK(filter_build(&few, &filter) == 0);
	pid = fork();
	if (!pid)
		_exit(load_and_expect(&filter));
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	if (status)
		printf("expectation %d does not hold\n", WEXITSTATUS(status));
	filter_free(&filter);
}
