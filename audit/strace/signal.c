/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/strace/signal.c - signals and ends of processes as strace(1) prints them
 */
#include <inttypes.h>
#include <linux/audit.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audit/strace/parts.h"

static void put_signal_name(struct buf *out, int sig)
{
	/* The first real-time signals are the C library's own. */
	static const int first_real_time = 32, last = 64;
	const char *name = sigabbrev_np(sig);

	if (name)
		buf_printf(out, "SIG%s", name);
	else if (sig == first_real_time)
		buf_puts(out, "SIGRTMIN");
	else if (sig > first_real_time && sig <= last)
		buf_printf(out, "SIGRT_%d", sig - first_real_time);
	else
		buf_printf(out, "%d", sig);
}

/* ---- si_code ---- */

static const struct strace_name any_codes[] = {
	{0, "SI_USER"},
	{0x80, "SI_KERNEL"},
	{(uint32_t)-1, "SI_QUEUE"},
	{(uint32_t)-2, "SI_TIMER"},
	{(uint32_t)-3, "SI_MESGQ"},
	{(uint32_t)-4, "SI_ASYNCIO"},
	{(uint32_t)-5, "SI_SIGIO"},
	{(uint32_t)-6, "SI_TKILL"},
	{(uint32_t)-7, "SI_DETHREAD"},
	{(uint32_t)-60, "SI_ASYNCNL"},
};
static const struct strace_name child_codes[] = {
	{1, "CLD_EXITED"},  {2, "CLD_KILLED"},  {3, "CLD_DUMPED"},
	{4, "CLD_TRAPPED"}, {5, "CLD_STOPPED"}, {6, "CLD_CONTINUED"},
};
static const struct strace_name segv_codes[] = {
	{1, "SEGV_MAPERR"},  {2, "SEGV_ACCERR"},  {3, "SEGV_BNDERR"},
	{4, "SEGV_PKUERR"},  {5, "SEGV_ACCADI"},  {6, "SEGV_ADIDERR"},
	{7, "SEGV_ADIPERR"}, {8, "SEGV_MTEAERR"}, {9, "SEGV_MTESERR"},
};
static const struct strace_name bus_codes[] = {
	{1, "BUS_ADRALN"},    {2, "BUS_ADRERR"},    {3, "BUS_OBJERR"},
	{4, "BUS_MCEERR_AR"}, {5, "BUS_MCEERR_AO"},
};
static const struct strace_name fpe_codes[] = {
	{1, "FPE_INTDIV"},  {2, "FPE_INTOVF"},    {3, "FPE_FLTDIV"}, {4, "FPE_FLTOVF"},
	{5, "FPE_FLTUND"},  {6, "FPE_FLTRES"},    {7, "FPE_FLTINV"}, {8, "FPE_FLTSUB"},
	{14, "FPE_FLTUNK"}, {15, "FPE_CONDTRAP"},
};
static const struct strace_name ill_codes[] = {
	{1, "ILL_ILLOPC"}, {2, "ILL_ILLOPN"}, {3, "ILL_ILLADR"},
	{4, "ILL_ILLTRP"}, {5, "ILL_PRVOPC"}, {6, "ILL_PRVREG"},
	{7, "ILL_COPROC"}, {8, "ILL_BADSTK"}, {9, "ILL_BADIADDR"},
};
static const struct strace_name poll_codes[] = {
	{1, "POLL_IN"},  {2, "POLL_OUT"}, {3, "POLL_MSG"},
	{4, "POLL_ERR"}, {5, "POLL_PRI"}, {6, "POLL_HUP"},
};
static const struct strace_name trap_codes[] = {
	{1, "TRAP_BRKPT"},  {2, "TRAP_TRACE"}, {3, "TRAP_BRANCH"},
	{4, "TRAP_HWBKPT"}, {5, "TRAP_UNK"},   {6, "TRAP_PERF"},
};
static const struct strace_name sys_codes[] = {
	{1, "SYS_SECCOMP"},
	{2, "SYS_USER_DISPATCH"},
};

static const struct {
	int sig;
	struct strace_names codes;
} by_signal[] = {
	{SIGCHLD, NAMES(child_codes, "")}, {SIGSEGV, NAMES(segv_codes, "")},
	{SIGBUS, NAMES(bus_codes, "")},    {SIGFPE, NAMES(fpe_codes, "")},
	{SIGILL, NAMES(ill_codes, "")},    {SIGIO, NAMES(poll_codes, "")},
	{SIGTRAP, NAMES(trap_codes, "")},  {SIGSYS, NAMES(sys_codes, "")},
};

static void put_code(struct buf *out, int sig, int code)
{
	static const struct strace_names any = NAMES(any_codes, "");
	const char *name = strace_name(&any, (uint32_t)code);

	for (size_t i = 0; !name && i < ARRAY_LEN(by_signal); i++)
		if (by_signal[i].sig == sig)
			name = strace_name(&by_signal[i].codes, (uint32_t)code);
	if (name)
		buf_puts(out, name);
	else
		buf_printf(out, "%#x", (unsigned)code);
}

/* ---- the rest of a siginfo ---- */

static void put_source(struct buf *out, const siginfo_t *info)
{
	buf_printf(out, ", si_pid=%d, si_uid=", info->si_pid);
	strace_put_id(out, info->si_uid);
}

