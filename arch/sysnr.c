/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arch/sysnr.c - the table of system call numbers, a row a call and a column an ABI
 */
#include "arch/sysnr.h"

#include <assert.h>
#include <linux/net.h>
#include <stdbool.h>

#include "base/cleanup.h"

#define NONE    (-1)
#define X32(nr) (0x40000000 + (nr)) /* __X32_SYSCALL_BIT */

/* Columns as in enum abi_id: unknown, x86_64, i386, x32, aarch64, arm. From the kernel's
 * syscall_64.tbl, syscall_32.tbl, include/uapi/asm-generic/unistd.h and arm's
 * syscall.tbl. */
static const struct {
	const char *name;
	int32_t nr[ABI_NUM_];
} rows[] = {
	/* clang-format off */
	[SYS_ID_OTHER] = {"?", {NONE, NONE, NONE, NONE, NONE, NONE}},
	[SYS_ID_SOCKET] = {"socket", {NONE, 41, 359, X32(41), 198, 281}},
	[SYS_ID_SOCKETPAIR] = {"socketpair", {NONE, 53, 360, X32(53), 199, 288}},
	[SYS_ID_CONNECT] = {"connect", {NONE, 42, 362, X32(42), 203, 283}},
	[SYS_ID_BIND] = {"bind", {NONE, 49, 361, X32(49), 200, 282}},
	[SYS_ID_LISTEN] = {"listen", {NONE, 50, 363, X32(50), 201, 284}},
	[SYS_ID_ACCEPT] = {"accept", {NONE, 43, NONE, X32(43), 202, 285}},
	[SYS_ID_ACCEPT4] = {"accept4", {NONE, 288, 364, X32(288), 242, 366}},
	[SYS_ID_SENDTO] = {"sendto", {NONE, 44, 369, X32(44), 206, 290}},
	[SYS_ID_SENDMSG] = {"sendmsg", {NONE, 46, 370, X32(518), 211, 296}},
	[SYS_ID_SENDMMSG] = {"sendmmsg", {NONE, 307, 345, X32(538), 269, 374}},
	[SYS_ID_SHUTDOWN] = {"shutdown", {NONE, 48, 373, X32(48), 210, 293}},
	[SYS_ID_GETSOCKNAME] = {"getsockname", {NONE, 51, 367, X32(51), 204, 286}},
	[SYS_ID_GETPEERNAME] = {"getpeername", {NONE, 52, 368, X32(52), 205, 287}},
	[SYS_ID_SOCKETCALL] = {"socketcall", {NONE, NONE, 102, NONE, NONE, NONE}},
	[SYS_ID_POLL] = {"poll", {NONE, 7, 168, X32(7), NONE, 168}},
	[SYS_ID_PPOLL] = {"ppoll", {NONE, 271, 309, X32(271), 73, 336}},
	[SYS_ID_WRITEV] = {"writev", {NONE, 20, 146, X32(516), 66, 146}},
	[SYS_ID_IO_URING_SETUP] = {"io_uring_setup",
		{NONE, 425, 425, X32(425), 425, 425}},
	[SYS_ID_IO_URING_ENTER] = {"io_uring_enter",
		{NONE, 426, 426, X32(426), 426, 426}},
	[SYS_ID_IO_URING_REGISTER] = {"io_uring_register",
		{NONE, 427, 427, X32(427), 427, 427}},
	[SYS_ID_SETSOCKOPT] = {"setsockopt",
		{NONE, 54, 366, X32(541), 208, 294}},
	[SYS_ID_CLONE] = {"clone",
		{NONE, 56, 120, X32(56), 220, 120}},
	[SYS_ID_CLONE3] = {"clone3",
		{NONE, 435, 435, X32(435), 435, 435}},
	[SYS_ID_UNSHARE] = {"unshare",
		{NONE, 272, 310, X32(272), 97, 337}},
	[SYS_ID_SETNS] = {"setns",
		{NONE, 308, 346, X32(308), 268, 375}},
	[SYS_ID_BPF] = {"bpf", {NONE, 321, 357, X32(321), 280, 386}},
	[SYS_ID_USERFAULTFD] = {"userfaultfd", {NONE, 323, 374, X32(323), 282, 388}},
	[SYS_ID_SECCOMP] = {"seccomp",
		{NONE, 317, 354, X32(317), 277, 383}},
	[SYS_ID_PTRACE] = {"ptrace",
		{NONE, 101, 26, X32(521), 117, 26}},
	[SYS_ID_PROCESS_VM_WRITEV] = {"process_vm_writev",
		{NONE, 311, 348, X32(540), 271, 377}},
	[SYS_ID_PIDFD_OPEN] = {"pidfd_open",
		{NONE, 434, 434, X32(434), 434, 434}},
	[SYS_ID_PIDFD_GETFD] = {"pidfd_getfd",
		{NONE, 438, 438, X32(438), 438, 438}},
	[SYS_ID_KILL] = {"kill",
		{NONE, 62, 37, X32(62), 129, 37}},
	[SYS_ID_SETPGID] = {"setpgid",
		{NONE, 109, 57, X32(109), 154, 57}},
	[SYS_ID_FCNTL] = {"fcntl",
		{NONE, 72, 55, X32(72), 25, 55}},
	[SYS_ID_FCNTL64] = {"fcntl64",
		{NONE, NONE, 221, NONE, NONE, 221}},
	[SYS_ID_TKILL] = {"tkill",
		{NONE, 200, 238, X32(200), 130, 238}},
	[SYS_ID_TGKILL] = {"tgkill",
		{NONE, 234, 270, X32(234), 131, 268}},
	[SYS_ID_RT_SIGQUEUEINFO] = {"rt_sigqueueinfo",
		{NONE, 129, 178, X32(524), 138, 178}},
	[SYS_ID_RT_TGSIGQUEUEINFO] = {"rt_tgsigqueueinfo",
		{NONE, 297, 335, X32(536), 240, 363}},
	[SYS_ID_PRLIMIT64] = {"prlimit64",
		{NONE, 302, 340, X32(302), 261, 369}},
	[SYS_ID_PRCTL] = {"prctl", {NONE, 157, 172, X32(157), 167, 172}},
	[SYS_ID_PIDFD_SEND_SIGNAL] = {"pidfd_send_signal",
		{NONE, 424, 424, X32(424), 424, 424}},
	[SYS_ID_SCHED_SETAFFINITY] = {"sched_setaffinity",
		{NONE, 203, 241, X32(203), 122, 241}},
	[SYS_ID_SCHED_SETSCHEDULER] = {"sched_setscheduler",
		{NONE, 144, 156, X32(144), 119, 156}},
	[SYS_ID_SCHED_SETPARAM] = {"sched_setparam",
		{NONE, 142, 154, X32(142), 118, 154}},
	[SYS_ID_SCHED_SETATTR] = {"sched_setattr",
		{NONE, 314, 351, X32(314), 274, 380}},
	[SYS_ID_SETPRIORITY] = {"setpriority", {NONE, 141, 97, X32(141), 140, 97}},
	[SYS_ID_IOPRIO_SET] = {"ioprio_set", {NONE, 251, 289, X32(251), 30, 314}},
	[SYS_ID_IOCTL] = {"ioctl", {NONE, 16, 54, X32(514), 29, 54}},
	[SYS_ID_GETSOCKOPT] = {"getsockopt", {NONE, 55, 365, X32(542), 209, 295}},
	[SYS_ID_REQUEST_KEY] = {"request_key", {NONE, 249, 287, X32(249), 218, 310}},
	[SYS_ID_CLOSE_RANGE] = {"close_range",
		{NONE, 436, 436, X32(436), 436, 436}},
	[SYS_ID_LANDLOCK_CREATE_RULESET] = {"landlock_create_ruleset",
		{NONE, 444, 444, X32(444), 444, 444}},
	[SYS_ID_LANDLOCK_RESTRICT_SELF] = {"landlock_restrict_self",
		{NONE, 446, 446, X32(446), 446, 446}},
	[SYS_ID_MMAP] = {"mmap", {NONE, 9, 90, X32(9), 222, NONE}},
	[SYS_ID_MMAP2] = {"mmap2", {NONE, NONE, 192, NONE, NONE, 192}},
	[SYS_ID_MUNMAP] = {"munmap", {NONE, 11, 91, X32(11), 215, 91}},
	[SYS_ID_MREMAP] = {"mremap", {NONE, 25, 163, X32(25), 216, 163}},
	[SYS_ID_MADVISE] = {"madvise", {NONE, 28, 219, X32(28), 233, 220}},
	[SYS_ID_REMAP_FILE_PAGES] = {"remap_file_pages",
		{NONE, 216, 257, X32(216), 234, 253}},
	[SYS_ID_SHMAT] = {"shmat", {NONE, 30, 397, X32(30), 196, 305}},
	[SYS_ID_IO_DESTROY] = {"io_destroy", {NONE, 207, 246, X32(207), 1, 244}},
	[SYS_ID_BRK] = {"brk", {NONE, 12, 45, X32(12), 214, 45}},
	[SYS_ID_MSEAL] = {"mseal", {NONE, 462, 462, X32(462), 462, 462}},
	[SYS_ID_CLOSE] = {"close", {NONE, 3, 6, X32(3), 57, 6}},
	[SYS_ID_EPOLL_WAIT] = {"epoll_wait", {NONE, 232, 256, X32(232), NONE, 252}},
	[SYS_ID_EPOLL_PWAIT] = {"epoll_pwait", {NONE, 281, 319, X32(281), 22, 346}},
	[SYS_ID_EPOLL_PWAIT2] = {"epoll_pwait2", {NONE, 441, 441, X32(441), 441, 441}},
	[SYS_ID_RT_SIGTIMEDWAIT] = {"rt_sigtimedwait",
		{NONE, 128, 177, X32(523), 137, 177}},
	[SYS_ID_RT_SIGTIMEDWAIT_TIME64] = {"rt_sigtimedwait_time64",
		{NONE, NONE, 421, NONE, NONE, 421}},
	[SYS_ID_SEMTIMEDOP] = {"semtimedop", {NONE, 220, NONE, X32(220), 192, 312}},
	[SYS_ID_SEMTIMEDOP_TIME64] = {"semtimedop_time64",
		{NONE, NONE, 420, NONE, NONE, 420}},
	[SYS_ID_SEMOP] = {"semop", {NONE, 65, NONE, X32(65), 193, 298}},
	[SYS_ID_IPC] = {"ipc", {NONE, NONE, 117, NONE, NONE, NONE}},
	[SYS_ID_RECVFROM] = {"recvfrom", {NONE, 45, 371, X32(517), 207, 292}},
	[SYS_ID_RECVMSG] = {"recvmsg", {NONE, 47, 372, X32(519), 212, 297}},
	[SYS_ID_RECVMMSG] = {"recvmmsg", {NONE, 299, 337, X32(537), 243, 365}},
	[SYS_ID_RECVMMSG_TIME64] = {"recvmmsg_time64",
		{NONE, NONE, 417, NONE, NONE, 417}},
	[SYS_ID_READ] = {"read", {NONE, 0, 3, X32(0), 63, 3}},
	[SYS_ID_READV] = {"readv", {NONE, 19, 145, X32(515), 65, 145}},
	[SYS_ID_PREADV2] = {"preadv2", {NONE, 327, 378, X32(546), 286, 392}},
	[SYS_ID_PWRITEV2] = {"pwritev2", {NONE, 328, 379, X32(547), 287, 393}},
	[SYS_ID_SPLICE] = {"splice", {NONE, 275, 313, X32(275), 76, 340}},
	[SYS_ID_SENDFILE] = {"sendfile", {NONE, 40, 187, X32(40), 71, 187}},
	[SYS_ID_SENDFILE64] = {"sendfile64", {NONE, NONE, 239, NONE, NONE, 239}},
	[SYS_ID_FALLOCATE] = {"fallocate", {NONE, 285, 324, X32(285), 47, 352}},
	[SYS_ID_WRITE] = {"write", {NONE, 1, 4, X32(1), 64, 4}},
	[SYS_ID_RECV] = {"recv", {NONE, NONE, NONE, NONE, NONE, 291}},
	[SYS_ID_SEND] = {"send", {NONE, NONE, NONE, NONE, NONE, 289}},
	[SYS_ID_IO_GETEVENTS] = {"io_getevents", {NONE, 208, 247, X32(208), 4, 245}},
	[SYS_ID_IO_PGETEVENTS] = {"io_pgetevents", {NONE, 333, 385, X32(333), 292, 399}},
	[SYS_ID_PPOLL_TIME64] = {"ppoll_time64", {NONE, NONE, 414, NONE, NONE, 414}},
	[SYS_ID_SELECT] = {"select", {NONE, 23, 82, X32(23), NONE, NONE}},
	[SYS_ID_NEWSELECT] = {"_newselect", {NONE, NONE, 142, NONE, NONE, 142}},
	[SYS_ID_PSELECT6] = {"pselect6", {NONE, 270, 308, X32(270), 72, 335}},
	[SYS_ID_PSELECT6_TIME64] = {"pselect6_time64",
		{NONE, NONE, 413, NONE, NONE, 413}},
	[SYS_ID_RESTART_SYSCALL] = {"restart_syscall",
		{NONE, 219, 0, X32(219), 128, 0}},
	[SYS_ID_NANOSLEEP] = {"nanosleep", {NONE, 35, 162, X32(35), 101, 162}},
	[SYS_ID_CLOCK_NANOSLEEP] = {"clock_nanosleep",
		{NONE, 230, 267, X32(230), 115, 265}},
	[SYS_ID_CLOCK_NANOSLEEP_TIME64] = {"clock_nanosleep_time64",
		{NONE, NONE, 407, NONE, NONE, 407}},
	[SYS_ID_FUTEX] = {"futex", {NONE, 202, 240, X32(202), 98, 240}},
	[SYS_ID_FUTEX_TIME64] = {"futex_time64", {NONE, NONE, 422, NONE, NONE, 422}},
	/* clang-format on */
};
static_assert(ARRAY_LEN(rows) == SYS_ID_NUM_, "number every call");
static_assert(ABI_NUM_ == 6, "a column for every ABI");

