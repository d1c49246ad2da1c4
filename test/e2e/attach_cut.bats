#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p --cut: what is cut is at its end, in both directions, and nothing else is cut.

load helper
load attach

# start_two FAR-ARG... -- NEAR-ARG...: far.py ($FAR) stays outside, near.py ($NEAR) is to be attached to.
# They print to $FAR_SAYS and $NEAR_SAYS, and go on by a line in the pipes far and near.
start_two() {
  local far=()
  while [ "$1" != -- ]; do
    far+=("$1")
    shift
  done
  rm -f far near
  mkfifo far near
  background_ready bash -c 'exec "$@" <>far' bash "$(python_program)" far.py "${far[@]}"
  FAR=$LAST FAR_SAYS=$PWD/ready.$BASHPID.$READY
  background_ready bash -c 'exec "$@" <>near' bash "$(python_program)" near.py "${@:2}"
  NEAR=$LAST NEAR_SAYS=$PWD/ready.$BASHPID.$READY
}

@test "--cut: no datagram comes from or goes to the refused peer any more" {
  cat >far.py <<'END'
import socket, sys
family, kind, refused, allowed = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
protocol = 254 if kind == socket.SOCK_RAW else 0
sock = socket.socket(family, kind, protocol)
sock.bind((refused, 8081))
kept = socket.socket(family, socket.SOCK_DGRAM)
kept.bind((allowed, 8081))
print("ready", flush=True)
_, near = kept.recvfrom(100)
sock.sendto(b"before", (allowed, 8082))
assert sock.recv(100).endswith(b"hello")
sys.stdin.readline()
for _ in range(20):
    sock.sendto(b"after", (allowed, 8082))
kept.sendto(b"mark", near)
kept.recv(100)
sock.setblocking(False)
try:
    print("heard", sock.recv(100), flush=True)
except BlockingIOError:
    print("silent", flush=True)
END
  cat >near.py <<'END'
import socket, sys
family, kind, refused, allowed = int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
socks = [socket.socket(family, kind, 254 if kind == socket.SOCK_RAW else 0) for _ in range(2)]
socks[0].bind((allowed, 8082))
for sock in socks:
    sock.connect((refused, 8081))
socks[0].send(b"hello")
if kind == socket.SOCK_DGRAM: # held back
    socks[1].send(b"held", socket.MSG_MORE)
kept = socket.socket(family, socket.SOCK_DGRAM)
kept.connect((allowed, 8081))
kept.send(b"hello")
assert socks[0].recv(100).endswith(b"before")
print("ready", flush=True)
kept.recv(100)
socks[0].setblocking(False)
heard = 0
try:
    while socks[0].recv(100):
        heard += 1
except BlockingIOError:
    pass
print("heard", heard, flush=True)
for sock in socks:
    try:
        print("sent", sock.send(b"x"), flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
kept.send(b"done")
END
  local kinds=("2 2 $V4 $V4_OTHER") kind said protocol
  [ -n "${NETNS_NO_IPV6-}" ] || kinds+=("10 2 $V6 $V6_OTHER")
  "$(python_program)" -c 'import socket; socket.socket(2, 3, 254)' 2>err || grep -q Permission err
  [ -s err ] || kinds+=("2 3 $V4 $V4_OTHER")
  for kind in "${kinds[@]}"; do
    # shellcheck disable=SC2086
    start_two $kind -- $kind
    protocol=udp said='Broken pipe'
    [[ $kind != '2 3 '* ]] || protocol=raw said='Destination address required'
    attach -r "refuse $V4" -r "refuse $V6" --cut --for 20ms -p "$NEAR"
    assert_line "found\(.*$protocol.*, connected\) +cut, refused"
    echo >far
    wait "$FAR" "$NEAR"
    [ "$(cat "$NEAR_SAYS")" = $'ready\nheard 0\n'"$said"$'\n'"$said" ] || fail "$(cat "$NEAR_SAYS")"
    grep -qx silent "$FAR_SAYS" || fail "$(cat "$FAR_SAYS")"
  done
}

@test "--cut: what a socket was given before leads no bytes to the refused peer" {
  cat >near.py <<'END'
import socket, sys
refused = sys.argv[1]
far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
far.bind((refused, 8081))
far.setblocking(False)
corked, routed = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
corked.sendto(b"begun", socket.MSG_MORE, (refused, 8081))
route = bytes([1, 131, 7, 4]) + socket.inet_aton(refused)
routed.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, route)
print("ready", flush=True)
sys.stdin.readline()
try:
    print("sent", corked.send(b"added"), flush=True)
except OSError as error:
    print(error.strerror, flush=True)
print(len(routed.getsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, 40)), flush=True)
try:
    print("heard", far.recv(100), flush=True)
