/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/delay_link.c - a slow network in one process: two TUN devices and packets held back
 */
/* delay_link MS COMMAND [ARG...]: makes 10.99.0.1/8 here and 10.99.0.2/8 in a network namespace of
 * its own, where COMMAND runs; a packet takes MS milliseconds each way. Of the other addresses
 * 10.98.0.77 is told to be unreachable, and the rest is swallowed. Ends on a signal or with its
 * parent. COMMAND's output is its own.
 */
#include "victim.h"
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>

#define PACKET_MAX 2000
#define QUEUE_MAX  1024

struct packet {
	long due;
	int to;
	size_t len;
	unsigned char bytes[PACKET_MAX];
};

static struct packet queue[QUEUE_MAX];
static unsigned first, last; /* the queue's ends, counting up */

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* SIOCSIFADDR and its like: netdevice(7). */
static void set_address(const char *name, const char *address)
{
	struct endpoint ep = endpoint_from(address, "0"),
			mask = endpoint_from("255.0.0.0", "0");
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq request = {0};

	strcpy(request.ifr_name, name);
	memcpy(&request.ifr_addr, &ep.sa, sizeof(request.ifr_addr));
	if (ioctl(fd, SIOCSIFADDR, &request) < 0)
		die("SIOCSIFADDR");
	memcpy(&request.ifr_addr, &mask.sa, sizeof(request.ifr_addr));
	if (ioctl(fd, SIOCSIFNETMASK, &request) < 0)
		die("SIOCSIFNETMASK");
	request.ifr_flags = IFF_UP | IFF_RUNNING;
	if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
		die("SIOCSIFFLAGS");
	close(fd);
}

static int make_tun(const char *name, const char *address)
{
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};

	strcpy(request.ifr_name, name);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request) < 0)
		die("/dev/net/tun");
	set_address(name, address);
	return fd;
}

static void put16(unsigned char *at, unsigned value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)value;
}

/* RFC 1071 */
static unsigned checksum(const unsigned char *bytes, size_t len)
{
	unsigned sum = 0;

	for (size_t i = 0; i + 1 < len; i += 2)
		sum += (unsigned)bytes[i] << 8 | bytes[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	return ~(sum + (sum >> 16)) & 0xffff;
}

static struct packet *queued(int to, long ms, size_t len)
{
	struct packet *packet = &queue[last++ % QUEUE_MAX];

	packet->due = now_ms() + ms;
	packet->to = to;
	packet->len = len;
	return packet;
}

/* RFC 792: destination unreachable, host; with the header and 8 bytes of what was sent. As
 * late as any answer: while connect(2) itself still holds the socket the kernel keeps such
 * an error back, and the connection fails a second later. */
static void say_unreachable(int tun, long ms, const unsigned char *packet)
{
	unsigned char answer[20 + 8 + 28] = {0x45, 0,  0, sizeof(answer), 0, 0, 0,
					     0,    64, 1};

	memcpy(answer + 12, packet + 16, 4);
	memcpy(answer + 16, packet + 12, 4);
	answer[20] = 3;
	answer[21] = 1;
	memcpy(answer + 28, packet, 28);
	put16(answer + 10, checksum(answer, 20));
	put16(answer + 22, checksum(answer + 20, sizeof(answer) - 20));
	memcpy(queued(tun, ms, sizeof(answer))->bytes, answer, sizeof(answer));
}

static void take(int from, int to, long ms)
{
	static const unsigned char far[4] = {10, 99, 0, 2}, near[4] = {10, 99, 0, 1};
	static const unsigned char unreachable[4] = {10, 98, 0, 77};
	unsigned char bytes[PACKET_MAX];
	ssize_t got = read(from, bytes, sizeof(bytes));
	const unsigned char *target = bytes + 16;

	if (got < 28 || bytes[0] != 0x45 || last - first == QUEUE_MAX - 1)
		return;
	if (memcmp(target, unreachable, 4) == 0)
		say_unreachable(from, ms, bytes);
	else if (memcmp(target, far, 4) == 0 || memcmp(target, near, 4) == 0)
		memcpy(queued(to, ms, (size_t)got)->bytes, bytes, (size_t)got);
}

static void deliver(void)
{
	for (; first != last && queue[first % QUEUE_MAX].due <= now_ms(); first++) {
		const struct packet *packet = &queue[first % QUEUE_MAX];

		(void)!write(packet->to, packet->bytes, packet->len);
	}
}

int main(int argc, char **argv)
{
	int near, far;

	usage_unless(argc > 2, "delay_link MS COMMAND [ARG...]");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	near = make_tun("nj0", "10.99.0.1");
	if (unshare(CLONE_NEWNET) < 0)
		die("unshare");
	far = make_tun("nj1", "10.99.0.2");
	set_address("lo", "127.0.0.1");
	if (fork() == 0) {
		execvp(argv[2], argv + 2);
		die(argv[2]);
	}
	for (;;) {
		struct pollfd fds[2] = {{near, POLLIN, 0}, {far, POLLIN, 0}};
		long wait = first == last ? -1 : queue[first % QUEUE_MAX].due - now_ms();

		poll(fds, 2, first != last && wait < 0 ? 0 : (int)wait);
		if (fds[0].revents)
			take(near, far, atol(argv[1]));
		if (fds[1].revents)
			take(far, near, atol(argv[1]));
		deliver();
	}
}
