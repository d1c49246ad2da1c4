/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/families.c - one connect or send in each family that is not IP, with
 * hostile names
 */
#include "victim.h"
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <stddef.h>
#include <sys/un.h>

static void report(const char *what, long rc)
{
	printf("%s: %s\n", what, rc < 0 ? strerrorname_np(errno) : "0");
}

static void try_unix(const char *what, const char *path, size_t len)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(name.sun_path, path, len);
	report(what, connect(fd, (struct sockaddr *)&name,
			     (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)));
	close(fd);
}

static void try_netlink(void)
{
	struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);

	report("netlink", connect(fd, (struct sockaddr *)&kernel, sizeof(kernel)));
	close(fd);
}

static void try_vsock(void)
{
	struct sockaddr_vm host = {
		.svm_family = AF_VSOCK, .svm_cid = VMADDR_CID_HOST, .svm_port = 1234};
	int fd = socket(AF_VSOCK, SOCK_STREAM, 0);

	report("vsock socket", fd);
	if (fd >= 0)
		report("vsock", connect(fd, (struct sockaddr *)&host, sizeof(host)));
}

static void try_packet(void)
{
	struct sockaddr_ll lo = {.sll_family = AF_PACKET,
				 .sll_protocol = htons(ETH_P_IP),
				 .sll_ifindex = 1,
				 .sll_halen = 6};
	int fd = socket(AF_PACKET, SOCK_DGRAM, 0);

	report("packet socket", fd);
	if (fd >= 0)
		report("packet",
		       sendto(fd, "x", 1, 0, (struct sockaddr *)&lo, sizeof(lo)));
}

static void try_raw(void)
{
	struct endpoint ep = endpoint_from("127.0.0.1", "0");
	int fd = socket(AF_INET, SOCK_RAW, 253);

	report("raw socket", fd);
	if (fd >= 0)
		report("raw", sendto(fd, "x", 1, 0, &ep.sa, ep.len));
}

int main(void)
{
	static const char hostile[] = "/no/\033[31mred\033[0m\a\n\x9b";

	try_unix("unix", "/no/such/socket", sizeof("/no/such/socket"));
	try_unix("unix hostile", hostile, sizeof(hostile) - 1);
	try_unix("unix abstract", "\0netjail-no-such", 16);
	try_netlink();
	try_vsock();
	try_packet();
	try_raw();
	return 0;
}