except BlockingIOError:
    print("silent", flush=True)
END
  mkfifo near
  background_ready bash -c 'exec "$@" <>near' bash "$(python_program)" near.py "$V4"
  NEAR=$LAST NEAR_SAYS=$PWD/ready.$BASHPID.$READY
  attach -r "refuse $V4" --for 20ms -p "$NEAR"
  assert_line 'is a socket with a source route: taken off$'
  ! grep -q 'begun' "$TRACE"
  attach -r "refuse $V4" --cut --for 20ms -p "$NEAR"
  assert_line 'is a socket with a datagram begun: taken off$'
  echo >near
  wait "$NEAR"
  [ "$(cat "$NEAR_SAYS")" = $'ready\nDestination address required\n0\nsilent' ] ||
    fail "$(cat "$NEAR_SAYS")"
}

@test "--cut: an MPTCP connection ends at its peer" {
  "$(python_program)" -c 'import socket; socket.socket(2, 1, 262)' 2>/dev/null || skip 'no MPTCP here'
  cat >far.py <<'END'
import socket, sys
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
server.bind((sys.argv[1], 8081))
server.listen()
print("ready", flush=True)
sock, _ = server.accept()
try:
    while True:
        sock.send(b"x" * 65536)
except OSError as error:
    print(error.strerror, flush=True)
END
  cat >near.py <<'END'
import socket, sys
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
sock.connect((sys.argv[1], 8081))
print("ready", flush=True)
def read():
    count = 0
    while data := sock.recv(65536):
        count += len(data)
    return count
sys.stdin.readline()
read()
print("end", flush=True)
sys.stdin.readline()
print("read", read(), flush=True)
try:
    print("sent", sock.send(b"x"), flush=True)
except OSError as error:
    print(error.strerror, flush=True)
END
  start_two "$V4" -- "$V4"
  attach -r "refuse $V4" --cut --for 20ms -p "$NEAR"
  assert_line "found\(.*mptcp.*, connected\) +cut, refused -r:1\$"
  echo >near
  eventually grep -qx end "$NEAR_SAYS"
  eventually grep -qx 'Connection reset by peer' "$FAR_SAYS"
  echo >near
  eventually grep -qx 'Broken pipe' "$NEAR_SAYS"
  grep -qx 'read 0' "$NEAR_SAYS"
}

@test "a connection counts as accepted by its whole address, not by a port" {
  cat >far.py <<'END'
import socket, sys
refused, other, six = sys.argv[1:]
server = socket.create_server((refused, 8081))
print("ready", flush=True)
socks = [(f"from {port}", server.accept()[0]) for port in (5555, 5556) if port == 5555 or six]
for port in (5557, 5558, 5559):
    if port != 5557 or six:
        socks.append((f"to {port}", socket.create_connection((other, port), source_address=(refused, 0))))
for name, sock in socks:
    print(name, sock.recv(100), flush=True)
print("done", flush=True)
END
  cat >near.py <<'END'
import socket, sys
refused, other, six = sys.argv[1:]
def serve(port, host, **how):
    return socket.create_server((host, port), **how)
listeners = [serve(5555, "127.0.0.1"), serve(5558, "0.0.0.0"), serve(5559, other)]
if six:
    family = socket.AF_INET6
    only = serve(5556, "::", family=family)
    listeners.append(serve(5557, "::", family=family, dualstack_ipv6=True))
kept = [socket.create_connection((refused, 8081), source_address=(other, port))
        for port in (5555, 5556) if port == 5555 or six]
kept += [listener.accept()[0] for listener in listeners[1:]]
print("ready", flush=True)
sys.stdin.readline()
for sock in kept:
    try:
        sock.send(b"x")
    except OSError as error:
        print(error.strerror, flush=True)
sys.stdin.readline()
END
  local six=6 count=2
  [ -z "${NETNS_NO_IPV6-}" ] || six='' count=1
  start_two "$V4" "$V4_OTHER" "$six" -- "$V4" "$V4_OTHER" "$six"
  attach -r "refuse $V4" --cut --for 20ms -p "$NEAR"
  [ "$(grep -cE "found\(.*$V4:8081, connected\) +cut, refused" "$TRACE")" = $count ] || fail 'not cut'
  [ "$(grep -cE "found\(.*$V4:.*, accepted\)\$" "$TRACE")" = $((count + 1)) ] || fail 'not accepted'
  echo >near
  eventually grep -qx 'done' "$FAR_SAYS"
  [ "$(grep -c "^from .* b''" "$FAR_SAYS")" = $count ] || fail "$(cat "$FAR_SAYS")"
  [ "$(grep -c "^to .* b'x'" "$FAR_SAYS")" = $((count + 1)) ] || fail "$(cat "$FAR_SAYS")"
}

