#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a program sees of error, timeout, delay and redirect; reload; dry runs. Loopback only.

load helper

# Rules by port: 5 fails, 6 is slow, 7 never answers, 8 is redirected.
write_rules() {
  cat >acts.rules <<'END'
error *:5 with EHOSTUNREACH
delay *:6 by 400ms
timeout *:7 after 1200ms
redirect 127.0.0.1:8/tcp to 127.0.0.1:9001
redirect [::1]:8 to [::1]:9001
redirect *:8/udp to 127.0.0.1:9002
END
}

# run_python CODE: under the rules; CODE has took(seconds) to check its clock
run_python() {
  cat >program.py <<'END'
import asyncio, errno, os, select, socket, sys, threading, time
began = time.monotonic()
def took(want):
    global began
    now = time.monotonic()
    assert want * 0.8 <= now - began <= want * 1.2 + float(os.environ["LATE"]), (want, now - began)
    began = time.monotonic()
def fails(name, call):
    try:
        call()
    except OSError as error:
        assert errno.errorcode[error.errno] == name, error
    else:
        raise AssertionError("no error")
END
  printf '%s\n' "$1" >>program.py
  capture acts jail --rules acts.rules "${@:2}" -- "$(python_program)" program.py
  [ "$STATUS" = 0 ] || fail "$(<acts.err)"
}

@test "error, delay and timeout of blocking and non-blocking connects, IPv4 and IPv6" {
  write_rules
  run_python '
hosts = [(socket.AF_INET, "127.0.0.1")]
if not os.environ.get("NETNS_NO_IPV6"):
    hosts.append((socket.AF_INET6, "::1"))
def connect(family, host, port):
    with socket.socket(family) as sock:
        sock.connect((host, port))
def poll(family, host, port):
    with socket.socket(family) as sock:
        sock.setblocking(False)
        assert sock.connect_ex((host, port)) == errno.EINPROGRESS
        poller = select.poll()
        poller.register(sock, select.POLLOUT)
        assert poller.poll(9000)
        return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
for family, host in hosts:
    fails("EHOSTUNREACH", lambda: connect(family, host, 5))
    took(0)
    fails("ECONNREFUSED", lambda: connect(family, host, 6))
    took(0.4)
    threads = [threading.Thread(target=fails, args=("ETIMEDOUT", lambda: connect(family, host, 7)))
               for _ in range(3)]
    for thread in threads: thread.start()
    assert poll(family, host, 7) == errno.ETIMEDOUT
    for thread in threads: thread.join()
    took(1.2)
'
  assert_line ':5.*\) = -1 EHOSTUNREACH .* failed acts.rules:1$'
  assert_line ':6.*\) = -1 ECONNREFUSED .* delayed acts.rules:2$'
  assert_line ':7.*\) = -1 EINPROGRESS .* timed out acts.rules:3$'
}

@test "timeout as asyncio sees it, and a time limit of its own" {
  write_rules
  run_python '
async def main():
    try:
        await asyncio.open_connection("127.0.0.1", 7)
    except TimeoutError: pass
    else: raise AssertionError
    took(1.2)
    try:
        await asyncio.wait_for(asyncio.open_connection("127.0.0.1", 7), 0.5)
    except asyncio.TimeoutError: pass
    else: raise AssertionError
    took(0.5)
asyncio.run(main())'
}

@test "timeout in another network, whose loopback is not netjail's: refused" {
  unshare -n true 2>/dev/null || skip 'no other network can be made here'
  write_rules
  cat >there.py <<'END'
import socket
with socket.socket() as sock:
    print(sock.connect_ex(("203.0.113.99", 7)), flush=True)
END
  capture there jail --rules acts.rules -- unshare -n sh -c 'ip link set lo up; exec "$@"' sh "$(python_program)" there.py
  [ "$(cat there.out)" = 111 ]
  assert_line 'connect\(.*203.0.113.99:7\) = -1 ECONNREFUSED.* refused netjail: the program is in another network namespace'
}

@test "curl --connect-timeout, and a Go dialer" {
  need curl
  write_rules
  capture curl jail --rules acts.rules -- curl -sS --connect-timeout 1 http://127.0.0.1:7/
  [ "$STATUS" = 28 ] || fail "$(<curl.err)"
  capture curl jail --rules acts.rules -- curl -sS http://127.0.0.1:5/
  [ "$STATUS" = 7 ] || fail "$(<curl.err)"
  need_victim connect_go
  capture go jail --rules acts.rules -- "$VICTIMS/connect_go" 127.0.0.1 7
  [ "$(grep -c 'connect: connection timed out' go.err)" = 8 ] || fail "$(<go.err)"
}

