#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p: what the program has open or under way already, and what it hides.

load helper
load attach

@test "what is open is told, and --cut ends what the rules refuse" {
  need_victim echo_servers
  cat >peer.py <<'END'
import socket, sys, threading
def serve(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("0.0.0.0", port))
    server.listen(4)
    print("ready", flush=True)
    while True:
        sock, _ = server.accept()
        def pour(sock=sock):
            try:
                while True:
                    sock.send(b"x" * 1000)
            except OSError:
                pass
        threading.Thread(target=pour, daemon=True).start()
serve(int(sys.argv[1]))
END
  cat >loader.py <<'END'
import socket, sys
socks = [socket.create_connection((host, int(sys.argv[1]))) for host in sys.argv[2:]]
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.connect((sys.argv[2], 9))
listener = socket.create_server(("127.0.0.1", 0))
print("ready", flush=True)
def ended(sock):
    try:
        return not sock.recv(100000)
    except ConnectionResetError: # what was sent after the cut
        return True
while socks:
    for sock in socks[:]:
        if ended(sock):
            print("end of one", flush=True)
            socks.remove(sock)
    if len(socks) == 1:
        break
try:
    datagrams.send(b"x")
    print("sent", flush=True)
except OSError as error:
    print(error.strerror, flush=True)
while socks[0].recv(100000):
    pass
END
  background_ready "$(python_program)" peer.py "$PORT"
  background_ready "$(python_program)" loader.py "$PORT" "$V4" "$V4_OTHER"
  local pid=$LAST
  attach -r "refuse $V4" --for 20ms -p "$pid"
  assert_line "found\(.*tcp.*$V4:$PORT, connected\) +would be refused -r:1\$"
  assert_line "found\(.*tcp.*$V4_OTHER:$PORT, connected\) +would be allowed default\$"
  assert_line "found\(.*udp.*$V4:9, connected\) +would be refused -r:1\$"
  assert_line 'found\(.*tcp.*127.0.0.1:[0-9]+.*, listening\)'
  ! grep -q 'end of' ready.* || fail 'cut without --cut'
  attach -r "refuse $V4" --cut --for 20ms -p "$pid"
  assert_line "found\(.*tcp.*$V4:$PORT, connected\) +cut, refused -r:1\$"
  eventually grep -q 'end of' ready.*
  eventually grep -q 'Broken pipe' ready.*
  kill -0 "$pid"
}

@test "connections that are still being made are told, and cut" {
  start_recorder
  cat >maker.py <<'END'
import socket, sys
port, full, denied, denied6 = int(sys.argv[1]), 8081, *sys.argv[2:]
def connecting(host, port, *options):
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    for option in options:
        sock.setsockopt(socket.IPPROTO_TCP, option, 1)
    sock.setblocking(False)
    error = sock.connect_ex((host, port))
    assert error == 0 if options else 115, error
    return sock
# Whose queue is full: no answer comes.
listeners = [socket.create_server((denied, full), backlog=0)]
if denied6:
    listeners.append(socket.create_server((denied6, full), family=socket.AF_INET6, backlog=0))
waiting = [connecting(host, full) for host in sys.argv[2:] if host for _ in range(4)]
putoff = connecting(denied, port, 30, 34) # TCP_FASTOPEN_CONNECT, TCP_FASTOPEN_NO_COOKIE
print("ready", flush=True)
sys.stdin.readline()
for sock in (waiting[3], putoff):
    try:
        print(sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), sock.send(b"x"), flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
END
  local v6=$V6
  [ -z "${NETNS_NO_IPV6-}" ] || v6=
  mkfifo go
  background_ready bash -c 'exec "$1" maker.py "$2" "$3" "$4" <>go' bash \
    "$(python_program)" "$PORT" "$V4" "$v6"
  local pid=$LAST
  attach -r "refuse $V4" -r "refuse $V6" --for 20ms -p "$pid"
  assert_line "found\(.*tcp.*$V4:8081, connecting\) +would be refused -r:1\$"
  assert_line "found\(.*tcp.*$V4:$PORT, connecting\) +would be refused -r:1\$"
  [ -z "$v6" ] || assert_line "found\(.*tcp.*\[$V6\]:8081, connecting\) +would be refused -r:2\$"
  attach -r "refuse $V4" -r "refuse $V6" --cut --for 20ms -p "$pid"
  assert_line "found\(.*tcp.*$V4:8081, connecting\) +cut, refused -r:1\$"
  assert_line "found\(.*tcp.*$V4:$PORT, connecting\) +cut, refused -r:1\$"
  echo >go
  wait "$pid"
  [ "$(cat ready.* | grep -c 'Broken pipe')" = 2 ] || fail "$(cat ready.*)"
  assert_reached 0
}

@test "a connect that waits when netjail comes is refused, and what it had begun ends" {
  start_recorder
  cat >waits.py <<'END'
import signal, socket, sys
signal.alarm(20)
denied, allowed, full, port = sys.argv[1], sys.argv[2], 8081, int(sys.argv[3])
listener = socket.create_server((denied, full), backlog=0)
queue = [socket.socket() for _ in range(2)]
for sock in queue:
    sock.setblocking(False)
    sock.connect_ex((denied, full))
print("ready", flush=True)
sock = socket.socket()
try:
    sock.connect((denied, full))
except OSError as error:
    print(error.strerror, sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), flush=True)