static void put_value(struct buf *out, const siginfo_t *info)
{
	buf_printf(out, ", si_int=%d, si_ptr=", info->si_int);
	strace_put_pointer(out, (uintptr_t)info->si_ptr);
}

static void put_clock(struct buf *out, const char *name, clock_t ticks)
{
	long second = sysconf(_SC_CLK_TCK);

	buf_printf(out, ", %s=%ld", name, ticks);
	if (ticks > 0 && second == 100)
		buf_printf(out, " /* %ld.%02ld s */", ticks / second, ticks % second);
}

static void put_child(struct buf *out, const siginfo_t *info)
{
	put_source(out, info);
	buf_puts(out, ", si_status=");
	if (info->si_code == CLD_EXITED)
		buf_printf(out, "%d", info->si_status);
	else
		put_signal_name(out, info->si_status);
	put_clock(out, "si_utime", info->si_utime);
	put_clock(out, "si_stime", info->si_stime);
}

static void put_fault(struct buf *out, const siginfo_t *info)
{
	buf_puts(out, ", si_addr=");
	strace_put_pointer(out, (uintptr_t)info->si_addr);
	if (info->si_signo == SIGBUS &&
	    (info->si_code == BUS_MCEERR_AR || info->si_code == BUS_MCEERR_AO))
		buf_printf(out, ", si_addr_lsb=%#x", (unsigned)info->si_addr_lsb);
	if (info->si_signo == SIGSEGV && info->si_code == SEGV_BNDERR) {
		buf_puts(out, ", si_lower=");
		strace_put_pointer(out, (uintptr_t)info->si_lower);
		buf_puts(out, ", si_upper=");
		strace_put_pointer(out, (uintptr_t)info->si_upper);
	}
	if (info->si_signo == SIGSEGV && info->si_code == SEGV_PKUERR)
		buf_printf(out, ", si_pkey=%u", info->si_pkey);
}

static void put_call(struct buf *out, const siginfo_t *info, const char *call)
{
	static const struct strace_name archs[] = {
		ROW(AUDIT_ARCH_X86_64),
		ROW(AUDIT_ARCH_I386),
		ROW(AUDIT_ARCH_AARCH64),
		ROW(AUDIT_ARCH_ARM),
	};
	static const struct strace_names names = NAMES(archs, "AUDIT_ARCH_???");

	buf_puts(out, ", si_call_addr=");
	strace_put_pointer(out, (uintptr_t)info->si_call_addr);
	if (call)
		buf_printf(out, ", si_syscall=__NR_%s", call);
	else
		buf_printf(out, ", si_syscall=%u", (unsigned)info->si_syscall);
	buf_puts(out, ", si_arch=");
	strace_put_name(out, &names, info->si_arch);
}

static void put_band(struct buf *out, const siginfo_t *info)
{
	buf_printf(out, ", si_band=%ld, si_fd=%d", info->si_band, info->si_fd);
}

static void put_of_kernel(struct buf *out, const siginfo_t *info, const char *call)
{
	switch (info->si_signo) {
	case SIGCHLD:
		put_child(out, info);
		return;
	case SIGILL:
	case SIGFPE:
	case SIGBUS:
	case SIGSEGV:
	case SIGTRAP:
		put_fault(out, info);
		return;
	case SIGSYS:
		put_call(out, info, call);
		return;
	case SIGIO:
		if (info->si_code >= POLL_IN && info->si_code <= POLL_HUP)
			put_band(out, info);
		return;
	default:
		if (info->si_pid || info->si_uid)
			put_source(out, info);
		if (info->si_ptr)
			put_value(out, info);
	}
}

static void put_of_user(struct buf *out, const siginfo_t *info)
{
	switch (info->si_code) {
	case SI_TIMER:
		buf_printf(out, ", si_timerid=%#x, si_overrun=%d",
			   (unsigned)info->si_timerid, info->si_overrun);
		put_value(out, info);
		return;
	case SI_SIGIO:
		put_band(out, info);
		return;
	default:
		put_source(out, info);
		if (info->si_code != SI_USER && info->si_code != SI_TKILL && info->si_ptr)
			put_value(out, info);
	}
}

void strace_put_signal(struct buf *out, const siginfo_t *info, const char *call)
{
	const char *error = info->si_errno ? strerrorname_np(info->si_errno) : NULL;

	buf_puts(out, "--- ");
	put_signal_name(out, info->si_signo);
	buf_puts(out, " {si_signo=");
	put_signal_name(out, info->si_signo);
	buf_puts(out, ", si_code=");
	put_code(out, info->si_signo, info->si_code);
	if (error)
		buf_printf(out, ", si_errno=%s", error);
	else if (info->si_errno)
		buf_printf(out, ", si_errno=%u", (unsigned)info->si_errno);
	if (info->si_code <= 0)
		put_of_user(out, info);
	else
		put_of_kernel(out, info, call);
	buf_puts(out, "} ---");
}

void strace_put_stopped(struct buf *out, int sig)
{
	buf_puts(out, "--- stopped by ");
	put_signal_name(out, sig);
	buf_puts(out, " ---");
}

void strace_put_ended(struct buf *out, int status)
{
	if (!WIFSIGNALED(status)) {
		buf_printf(out, "+++ exited with %d +++", WEXITSTATUS(status));
		return;
	}
	buf_puts(out, "+++ killed by ");
	put_signal_name(out, WTERMSIG(status));
	buf_puts(out, WCOREDUMP(status) ? " (core dumped) +++" : " +++");
}