@test "redirect: another server, and the program does not see it" {
  write_rules
  run_python '
def check(family, host):
    server = socket.create_server((host, 9001), family=family)
    with socket.socket(family) as client:
        client.connect((host, 8))
        peer, address = server.accept()
        assert client.getpeername()[:2] == (host, 8), client.getpeername()
        assert peer.getpeername() == client.getsockname()
        copy = client.dup()
        assert copy.getpeername()[:2] == (host, 8)
        peer.send(b"hello")
        assert client.recvfrom(9)[0] == b"hello"
check(socket.AF_INET, "127.0.0.1")
if not os.environ.get("NETNS_NO_IPV6"):
    check(socket.AF_INET6, "::1")
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 9002))
for connected in False, True:
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if connected:
        client.connect(("127.0.0.1", 8))
        client.send(b"x")
        assert client.getpeername() == ("127.0.0.1", 8)
    else:
        client.sendto(b"x", ("127.0.0.1", 8))
    data, address = server.recvfrom(9)
    server.sendto(b"one", address)
    assert client.recvfrom(9) == (b"one", ("127.0.0.1", 8))
    server.sendto(b"two", address)
    data, _, _, sender = client.recvmsg(9)
    assert (data, sender) == (b"two", ("127.0.0.1", 8)), sender
'
  assert_line '127.0.0.1:8 .*\) = 0 +redirected acts.rules:4$'
  assert_line 'sendto\(.*127.0.0.1:8 .*\) = 1 +redirected acts.rules:6$'
}

@test "datagrams: delayed, failed, swallowed" {
  write_rules
  run_python '
sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
assert sock.sendto(b"abc", ("127.0.0.1", 6)) == 3
took(0.4)
fails("EHOSTUNREACH", lambda: sock.sendto(b"abc", ("127.0.0.1", 5)))
assert sock.sendto(b"abc", ("127.0.0.1", 7)) == 3
assert sock.sendmsg([b"abc"], [], 0, ("127.0.0.1", 7)) == 3
sock.connect(("127.0.0.1", 7))
assert sock.send(b"abc") == 3 and sock.send(b"abc") == 3
assert sock.getpeername() == ("127.0.0.1", 7)
took(0)
'
}

@test "a delay survives signals, and holds its own thread alone" {
  write_rules
  run_python '
import signal
ticks = 0
def tick(*_):
    global ticks
    ticks += 1
signal.signal(signal.SIGALRM, tick)
signal.siginterrupt(signal.SIGALRM, False)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
def slow():
    with socket.socket() as sock:
        fails("ECONNREFUSED", lambda: sock.connect(("127.0.0.1", 6)))
thread = threading.Thread(target=slow)
thread.start()
with socket.socket() as sock:
    fails("EHOSTUNREACH", lambda: sock.connect(("127.0.0.1", 5)))
took(0)
thread.join()
took(0.4)
slow()
took(0.4)
signal.setitimer(signal.ITIMER_REAL, 0)
assert ticks > 0
'
}

@test "first and after count each call once, though it is made again" {
  write_rules
  printf 'delay *:9 by 50ms first 2\nerror *:9 with EPERM after 1 first 2\n' >>acts.rules
  run_python '
def connect():
    with socket.socket() as sock: sock.connect(("127.0.0.1", 9))
for _ in range(3): fails("ECONNREFUSED", connect)
fails("EPERM", connect)
fails("ECONNREFUSED", connect)
'
}

@test "--dry-run: told, and not done" {
  write_rules
  echo 'refuse 127.0.0.1:10' >>acts.rules
  run_python '
began = time.monotonic()
for port in 5, 6, 7, 8, 10:
    with socket.socket() as sock:
        fails("ECONNREFUSED", lambda: sock.connect(("127.0.0.1", port)))
took(0)
' --dry-run --strict
  assert_line 'dry run: nothing is refused'
  assert_line ':10.*\) = -1 ECONNREFUSED .* would be refused acts.rules:7$'
  assert_line ':7.*\) = -1 ECONNREFUSED .* would be timed out acts.rules:3$'
}

@test "the same in a program that was attached to" {
  write_rules
  cat >attached.py <<'END'
import errno, os, socket, time
while not os.path.exists("go"):
    time.sleep(0.02)
for port, name, wants in (5, "EHOSTUNREACH", 0), (6, "ECONNREFUSED", 0.4), (7, "ETIMEDOUT", 1.2):
    began = time.monotonic()
    with socket.socket() as sock:
        assert errno.errorcode[sock.connect_ex(("127.0.0.1", port))] == name, port
    assert wants * 0.8 <= time.monotonic() - began <= wants * 1.2 + float(os.environ["LATE"]), port
with socket.create_server(("127.0.0.1", 9001)), socket.socket() as sock:
    sock.connect(("127.0.0.1", 8))
    assert sock.getpeername() == ("127.0.0.1", 8)
open("passed", "w").close()
END
  background "$(python_program)" attached.py
  local program=$LAST
  background "$NETJAIL" trace -o "$TRACE" --rules acts.rules -p "$program"
  eventually grep -q 'attached to' "$TRACE"
  touch go
  wait "$program" || fail
  [ -e passed ] || fail
}