for _ in queue: # there is room now
    listener.accept()
listener.settimeout(2.5) # a SYN is sent again after 1 s
try:
    listener.accept()
    print("reached", flush=True)
except TimeoutError:
    print("silent", flush=True)
sock.connect((allowed, port))
print("another", flush=True)
END
  local verb said
  for verb in refuse redirect; do
    rm -f ready.*
    background_ready "$(python_program)" waits.py "$V4" "$V4_OTHER" "$PORT"
    local pid=$LAST
    eventually is_asleep "$pid"
    nap 0.2
    if [ $verb = refuse ]; then
      start_attach -r "refuse $V4" -p "$pid"
      said=$'ready\nConnection refused 0\nsilent\nanother'
    else
      start_attach -r "redirect $V4:8081 to $V4_OTHER:$PORT" -r "allow $V4_OTHER" -p "$pid"
      said=$'ready\nsilent'
    fi
    wait "$pid" || [ $verb = redirect ] # it is connected already
    wait "$JAIL"
    [ "$(cat ready.*)" = "$said" ] || fail "$(cat ready.*)"
  done
}

@test "what is open is judged by all that rules know, and --dry-run cuts nothing" {
  cat >opens.py <<'END'
import socket, sys, time
here = socket.create_server(("127.0.0.1", 0))
sock = socket.create_connection(here.getsockname())
kept = [sock]
def raw(*kind, peer=None):
    try:
        kept.append(socket.socket(*kind))
        if peer:
            kept[-1].connect(peer)
    except PermissionError:
        print("no rights", flush=True)
raw(socket.AF_INET, socket.SOCK_RAW, 255, peer=("127.0.0.9", 0))
raw(socket.AF_PACKET, socket.SOCK_RAW, 0)
print("ready", sock.fileno(), flush=True)
sys.stdin.readline()
try:
    sock.send(b"x")
    print("sent", flush=True)
except OSError as error:
    print(error.strerror, flush=True)
sys.stdin.readline()
for sock in kept[1:2]:
    try:
        sock.send(b"x")
        print("sent", flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
END
  mkfifo go
  background_ready bash -c 'exec "$1" opens.py <>go' bash "$(python_program)"
  local pid=$LAST exe fd
  exe=$(readlink -f "/proc/$pid/exe")
  fd=$(sed -n 's/^ready //p' ready.*)
  # found LINE-END OPTION...: of the connection, by its client's descriptor
  found() {
    attach --for 20ms -p "$pid" "${@:2}"
    assert_line "found\\($fd<tcp>.*connected\\) +$1\$"
  }
  found 'would be refused -r:1' -r 'refuse 127.0.0.1' --dry-run --cut
  found 'would be refused -r:1' -r "refuse 127.0.0.1 exe $exe"
  found 'would be allowed default' -r 'refuse 127.0.0.1 exe /bin/nothing'
  found 'would be allowed -r:1' -r "allow 127.0.0.1 exe $exe" -r 'default refuse'
  found 'would be refused -r:1' -r "refuse 127.0.0.1 user $(id -un)"
  found 'would be allowed default' -r 'refuse 127.0.0.1 user 4711'
  found 'would be refused -r:1' -r 'refuse localhost'
  found 'would be allowed default' --cut
  assert_line '^netjail: --cut: no rule refuses anything'
  echo >go
  eventually grep -qx sent ready.*
  if ! grep -q 'no rights' ready.*; then
    attach --for 20ms -p "$pid" --cut -r 'refuse raw' -r 'refuse packet'
    assert_line 'found\(.*raw.*127.0.0.9:0, connected\) +cut, refused -r:1$'
    assert_line 'found\(.*packet.*\) +would be refused -r:2$'
    assert_line 'descriptor [0-9]+ cannot be cut: Operation not supported'
    echo >go
    eventually grep -q 'Destination address required' ready.*
  fi
  kill "$pid"
}

@test "what a program hides from an attach is said" {
  background_ready "$VICTIMS/hides"
  local pid=$LAST ring=1 rule said
  ! grep -q 'no io_uring' ready.* || ring=0
  for rule in '' 'refuse 203.0.113.99'; do
    rm -f log
    attach ${rule:+-r "$rule"} --log log --for 20ms -p "$pid"
    said='who listens to it, if anybody, may answer calls'
    [ -z "$rule" ] || said='its AF_UNIX and netlink calls are refused'
    assert_line "hides\\[$pid\\] has a seccomp filter of its own: $said"
    said='its network calls are not seen'
    [ -z "$rule" ] || said='its calls are refused'
    [ $ring = 0 ] || assert_line "hides\\[$pid\\] has an io_uring \\(descriptor [0-9]+\\): $said"
    grep -q '"coverage":.*hides.* has a seccomp filter of its own: ' log
    [ $ring = 0 ] || grep -q '"coverage":.*hides.* has an io_uring ' log
  done
}
