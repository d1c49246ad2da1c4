#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Real programs, allowed and then refused: the listener's record is the proof, and the program's
# own message for a refused connection is what its user sees.

load helper

# check PROTO TIMES ADDRESS MESSAGE COMMAND...
# Reached by itself and when allowed, with the same output; refused without a packet, with MESSAGE
# in its output and a failing exit status.
check() {
  local proto=$1 times=$2 address=$3 message=$4
  shift 4
  start_recorder
  capture native "$@"
  assert_reached "$times" "$proto" "$address"
  forget
  capture allowed jail -r "allow $address" -r 'default refuse' -- "$@"
  assert_reached "$times" "$proto" "$address"
  assert_same native allowed
  assert_line " = .* allowed -r:1$"
  forget
  capture refused jail -r "refuse $address" -- "$@"
  assert_silent
  cat refused.out refused.err | grep -qi -- "$message" ||
    fail "the program did not say '$message':" "$(cat refused.out refused.err)"
  [ "$STATUS" != 0 ] || fail 'the program ended as if nothing had happened'
  assert_line '= -1 ECONNREFUSED \(Connection refused\) +refused -r:1$'
  assert_nothing_left
}

# A stream client that is refused must end exactly as when nobody listens.
as_if_closed() {
  stop_recorder
  capture closed "$@"
  assert_same closed refused
}

tcp4() {
  check tcp "$1" "$V4" "${@:2}"
  as_if_closed "${@:3}"
}

tcp6() {
  need_ipv6
  check tcp "$1" "$V6" "${@:2}"
  as_if_closed "${@:3}"
}

udp4() {
  check udp "$1" "$V4" "${@:2}"
}

udp6() {
  need_ipv6
  check udp "$1" "$V6" "${@:2}"
}

REFUSED='connection refused'

@test "curl, IPv4" {
  need curl
  tcp4 1 "couldn't connect" curl -sS "http://$V4:$PORT/"
}

@test "curl, IPv6" {
  need curl
  tcp6 1 "couldn't connect" curl -sS "http://[$V6]:$PORT/"
}

@test "curl tells the errno in its verbose output" {
  need curl
  capture refused jail -r "refuse $V4" -- curl -v "http://$V4:$PORT/"
  grep -qiE "connect (to $V4 .*failed|fail for $V4): $REFUSED" refused.err || fail "$(cat refused.err)"
}

@test "wget, IPv4" {
  need wget
  tcp4 1 "$REFUSED" wget -nv -t 1 -O - "http://$V4:$PORT/"
}

@test "wget, IPv6" {
  need wget
  tcp6 1 "$REFUSED" wget -nv -t 1 -O - "http://[$V6]:$PORT/"
}

HTTP_CLIENT='import http.client, sys
c = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]), timeout=60)
c.request("GET", "/")
print(c.getresponse().read())'

@test "python http.client, IPv4" {
  tcp4 1 "$REFUSED" "$(python_program)" -c "$HTTP_CLIENT" "$V4" "$PORT"
}

@test "python http.client, IPv6" {
  tcp6 1 "$REFUSED" "$(python_program)" -c "$HTTP_CLIENT" "$V6" "$PORT"
}

PLAIN_SOCKET='import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
s.sendall(b"hi\n")
print(s.recv(100), s.getpeername()[:2])'

@test "python socket, IPv4" {
  tcp4 1 "$REFUSED" "$(python_program)" -c "$PLAIN_SOCKET" "$V4" "$PORT"
}

@test "python socket, IPv6" {
  tcp6 1 "$REFUSED" "$(python_program)" -c "$PLAIN_SOCKET" "$V6" "$PORT"
}

ASYNCIO='import asyncio, sys
async def visit():
    reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    writer.write(b"hi\n")
    answer = await reader.readline()
    writer.close()
    return answer
async def main():
    print(await asyncio.gather(*[visit() for _ in range(10)]))
asyncio.run(main())'

