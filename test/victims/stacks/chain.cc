// SPDX-License-Identifier: GPL-2.0-or-later
//
// test/victims/stacks/chain.cc - a refused connect below functions with C++ names

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
namespace net {
struct Dialer {
	__attribute__((noinline)) int dial(const sockaddr_in *to) const {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		int failed = connect(fd, reinterpret_cast<const sockaddr *>(to), sizeof(*to));
		close(fd);
		return failed;
	}
};
template <typename T> __attribute__((noinline)) int through(const T &dialer, const sockaddr_in *to) { return dialer.dial(to) + 1; }
} // namespace net
int main() {
	sockaddr_in to = {};
	to.sin_family = AF_INET;
	to.sin_port = htons(8080);
	to.sin_addr.s_addr = htonl(0xcb007107);
	return net::through(net::Dialer(), &to);
}
