/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/syscall.h - which handler takes which call: one table, a row a call
 */
#ifndef NETJAIL_TRACER_SYSCALL_H
#define NETJAIL_TRACER_SYSCALL_H

struct call;

/* Hands a stopped call to its handler, which ends it. */
void syscall_enter(struct call *call);

/* The handlers, by the file they stand in. */
void connect_enter(struct call *call); /* tracer/connect.c */
void sendto_enter(struct call *call);  /* tracer/sendto.c */
void sendmsg_enter(struct call *call); /* tracer/sendmsg.c */
void sendmmsg_enter(struct call *call);
void bind_enter(struct call *call); /* tracer/bind.c */
void listen_enter(struct call *call);
void socket_enter(struct call *call); /* tracer/plain.c: shown, and socket judged */
void socketpair_enter(struct call *call);
void shutdown_enter(struct call *call);
void io_uring_enter(struct call *call); /* tracer/doors.c */
void clone_enter(struct call *call);    /* tracer/namespace.c */
void clone3_enter(struct call *call);
void unshare_enter(struct call *call);
void setns_enter(struct call *call);
void bpf_enter(struct call *call); /* tracer/doors.c */
void userfaultfd_enter(struct call *call);
void landlock_ruleset_enter(struct call *call);
void landlock_restrict_enter(struct call *call);
void seccomp_enter(struct call *call);
void prctl_enter(struct call *call);
void ptrace_enter(struct call *call);
void process_vm_writev_enter(struct call *call);
void pidfd_getfd_enter(struct call *call);
void self_enter(struct call *call); /* tracer/self.c: kill and others, aimed at netjail */
void kill_enter(struct call *call);
void priority_enter(struct call *call);
void pidfd_send_signal_enter(struct call *call);
void fcntl_enter(struct call *call);
void ioctl_enter(struct call *call); /* tracer/doors.c */
void request_key_enter(struct call *call);
void getsockopt_enter(struct call *call);
void setsockopt_enter(struct call *call);
void recvmsg_enter(struct call *call); /* tracer/passed.c */
void recvmmsg_enter(struct call *call);
void shown_only_enter(struct call *call); /* send, recv */
void peer_enter(struct call *call);       /* accept, accept4, getsockname, getpeername */

#endif