/* net/socket.c of the kernel, nargs[]; calls without a row of their own are left out. */
static const struct {
	enum sys_id id;
	unsigned words;
} socketcalls[] = {
	[SYS_SOCKET] = {SYS_ID_SOCKET, 3},
	[SYS_BIND] = {SYS_ID_BIND, 3},
	[SYS_CONNECT] = {SYS_ID_CONNECT, 3},
	[SYS_LISTEN] = {SYS_ID_LISTEN, 2},
	[SYS_ACCEPT] = {SYS_ID_ACCEPT, 3},
	[SYS_GETSOCKNAME] = {SYS_ID_GETSOCKNAME, 3},
	[SYS_GETPEERNAME] = {SYS_ID_GETPEERNAME, 3},
	[SYS_SOCKETPAIR] = {SYS_ID_SOCKETPAIR, 4},
	[SYS_SEND] = {SYS_ID_SEND, 4},
	[SYS_RECV] = {SYS_ID_RECV, 4},
	[SYS_SENDTO] = {SYS_ID_SENDTO, 6},
	[SYS_RECVFROM] = {SYS_ID_RECVFROM, 6},
	[SYS_SHUTDOWN] = {SYS_ID_SHUTDOWN, 2},
	[SYS_SENDMSG] = {SYS_ID_SENDMSG, 3},
	[SYS_RECVMSG] = {SYS_ID_RECVMSG, 3},
	[SYS_SETSOCKOPT] = {SYS_ID_SETSOCKOPT, 5},
	[SYS_ACCEPT4] = {SYS_ID_ACCEPT4, 4},
	[SYS_GETSOCKOPT] = {SYS_ID_GETSOCKOPT, 5},
	[SYS_RECVMMSG] = {SYS_ID_RECVMMSG, 5},
	[SYS_SENDMMSG] = {SYS_ID_SENDMMSG, 4},
};