@test "python asyncio, IPv4" {
  check tcp 10 "$V4" "$REFUSED" "$(python_program)" -c "$ASYNCIO" "$V4" "$PORT"
}

@test "python asyncio, IPv6" {
  need_ipv6
  check tcp 10 "$V6" "$REFUSED" "$(python_program)" -c "$ASYNCIO" "$V6" "$PORT"
}

TCP_IN_BASH='exec 3<>"/dev/tcp/$0/$1" || exit 9; echo hi >&3; cat <&3'

@test "bash /dev/tcp, IPv4" {
  tcp4 1 "$REFUSED" bash -c "$TCP_IN_BASH" "$V4" "$PORT"
}

@test "bash /dev/tcp, IPv6" {
  tcp6 1 "$REFUSED" bash -c "$TCP_IN_BASH" "$V6" "$PORT"
}

@test "a dynamic program, IPv4" {
  tcp4 1 "$REFUSED" "$VICTIMS/connect_tcp" "$V4" "$PORT"
}

@test "a static program, IPv4" {
  tcp4 1 "$REFUSED" "$VICTIMS/connect_static" "$V4" "$PORT"
}

@test "a static program, IPv6" {
  tcp6 1 "$REFUSED" "$VICTIMS/connect_static" "$V6" "$PORT"
}

@test "a non-blocking client, IPv4" {
  check tcp 1 "$V4" "connect: $REFUSED" "$VICTIMS/connect_nonblock" "$V4" "$PORT"
}

@test "a Go program, IPv4" {
  need_victim connect_go
  check tcp 8 "$V4" "$REFUSED" "$VICTIMS/connect_go" "$V4" "$PORT"
}

@test "a Go program, IPv6" {
  need_victim connect_go
  need_ipv6
  check tcp 8 "$V6" "$REFUSED" "$VICTIMS/connect_go" "$V6" "$PORT"
}

@test "a 32-bit program, IPv4" {
  need_victim connect_tcp_32
  tcp4 1 "$REFUSED" "$VICTIMS/connect_tcp_32" "$V4" "$PORT"
}

@test "a 32-bit program, IPv6" {
  need_victim connect_tcp_32
  tcp6 1 "$REFUSED" "$VICTIMS/connect_tcp_32" "$V6" "$PORT"
}

SSH_OPTIONS='-F /dev/null -o BatchMode=yes -o ConnectTimeout=60'

@test "ssh, IPv4" {
  need ssh
  tcp4 1 "$REFUSED" ssh $SSH_OPTIONS -p "$PORT" "$V4" true
}

@test "ssh, IPv6" {
  need ssh
  tcp6 1 "$REFUSED" ssh $SSH_OPTIONS -p "$PORT" "$V6" true
}

@test "64 threads, IPv4" {
  tcp4 64 "64: $REFUSED" "$VICTIMS/connect_threads" "$V4" "$PORT"
}

@test "64 threads, IPv6" {
  tcp6 64 "64: $REFUSED" "$VICTIMS/connect_threads" "$V6" "$PORT"
}

@test "many children, IPv4" {
  tcp4 "$MANY" "$MANY: $REFUSED" "$VICTIMS/connect_fork" "$V4" "$PORT" "$MANY"
}

@test "many children, IPv6" {
  tcp6 "$MANY" "$MANY: $REFUSED" "$VICTIMS/connect_fork" "$V6" "$PORT" "$MANY"
}

NODE_CLIENT='require("http").get({host: process.argv[1], port: process.argv[2]}, r => {
  r.on("data", d => console.log(d.toString()));
}).on("error", e => { console.error(e.message); process.exit(1); })'

@test "node, IPv4" {
  need node
  tcp4 1 ECONNREFUSED node -e "$NODE_CLIENT" "$V4" "$PORT"
}

@test "node, IPv6" {
  need node
  [ -z "${TRIES_DIVISOR-}" ] || skip 'node takes half a minute on an emulated machine'
  tcp6 1 ECONNREFUSED node -e "$NODE_CLIENT" "$V6" "$PORT"
}

