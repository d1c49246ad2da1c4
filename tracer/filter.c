/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/filter.c - the seccomp filter of a run: which calls stop, which cost nothing
 */
#include "tracer/filter.h"

#include <errno.h>
#include <netinet/in.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "arch/arch.h"
#include "base/xalloc.h"
#include "tracer/filter_doors.h"

/* Calls that always stop, and those that stop with --all. */
static const int traced[] = {SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(sendmsg),
			     SCMP_SYS(sendmmsg)};
static const int traced_all[] = {SCMP_SYS(socketpair), SCMP_SYS(listen),
				 SCMP_SYS(accept),     SCMP_SYS(accept4),
				 SCMP_SYS(shutdown),   SCMP_SYS(getsockname),
				 SCMP_SYS(getpeername)};
/* And those that stop beside them where all are shown as by strace. */
static const int traced_shown[] = {SCMP_SYS(sendto),
				   SCMP_SYS(recvfrom),
				   SCMP_SYS(recvmsg),
				   SCMP_SYS(recvmmsg),
				   SCMP_SYS(recvmmsg_time64),
				   SCMP_SYS(getsockopt),
				   SCMP_SYS(setsockopt),
				   SCMP_SYS(send),
				   SCMP_SYS(recv)};

#define STOP_CALL SCMP_ACT_TRACE(0)

static int add_calls(scmp_filter_ctx ctx, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int failed = seccomp_rule_add(ctx, STOP_CALL, calls[i], 0);

		if (failed && failed != -EEXIST)
			return failed;
	}
	return 0;
}

/* socket(2) need not stop for a TCP, UDP or ping socket, AF_UNIX or netlink: what they
 * reach is judged at their other calls. Families are int to the kernel, 64-bit words
 * here: rubbish in the high half makes a word greater than any family, and stops. */
static int add_socket_rules(scmp_filter_ctx ctx)
{
	/* Bits of the type that neither SOCK_STREAM (1) nor SOCK_DGRAM (2) has, and none
	 * at all. */
	static const struct {
		uint64_t mask, bits;
	} odd_types[] = {{4, 4}, {8, 8}, {3, 3}, {0xf, 0}};
	static const int inet[] = {AF_INET, AF_INET6};
	static const uint64_t odd_protocols[] = {IPPROTO_SCTP, IPPROTO_DCCP,
						 115 /* L2TP */, 256 /* SMC */};
	int failed = seccomp_rule_add(ctx, STOP_CALL, SCMP_SYS(socket), 1,
				      SCMP_A0(SCMP_CMP_GT, AF_NETLINK, 0));

	for (unsigned family = 0; !failed && family < AF_NETLINK; family++)
		if (family != AF_UNIX && family != AF_INET && family != AF_INET6)
			failed = seccomp_rule_add(ctx, STOP_CALL, SCMP_SYS(socket), 1,
						  SCMP_A0(SCMP_CMP_EQ, family, 0));
	for (size_t i = 0; !failed && i < ARRAY_LEN(inet) * ARRAY_LEN(odd_types); i++) {
		size_t t = i % ARRAY_LEN(odd_types);

		failed = seccomp_rule_add(
			ctx, STOP_CALL, SCMP_SYS(socket), 2,
			SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)inet[i / ARRAY_LEN(odd_types)],
				0),
			SCMP_A1(SCMP_CMP_MASKED_EQ, odd_types[t].mask,
				odd_types[t].bits));
	}
	/* Protocols with ways of their own: sctp_connectx(3), addresses without a
	 * port. */
	for (size_t i = 0; !failed && i < ARRAY_LEN(odd_protocols); i++)
		failed = seccomp_rule_add(
			ctx, STOP_CALL, SCMP_SYS(socket), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, 0xffffffff, odd_protocols[i]));
	return failed;
}

/* sendto(2) names a destination when its address is not NULL; with MSG_FASTOPEN it
 * connects. */
static int add_sendto_rules(scmp_filter_ctx ctx)
{
	int failed = seccomp_rule_add(ctx, STOP_CALL, SCMP_SYS(sendto), 1,
				      SCMP_A4(SCMP_CMP_NE, 0, 0));

	if (!failed)
		failed = seccomp_rule_add(
			ctx, STOP_CALL, SCMP_SYS(sendto), 1,
			SCMP_A3(SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, MSG_FASTOPEN));
	return failed;
}

