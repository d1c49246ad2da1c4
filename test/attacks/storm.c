/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/storm.c - everything at once, by chance
 *
 * attack:   eight threads share descriptors, addresses and headers; each try is a random
 *           call on a random one of them, or a change of them: other sockets under the
 *           numbers, other bytes at the pointers, options, signals, forks, passed sockets
 * expect:   silent control=none
 * event:    -
 * tries:    20000
 * source:   every other attack of this folder
 * root:     no
 */
#include "attack.h"

#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/uio.h>
#include <sys/un.h>

#define THREADS   8
#define SLOTS     12
#define FIRST     100
#define ADDRESSES 10

union name {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_un un;
	struct sockaddr_nl nl;
	struct sockaddr_vm vm;
};

struct storm {
	union name names[ADDRESSES], local;
	struct msghdr headers[4];
	struct mmsghdr batch[3];
	_Alignas(struct cmsghdr) char control[4][64];
	struct iovec spans[2];
	volatile pid_t tids[THREADS];
};

static struct attack target;
static struct storm *storm;
static int pair[2];
static char payload[2] = "x";

/* xorshift: each thread has a state of its own. */
static unsigned draw(unsigned *state, unsigned below)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % below;
}

static int slot(unsigned *state)
{
	return FIRST + (int)draw(state, SLOTS);
}

static void new_name(unsigned *state)
{
	union name *name = &storm->names[draw(state, ADDRESSES)], made = {0};
	const struct endpoint *ep = draw(state, 2) ? &target.denied : &target.allowed;
	struct endpoint six = mapped(ep);

	switch (draw(state, 7)) {
	case 0:
	case 1:
		made.v4 = ep->v4;
		break;
	case 2:
		made.v6 = six.v6;
		break;
	case 3:
		made.v4 = ep->v4;
		made.v4.sin_family = AF_UNSPEC;
		break;
	case 4:
		made.un.sun_family = AF_UNIX;
		strcpy(made.un.sun_path + 1, "storm");
		break;
	case 5:
		made.nl.nl_family = AF_NETLINK;
		break;
	default:
		made.vm.svm_family = AF_VSOCK;
		made.vm.svm_cid = VMADDR_CID_LOCAL;
		made.vm.svm_port = 8080;
		break;
	}
	put_image(name, &made, sizeof(made.v6));
	if (made.any.sa_family == AF_UNIX || made.any.sa_family == AF_NETLINK)
		put_image(&storm->local, &made, sizeof(made.v6));
}

static void new_socket(unsigned *state)
{
	static const struct {
		int family, type, protocol;
	} kinds[] = {
		{AF_INET, SOCK_DGRAM, 0},
		{AF_INET, SOCK_STREAM, 0},
		{AF_INET6, SOCK_DGRAM, 0},
		{AF_INET6, SOCK_STREAM, 0},
		{AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE},
		{AF_INET, SOCK_STREAM, IPPROTO_MPTCP},
		{AF_INET, SOCK_DGRAM, IPPROTO_ICMP},
		{AF_UNIX, SOCK_DGRAM, 0},
		{AF_UNIX, SOCK_STREAM, 0},
		{AF_UNIX, SOCK_SEQPACKET, 0},
		{AF_NETLINK, SOCK_RAW, NETLINK_ROUTE},
		{AF_VSOCK, SOCK_STREAM, 0},
	};
	unsigned kind = draw(state, sizeof(kinds) / sizeof(kinds[0]));
	struct timeval limit = {.tv_usec = 20000};
	struct linger reset = {.l_onoff = 1};
	int fd = socket(kinds[kind].family,
			kinds[kind].type | (draw(state, 2) ? SOCK_NONBLOCK : 0),
			kinds[kind].protocol);

	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	if (kinds[kind].type == SOCK_STREAM)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	dup2(fd, slot(state));
	close(fd);
}

static void set_option(unsigned *state)
{
	static const int options[][2] = {
		{IPPROTO_TCP, TCP_FASTOPEN_CONNECT}, {SOL_SOCKET, SO_ZEROCOPY},
		{SOL_SOCKET, SO_BROADCAST},          {IPPROTO_IPV6, IPV6_V6ONLY},
		{IPPROTO_TCP, TCP_NODELAY},          {IPPROTO_UDP, 1 /* UDP_CORK */},
	};
	unsigned which = draw(state, sizeof(options) / sizeof(options[0]));
	int value = (int)draw(state, 2), v4 = AF_INET;

	setsockopt(slot(state), options[which][0], options[which][1], &value,
		   sizeof(value));
	if (!draw(state, 8))
		setsockopt(slot(state), IPPROTO_IPV6, IPV6_ADDRFORM, &v4, sizeof(v4));
}

