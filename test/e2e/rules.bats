#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Rules as a user gives them: which one decides, and where the trace says it stands.

load helper

# Loopback only: a connect to a closed port tells allowed from refused by the trace alone.
try_connect() {
  capture tried jail "$@" -- bash -c 'exec 3<>"/dev/tcp/$0/$1"' "${TARGET:-127.0.0.1}" "${AT:-1}"
  [ "$STATUS" = 1 ]
}

decides() {
  assert_line "connect\(.*\) = -1 ECONNREFUSED \(Connection refused\) +$1\$"
}

@test "no rules: everything is allowed by default" {
  try_connect
  decides 'allowed default'
}

@test "the first rule that matches decides" {
  try_connect -r 'allow 127.0.0.1' -r 'refuse 127.0.0.0/8'
  decides 'allowed -r:1'
  try_connect -r 'refuse 127.0.0.0/8' -r 'allow 127.0.0.1'
  decides 'refused -r:1'
  try_connect -r 'allow 10.0.0.0/8' -r 'refuse 127.0.0.0/8' -r 'allow *'
  decides 'refused -r:2'
}

@test "-r is read before --rules, wherever it stands" {
  printf '\n# comment\nrefuse localhost\n' >game.rules
  try_connect --rules game.rules
  decides 'refused game.rules:3'
  try_connect --rules game.rules -r 'allow localhost'
  decides 'allowed -r:1'
}

@test "files are read in the order given" {
  echo 'allow 127.0.0.1' >one.rules
  echo 'refuse 127.0.0.1' >two.rules
  try_connect --rules one.rules --rules two.rules
  decides 'allowed one.rules:1'
  try_connect --rules two.rules --rules one.rules
  decides 'refused two.rules:1'
}

@test "default refuse" {
  printf 'allow 10.0.0.0/8\ndefault refuse\n' >game.rules
  try_connect --rules game.rules
  decides 'refused default'
  try_connect -r 'default refuse' -r 'allow localhost'
  decides 'allowed -r:2'
}

@test "prefixes" {
  try_connect -r 'refuse 127.0.0.2/31' -r 'refuse 127.0.0.0/31'
  decides 'refused -r:2'
  try_connect -r 'refuse 128.0.0.0/1' -r 'refuse 0.0.0.0/0'
  decides 'refused -r:2'
}

@test "IPv6 addresses and prefixes" {
  need_ipv6
  TARGET=::1 try_connect -r 'refuse 127.0.0.1' -r 'refuse ::1'
  decides 'refused -r:2'
  TARGET=$V6 try_connect -r 'refuse 2001:db8::8' -r 'refuse 2001:db8::/32'
  decides 'refused -r:2'
  TARGET=$V6 AT=443 try_connect -r "refuse [$V6]:80" -r "refuse [$V6]:443/tcp"
  decides 'refused -r:2'
}

@test "an IPv4-mapped address is the IPv4 address" {
  need_ipv6
  TARGET=::ffff:127.0.0.1 try_connect -r 'refuse 127.0.0.1'
  decides 'refused -r:1'
}

@test "0.0.0.0 and :: as a destination are this machine" {
  TARGET=0.0.0.0 try_connect -r 'refuse localhost'
  decides 'refused -r:1'
  need_ipv6
  TARGET=:: try_connect -r 'refuse localhost'
  decides 'refused -r:1'
}

@test "ports, lists, ranges and service names" {
  AT=443 try_connect -r 'refuse *:80' -r 'refuse *:442,444' -r 'refuse *:400-499'
  decides 'refused -r:3'
  AT=80 try_connect -r 'refuse *:https' -r 'refuse *:http'
  decides 'refused -r:2'
}

@test "protocols" {
  try_connect -r 'refuse */udp' -r 'refuse */tcp'
  decides 'refused -r:2'
  capture udp jail -r 'refuse */tcp' -r 'refuse */udp' -- "$VICTIMS/send_udp" 127.0.0.1 1 sendto
  assert_line 'sendto\(.*<udp>.* = -1 ECONNREFUSED .* refused -r:2$'
}

@test "scopes" {
  try_connect -r 'refuse lan' -r 'refuse internet' -r 'refuse localhost'
  decides 'refused -r:3'
  TARGET=$V4 try_connect -r 'refuse localhost' -r 'refuse internet'
  decides 'refused -r:2'
}

@test "bind: a server is refused its port, and another not" {
  serve='import socket, sys
s = socket.socket(); s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(); print("listening")'
  capture bind jail -r 'refuse bind *:8080' -- "$(python_program)" -c "$serve" 8080
  grep -q 'Permission denied' bind.err || fail "$(<bind.err)"
  assert_line 'bind\(.*127.0.0.1:8080( \[localhost\])?\) = -1 EACCES \(Permission denied\) +refused -r:1$'
  capture bind jail -r 'refuse bind *:8080' -- "$(python_program)" -c "$serve" 8081
  [ "$(<bind.out)" = listening ] || fail "$(<bind.err)"
}