/* What is the same in each ABI. */
static int add_common_rules(scmp_filter_ctx ctx, const struct filter_options *options)
{
	static const int listens[] = {SCMP_SYS(listen)};
	static const int peers[] = {SCMP_SYS(getpeername)};
	static const int accepts[] = {SCMP_SYS(accept), SCMP_SYS(accept4)};
	int failed = add_calls(ctx, traced, ARRAY_LEN(traced));

	if (!failed && options->all)
		failed = add_calls(ctx, traced_all, ARRAY_LEN(traced_all));
	if (!failed && options->listens)
		failed = add_calls(ctx, listens, ARRAY_LEN(listens));
	if (!failed && options->peers)
		failed = add_calls(ctx, peers, ARRAY_LEN(peers));
	if (!failed && options->accepts)
		failed = add_calls(ctx, accepts, ARRAY_LEN(accepts));
	if (!failed && options->keep_dumpable)
		failed = seccomp_rule_add(
			ctx, SCMP_ACT_ERRNO(0), SCMP_SYS(prctl), 2,
			SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffffffff, PR_SET_DUMPABLE),
			SCMP_A1(SCMP_CMP_EQ, 0, 0));
	return failed;
}

static scmp_filter_ctx new_context(uint32_t scmp_arch)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);

	if (!ctx)
		return NULL;
	if (seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS)) ||
	    (scmp_arch != seccomp_arch_native() &&
	     (seccomp_arch_remove(ctx, SCMP_ARCH_NATIVE) ||
	      seccomp_arch_add(ctx, scmp_arch)))) {
		seccomp_release(ctx);
		return NULL;
	}
	return ctx;
}

/* The 32-bit ABI: no look at arguments, because i386 has each call twice, once with its
 * arguments in memory; libseccomp adds the socketcall(2) form of a call by itself. */
static int add_compat(scmp_filter_ctx ctx, uint32_t scmp_arch,
		      const struct filter_options *options)
{
	static const int calls[] = {SCMP_SYS(socket), SCMP_SYS(sendto)};
	static const int receive = SCMP_SYS(recvfrom);
	scmp_filter_ctx compat = new_context(scmp_arch);
	int failed;

	if (!compat)
		return -ENOMEM;
	failed = add_calls(compat, calls, ARRAY_LEN(calls));
	if (!failed && options->peers)
		failed = add_calls(compat, &receive, 1);
	if (!failed)
		failed = add_common_rules(compat, options);
	if (!failed)
		failed = filter_add_doors(compat, options, true);
	if (!failed && options->shows)
		failed = add_calls(compat, traced_shown, ARRAY_LEN(traced_shown));
	if (!failed)
		failed = seccomp_merge(ctx, compat); /* takes it over */
	if (failed)
		seccomp_release(compat);
	return failed;
}

static int export_code(scmp_filter_ctx ctx, struct filter *ret_filter)
{
	cleanup_fd int fd = memfd_create("filter", MFD_CLOEXEC);
	struct stat stat;
	struct filter filter;
	int failed;

	if (fd < 0)
		return -errno;
	failed = seccomp_export_bpf(ctx, fd);
	if (failed)
		return failed;
	if (fstat(fd, &stat) < 0)
		return -errno;
	filter.len = (unsigned short)((size_t)stat.st_size / sizeof(*filter.code));
	filter.code = xcalloc(filter.len, sizeof(*filter.code));
	if (pread(fd, filter.code, (size_t)stat.st_size, 0) != stat.st_size) {
		filter_free(&filter);
		return -EIO;
	}
	*ret_filter = filter;
	return 0;
}

int filter_build(const struct filter_options *options, struct filter *ret_filter)
{
	static const int sockets[] = {SCMP_SYS(socket)};
	uint32_t compat_arch = abi_get(arch_compat_abi())->audit_arch;
	scmp_filter_ctx ctx = new_context(seccomp_arch_native());
	int failed;

	if (!ctx)
		return -ENOMEM;
	failed = add_common_rules(ctx, options);
	if (!failed)
		failed = options->all || options->sockets
				 ? add_calls(ctx, sockets, ARRAY_LEN(sockets))
				 : add_socket_rules(ctx);
	if (!failed)
		failed = add_sendto_rules(ctx);
	if (!failed && options->peers) /* where its sender is wanted */
		failed = seccomp_rule_add(ctx, STOP_CALL, SCMP_SYS(recvfrom), 1,
					  SCMP_A4(SCMP_CMP_NE, 0, 0));
	if (!failed)
		failed = filter_add_doors(ctx, options, false);
	if (!failed && options->shows)
		failed = add_calls(ctx, traced_shown, ARRAY_LEN(traced_shown));
	if (!failed)
		failed = add_compat(ctx, compat_arch, options);
	if (!failed)
		failed = export_code(ctx, ret_filter);
	seccomp_release(ctx);
	return failed;
}

void filter_free(struct filter *filter)
{
	free(filter->code);
	*filter = (struct filter){0};
}