@test "--strict and --kill" {
  capture strict jail --strict -r 'refuse localhost' -- bash -c 'exec 3<>/dev/tcp/127.0.0.1/1; true'
  [ "$STATUS" = 123 ] || fail "status $STATUS"
  capture strict jail --strict -r 'refuse localhost' -- bash -c 'exec 3<>/dev/tcp/127.0.0.1/1 || exit 3'
  [ "$STATUS" != 123 ] && [ "$STATUS" != 0 ] || fail "status $STATUS"
  capture strict jail --strict -r 'refuse lan' -- bash -c 'exec 3<>/dev/tcp/127.0.0.1/1; true'
  [ "$STATUS" = 0 ] || fail "status $STATUS"
  capture kill jail --kill -r 'refuse localhost' -- \
    bash -c 'sleep 50 & bash -c "exec 3<>/dev/tcp/127.0.0.1/1"; touch survived'
  [ "$STATUS" = 137 ] || fail "status $STATUS"
  [ ! -e survived ]
  assert_nothing_left
}

# A program that connects to port 1 for ever, and says what it sees when that changes.
start_prober() {
  cat >prober.py <<'END'
import os, socket, sys, time
last = None
tries = 0
start = time.monotonic()
while not os.path.exists("stop"):
    with socket.socket() as sock:
        error = sock.connect_ex(("127.0.0.1", 1))
    tries += 1
    if error != last:
        print(os.strerror(error), flush=True)
    last = error
with open("tries", "w") as out:
    print(tries, int(tries / (time.monotonic() - start)), file=out)
END
  background "$NETJAIL" trace -o "$TRACE" "$@" -- "$(python_program)" prober.py >seen
  PROBED=$LAST
}

@test "SIGHUP loads the rules again; wrong ones are told and the old ones stay" {
  echo 'error localhost with EPERM' >r.rules
  start_prober --rules r.rules
  eventually grep -q 'not permitted' seen
  echo 'error localhost with EACCES' >r.rules
  kill -HUP "$PROBED"
  eventually grep -q 'Permission denied' seen
  printf 'allow localhost\nrefuze *\n' >r.rules
  kill -HUP "$PROBED"
  eventually grep -q "the old rules stay; the new ones are wrong: r.rules:2:1: unknown verb" "$TRACE"
  echo 'redirect localhost to 127.0.0.1:2' >r.rules
  kill -HUP "$PROBED"
  eventually grep -q "neither redirect nor time out" "$TRACE"
  touch stop
  wait "$PROBED"
  [ "$(wc -l <seen)" = 2 ] || fail "$(<seen)"
  # each connect has its line, with a verdict of one of the two rules
  assert_no_line 'connect\(.*allowed'
  assert_line '^netjail: rules loaded again: 1, default allow$'
}

@test "twenty reloads under more than a thousand connects a second lose no decision" {
  local i tries rate changes=1
  echo 'error localhost with EPERM' >r.rules
  start_prober --rules r.rules
  eventually grep -q 'not permitted' seen
  for i in {1..10}; do
    for error in EACCES EPERM; do
      echo "error localhost with $error" >new.rules
      mv new.rules r.rules
      kill -HUP "$PROBED"
      changes=$((changes + 1))
      eventually is_lines "$changes" seen
    done
  done
  touch stop
  wait "$PROBED"
  # nothing but the two errors, each call with one line, and each line with one of the two rules
  read -r tries rate <tries
  echo "# $tries connects, $rate a second" >&3
  [ "$(sort -u seen)" = $'Operation not permitted\nPermission denied' ] || fail "$(<seen)"
  [ "$(grep -c 'connect(.*= -1 \(EPERM\|EACCES\) .* failed r.rules:1$' "$TRACE")" = "$tries" ] || fail "$tries"
  [ "$(grep -c 'connect(' "$TRACE")" = "$tries" ]
}

@test "--watch loads the rules when a file of them changes, an included one and a set too" {
  mkdir sub
  echo 'error @s with EPERM' >sub/inner.rules
  echo 'set s file list' >>sub/inner.rules
  echo '127.0.0.1' >sub/list
  echo 'include sub/inner.rules' >r.rules
  start_prober --watch --rules r.rules
  eventually grep -q 'not permitted' seen
  echo '192.0.2.1' >sub/new
  mv sub/new sub/list
  eventually grep -q 'Connection refused' seen
  sed -i s/EPERM/EACCES/ sub/inner.rules
  echo '127.0.0.0/8' >sub/list
  eventually grep -q 'Permission denied' seen
  echo 'error localhost with ENETDOWN' >r.rules
  eventually grep -q 'Network is down' seen
  touch stop
  wait "$PROBED"
}