@test "of AF_UNIX, pairs and accepted connections are not judged, connected ones are" {
  cat >far.py <<'END'
import socket
server = socket.socket(socket.AF_UNIX)
server.bind("refused.sk")
server.listen()
print("ready", flush=True)
socks = [server.accept()[0] for _ in range(2)]
client = socket.socket(socket.AF_UNIX)
client.connect("own.sk")
for name, sock in ("refused", socks[0]), ("refused", socks[1]), ("accepted", client):
    print(name, sock.recv(100), flush=True)
END
  cat >near.py <<'END'
import os, socket, sys
def serve(path):
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    return listener
own = serve("own.sk")
clients = [socket.socket(socket.AF_UNIX) for _ in range(2)]
clients[1].bind("name.sk") # that of a listener, later
for client in clients:
    client.connect("refused.sk")
os.unlink("name.sk")
named = serve("name.sk")
pair = socket.socketpair()
accepted, _ = own.accept()
print("ready", flush=True)
sys.stdin.readline()
for sock in (*clients, accepted, pair[0]):
    try:
        sock.send(b"x")
    except OSError as error:
        print(error.strerror, flush=True)
print(pair[1].recv(100), flush=True)
sys.stdin.readline()
END
  start_two --
  attach -r 'refuse unix' --for 20ms -p "$NEAR"
  [ "$(grep -cE 'refused.sk, connected\) +would be refused -r:1$' "$TRACE")" = 2 ] || fail 'not judged'
  attach -r 'refuse unix' --cut --for 20ms -p "$NEAR"
  [ "$(grep -cE 'refused.sk, connected\) +cut, refused -r:1$' "$TRACE")" = 2 ] || fail 'not cut'
  [ "$(grep -cE '\(unnamed\), connected\)$' "$TRACE")" = 2 ] || fail 'the pair'
  assert_line '\(unnamed\), accepted\)$'
  echo >near
  eventually grep -q accepted "$FAR_SAYS"
  [ "$(cat "$FAR_SAYS")" = $'ready\nrefused b\'\'\nrefused b\'\'\naccepted b\'x\'' ] || fail "$(cat "$FAR_SAYS")"
  eventually grep -qx "b'x'" "$NEAR_SAYS"
}

@test "a datagram socket that arrives connected to a refused peer hears nothing more" {
  cat >giver.py <<'END'
import socket, sys
peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
peer.bind((sys.argv[1], 8081))
given = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
given.connect(peer.getsockname())
server = socket.socket(socket.AF_UNIX)
server.bind("giver.sk")
server.listen()
print("ready", flush=True)
sock, _ = server.accept()
socket.send_fds(sock, [b"x"], [given.fileno()])
sock.recv(1)
for _ in range(20):
    peer.sendto(b"after", given.getsockname())
sock.send(b"mark")
END
  cat >taker.py <<'END'
import socket
giver = socket.socket(socket.AF_UNIX)
giver.connect("giver.sk")
_, fds, _, _ = socket.recv_fds(giver, 1, 1)
sock = socket.socket(fileno=fds[0])
giver.send(b"y")
assert giver.recv(100) == b"mark"
sock.setblocking(False)
heard = 0
try:
    while sock.recv(100):
        heard += 1
except BlockingIOError:
    pass
print("heard", heard)
END
  background_ready "$(python_program)" giver.py "$V4"
  capture taken jail -r "refuse $V4" -- "$(python_program)" taker.py
  [ "$(cat taken.out)" = 'heard 0' ] || fail "$(cat taken.out taken.err)"
  assert_line 'evasion fd-passed-in: .*received a socket .*: shut down'
}