UDP_IN_PYTHON='import socket, sys
s = socket.socket(socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(60)
s.sendto(b"datagram", (sys.argv[1], int(sys.argv[2])))
print(s.recv(100))'

@test "UDP by python, IPv4" {
  udp4 1 "$REFUSED" "$(python_program)" -c "$UDP_IN_PYTHON" "$V4" "$PORT"
}

@test "UDP by python, IPv6" {
  udp6 1 "$REFUSED" "$(python_program)" -c "$UDP_IN_PYTHON" "$V6" "$PORT"
}

UDP_IN_BASH='exec 3<>"/dev/udp/$0/$1" || exit 9; echo hi >&3; timeout 60 head -n 1 <&3'

@test "UDP by bash /dev/udp, IPv4" {
  udp4 1 "$REFUSED" bash -c "$UDP_IN_BASH" "$V4" "$PORT"
}

@test "UDP by bash /dev/udp, IPv6" {
  udp6 1 "$REFUSED" bash -c "$UDP_IN_BASH" "$V6" "$PORT"
}

@test "UDP by sendto" {
  udp4 1 "sendto: $REFUSED" "$VICTIMS/send_udp" "$V4" "$PORT" sendto
}

@test "UDP by sendto, IPv6" {
  udp6 1 "sendto: $REFUSED" "$VICTIMS/send_udp" "$V6" "$PORT" sendto
}

@test "UDP by sendmsg" {
  udp4 1 "sendmsg: $REFUSED" "$VICTIMS/send_udp" "$V4" "$PORT" sendmsg
}

@test "UDP by sendmsg, IPv6" {
  udp6 1 "sendmsg: $REFUSED" "$VICTIMS/send_udp" "$V6" "$PORT" sendmsg
}

@test "UDP by sendmmsg" {
  udp4 3 "sendmmsg: $REFUSED" "$VICTIMS/send_udp" "$V4" "$PORT" sendmmsg
}

@test "UDP by sendmmsg, IPv6" {
  udp6 3 "sendmmsg: $REFUSED" "$VICTIMS/send_udp" "$V6" "$PORT" sendmmsg
}

@test "UDP by a connected socket" {
  udp4 1 "connected: $REFUSED" "$VICTIMS/send_udp" "$V4" "$PORT" connected
}

@test "UDP by a connected socket, IPv6" {
  udp6 1 "connected: $REFUSED" "$VICTIMS/send_udp" "$V6" "$PORT" connected
}

@test "UDP by a 32-bit program" {
  need_victim send_udp_32
  udp4 3 "sendmmsg: $REFUSED" "$VICTIMS/send_udp_32" "$V4" "$PORT" sendmmsg
}

@test "one address is refused, the other is reached" {
  start_recorder
  capture both jail -r "refuse $V4" -- bash -c \
    'for a; do exec 3<>"/dev/tcp/$a/$0" && echo hi >&3 && cat <&3; done' "$PORT" "$V4" "$V4_OTHER"
  assert_reached 1 tcp "$V4_OTHER"
  assert_reached 0 tcp "$V4"
  [ "$(cat both.out)" = hello ] || fail "$(cat both.out both.err)"
}

# No process of netjail's is started for each: that is dear. Others start some meanwhile.
@test "files that are passed to and fro" {
  need_kernel 6.10 'descriptors cannot be passed'
  capture passed jail -r 'refuse 203.0.113.99' -- "$(python_program)" -c '
import array, os, socket
a, b = socket.socketpair(socket.AF_UNIX)
file = os.open("/etc/passwd", os.O_RDONLY)
def next_pid():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid
def started():
    before = next_pid()
    for i in range(100):
        a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [file]))])
        data, control, flags, name = b.recvmsg(1, socket.CMSG_SPACE(4))
        os.close(array.array("i", control[0][2][:4])[0])
    return next_pid() - before
print(min(n for n in [started() for i in range(5)] if n > 0) < 100)'
  [ "$(cat passed.out)" = True ] || fail "$(cat passed.out passed.err)"
}