/* Above every number but for x32's bit. */
#define INDEX_MAX 1024

static uint8_t index_of[ABI_NUM_][INDEX_MAX];
static_assert(SYS_ID_NUM_ <= UINT8_MAX, "an id fits a byte of the index");

/* Every call of a program that was attached to asks: too often for a search. */
static void fill_index(void)
{
	for (unsigned id = SYS_ID_OTHER + 1; id < SYS_ID_NUM_; id++)
		for (unsigned abi = 0; abi < ABI_NUM_; abi++)
			if (rows[id].nr[abi] != NONE)
				index_of[abi][rows[id].nr[abi] % INDEX_MAX] = (uint8_t)id;
}

enum sys_id sysnr_id(enum abi_id abi, int32_t nr)
{
	static bool filled;
	enum sys_id id;

	if ((unsigned)abi >= ABI_NUM_ || nr < 0)
		return SYS_ID_OTHER;
	if (!filled)
		fill_index();
	filled = true;
	id = index_of[abi][nr % INDEX_MAX];
	return id != SYS_ID_OTHER && rows[id].nr[abi] == nr ? id : SYS_ID_OTHER;
}

int32_t sysnr_nr(enum abi_id abi, enum sys_id id)
{
	if ((unsigned)abi >= ABI_NUM_ || (unsigned)id >= SYS_ID_NUM_)
		return NONE;
	return rows[id].nr[abi];
}

const char *sysnr_name(enum sys_id id)
{
	return rows[(unsigned)id < SYS_ID_NUM_ ? id : SYS_ID_OTHER].name;
}

enum sys_id sysnr_socketcall(uint64_t which, unsigned *ret_words)
{
	uint32_t row = (uint32_t)which; /* an int to the kernel, upper half ignored */

	if (row >= ARRAY_LEN(socketcalls))
		row = 0;
	*ret_words = socketcalls[row].words;
	return socketcalls[row].id;
}