@test "a family is refused at socket()" {
  capture family jail -r 'refuse netlink' -- "$(python_program)" -c \
    'import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)'
  grep -q 'Permission denied' family.err || fail "$(<family.err)"
  assert_line 'socket\(AF_NETLINK.* = -1 EACCES .* refused -r:1$'
}

@test "unix sockets by path" {
  connect='import socket, sys
s = socket.socket(socket.AF_UNIX)
try: s.connect(sys.argv[1])
except OSError as e: print(e.strerror)'
  capture unix jail -r 'refuse unix:/run/secret/*' -- "$(python_program)" -c "$connect" /run/secret/x
  [ "$(<unix.out)" = 'Connection refused' ] || fail "$(<unix.out)"
  capture unix jail -r 'refuse unix:/run/secret/*' -- "$(python_program)" -c "$connect" /run/other/x
  [ "$(<unix.out)" = 'No such file or directory' ] || fail "$(<unix.out)"
}

@test "a word of the language that this version does not know yet is an error" {
  capture later "$NETJAIL" trace -r 'refuse * tls *.example' touch started
  [ "$STATUS" = 125 ]
  grep -q -- "-r:1:14: 'tls' is not yet supported" later.err || fail "$(<later.err)"
  [ ! -e started ]
}

@test "an error is shown with its place and a caret" {
  printf 'allow localhost\nrefuse 203.0.113.7 whit ECONNRESET\n' >wrong.rules
  capture wrong "$NETJAIL" trace --rules wrong.rules touch started
  [ "$STATUS" = 125 ] || fail "status $STATUS"
  grep -q 'wrong.rules:2:20: ' wrong.err || fail "$(<wrong.err)"
  grep -q '^ *refuse 203.0.113.7 whit ECONNRESET$' wrong.err || fail "$(<wrong.err)"
  grep -q '^ *^~*$' wrong.err || fail 'no caret' "$(<wrong.err)"
  [ ! -e started ]
}

@test "host bits set: the right prefix is suggested" {
  capture wrong "$NETJAIL" trace -r 'refuse 10.0.0.1/8' touch started
  [ "$STATUS" = 125 ]
  grep -q '10.0.0.0/8' wrong.err || fail "$(<wrong.err)"
  [ ! -e started ]
}

@test "one wrong file among good ones: nothing is loaded, nothing runs" {
  echo 'allow *' >good.rules
  printf 'refuse localhost\nrefuse 1.2.3.4:99999\n' >bad.rules
  capture wrong "$NETJAIL" trace --rules good.rules --rules bad.rules touch started
  [ "$STATUS" = 125 ]
  grep -q 'bad.rules:2:' wrong.err || fail "$(<wrong.err)"
  [ ! -e started ]
}

@test "rules hold for everything the program starts" {
  start_recorder
  capture tree jail -r "refuse $V4" -- bash -c \
    'bash -c "(exec 3<>/dev/tcp/$0/$1) & wait; exec \"\$0\" $0 $1" "$2"' \
    "$V4" "$PORT" "$VICTIMS/connect_tcp"
  assert_silent
  [ "$(grep -c 'refused -r:1$' "$TRACE")" = 2 ] || fail 'two refusals were expected'
}

# Of the wildcard address the kernel makes its own; a source that is asked for counts for IPv4 alone.
@test "a datagram to :: goes to ::1, whatever source it asks for" {
  cat >wildcard.py <<'END'
import errno, socket, struct, sys
sock = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
source = struct.pack("i4s4s", 0, socket.inet_aton("127.0.0.1"), bytes(4))
try:
    sock.sendmsg([b"x"], [(socket.SOL_IP, 8, source)], 0, ("::", int(sys.argv[1])))
    print("sent")
except OSError as error:
    print(errno.errorcode[error.errno])
END
  start_recorder
  "$NETJAIL" trace -o "$TRACE" -r 'allow 127.0.0.1' -r 'default refuse' -- "$(python_program)" wildcard.py "$PORT" >said
  assert_silent
  [ "$(cat said)" = ECONNREFUSED ]
  assert_line "sendmsg\\(.*\\[::1\\]:$PORT.*\\) = -1 ECONNREFUSED.* refused .*"
  "$NETJAIL" trace -o "$TRACE" -r 'allow ::1' -r 'default refuse' -- "$(python_program)" wildcard.py "$PORT" >said
  [ "$(cat said)" = sent ]
}