static void new_header(unsigned *state)
{
	struct msghdr *header = draw(state, 2) ? &storm->headers[draw(state, 4)]
					       : &storm->batch[draw(state, 3)].msg_hdr;
	unsigned which = draw(state, 4);
	struct cmsghdr *head = (struct cmsghdr *)(void *)storm->control[which];
	struct in_pktinfo info = {.ipi_ifindex = (int)draw(state, 3)};
	int fd = slot(state);

	header->msg_name = draw(state, 5) ? &storm->names[draw(state, ADDRESSES)] : NULL;
	header->msg_namelen = draw(state, 4) ? sizeof(struct sockaddr_in) : 28;
	header->msg_iov = storm->spans;
	header->msg_iovlen = 1 + draw(state, 2);
	header->msg_control = draw(state, 3) ? NULL : head;
	header->msg_controllen = header->msg_control ? CMSG_SPACE(sizeof(info)) : 0;
	head->cmsg_level = draw(state, 2) ? SOL_IP : SOL_SOCKET;
	head->cmsg_type = head->cmsg_level == SOL_IP ? IP_PKTINFO : SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(draw(state, 2) ? sizeof(info) : sizeof(fd));
	memcpy(CMSG_DATA(head), &info, sizeof(info));
	if (head->cmsg_level == SOL_SOCKET)
		memcpy(CMSG_DATA(head), &fd, sizeof(fd));
}

static int flags(unsigned *state)
{
	static const int some[] = {
		MSG_FASTOPEN, MSG_MORE, MSG_ZEROCOPY, MSG_OOB, MSG_CONFIRM, 0, 0, 0};

	return MSG_NOSIGNAL | some[draw(state, 8)] | (draw(state, 3) ? MSG_DONTWAIT : 0);
}

static void call(unsigned *state)
{
	const union name *name = &storm->names[draw(state, ADDRESSES)];
	socklen_t len = draw(state, 4) ? sizeof(name->v4) : 28;

	switch (draw(state, 7)) {
	case 0:
	case 1:
		(void)!connect(slot(state), &name->any, len);
		break;
	case 2:
		(void)!sendto(slot(state), payload, 1, flags(state), &name->any, len);
		break;
	case 3:
		(void)!sendmsg(slot(state), &storm->headers[draw(state, 4)],
			       flags(state));
		break;
	case 4:
		(void)!sendmmsg(slot(state), storm->batch, 3, flags(state));
		break;
	case 5: /* to none of ADDR: what answers would be sent there */
		(void)!bind(slot(state), &storm->local.any, 28);
		break;
	default:
		(void)!write(slot(state), payload, 1);
		break;
	}
}

static void pass_and_receive(unsigned *state)
{
	char bytes[8];
	_Alignas(struct cmsghdr) char room[64];
	struct iovec span = {bytes, sizeof(bytes)};
	struct msghdr header = {.msg_iov = &span,
				.msg_iovlen = 1,
				.msg_control = room,
				.msg_controllen = sizeof(room)};
	int fd = -1;

	(void)!sendmsg(pair[0], &storm->headers[draw(state, 4)],
		       MSG_DONTWAIT | MSG_NOSIGNAL);
	if (recvmsg(pair[1], &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) > 0 &&
	    header.msg_controllen >= CMSG_LEN(sizeof(fd)))
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&header)), sizeof(fd));
	if (fd > 2) {
		dup2(fd, slot(state));
		close(fd);
	}
}

static void in_child(unsigned *state)
{
	pid_t pid = draw(state, 2) ? fork()
				   : (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0L,
						    0L, 0L, 0L);

	if (pid == 0) {
		for (int i = 0; i < 20; i++)
			call(state);
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void one(unsigned *state)
{
	unsigned what = draw(state, 100);

	if (what < 45)
		call(state);
	else if (what < 60)
		new_name(state);
	else if (what < 72)
		dup2(slot(state), slot(state));
	else if (what < 82)
		new_socket(state);
	else if (what < 92)
		new_header(state);
	else if (what < 95)
		set_option(state);
	else if (what < 97)
		pass_and_receive(state);
	else if (what < 98)
		fcntl(slot(state), F_SETFL, draw(state, 2) ? O_NONBLOCK : 0);
	else if (what < 99)
		syscall(SYS_tgkill, getpid(), storm->tids[draw(state, THREADS)], SIGUSR1);
	else if (!draw(state, 10))
		in_child(state);
}

static void *run(void *arg)
{
	long number = (long)arg;
	unsigned state = 2463534242U + (unsigned)number * 7919U;

	storm->tids[number] = (pid_t)syscall(SYS_gettid);
	for (int i = 0; i < target.tries / 2; i++)
		one(&state);
	return NULL;
}

static void nothing(int sig)
{
	(void)sig;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};
	pthread_t threads[THREADS];
	unsigned state = 88675123U;

	target = attack_from(argc, argv);
	alarm(100);
	sigaction(SIGUSR1, &action, NULL);
	storm = shared_pages(sizeof(*storm));
	storm->spans[0] = storm->spans[1] = (struct iovec){payload, 1};
	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
		die("socketpair");
	for (int i = 0; i < 100; i++) {
		new_socket(&state);
		new_name(&state);
		new_header(&state);
	}
	for (long i = 0; i < THREADS; i++)
		if (pthread_create(&threads[i], NULL, run, (void *)i))
			die("pthread_create");
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}
