#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p: attach to what runs, watch and refuse, and leave as though nothing had been.
#
# ATTACH_TIMES: how often each program of the first half is attached to and left (10).

load helper

readonly TIMES=${ATTACH_TIMES:-10}

# attach OPTION...: until it leaves by itself; its trace in $TRACE.
attach() {
  timeout --foreground -k 5 "$LIMIT" "$NETJAIL" trace -o "$TRACE" "$@" 3>&-
}

# In and out again, with a rule, so that everything is looked at.
attach_times() {
  local i
  for ((i = 0; i < TIMES; i++)); do
    attach -qq -r 'refuse 203.0.113.99' --for 20ms -p "$1" ||
      fail "attach $i to $1: status $?"
  done
  [ "$(sed -n 's/^TracerPid:\t//p' "/proc/$1/status")" = 0 ]
  ! grep -q netjail "/proc/$1/maps" || fail 'a mapping of ours was left behind'
}

# under_load PID: a web server on $PORT answers every request meanwhile.
under_load() {
  background wrk -t1 -c4 -d600s --timeout "$((PATIENCE / 100))s" "http://127.0.0.1:$PORT/"
  local load=$LAST
  attach_times "$1"
  kill -INT "$load"
  wait "$load" || true
}

# wrk's own words, where it prints them.
assert_answered() {
  grep -q 'requests in' wrk.out || fail 'wrk did not finish' "$(cat wrk.out)"
  ! grep -E 'Socket errors|Non-2xx' wrk.out || fail 'requests failed'
}

listens() {
  : 2>/dev/null <"/dev/tcp/127.0.0.1/$PORT"
}

has_own_group() {
  [ "$(ps -o pgid= -p "$1" | tr -d ' ')" = "$1" ]
}

is_asleep() {
  [ "$(state_of "$1")" = S ]
}

@test "nginx under wrk" {
  need nginx
  need wrk
  cat >nginx.conf <<END
daemon off; worker_processes 2; pid $PWD/pid; error_log $PWD/error.log;
events { worker_connections 64; }
http { access_log off; server { listen 127.0.0.1:$PORT; location / { return 200 hello; } } }
END
  background nginx -c "$PWD/nginx.conf"
  local server=$LAST
  eventually listens
  under_load "$server" >wrk.out
  kill -QUIT "$server"
  wait "$server"
  assert_answered
}

@test "redis-server under redis-benchmark" {
  need redis-server
  need redis-benchmark
  background redis-server --port "$PORT" --save '' --appendonly no --dir "$PWD" >redis.out
  local server=$LAST
  eventually listens
  background redis-benchmark -p "$PORT" -c 4 -l -q -t ping,set,lpush >bench.out 2>&1
  attach_times "$server"
  eventually grep -q 'requests per second\|rps=' bench.out || fail 'no request answered' "$(cat bench.out)"
  kill "$LAST"
  wait "$LAST" || true
  ! grep -i 'error\|reset\|closed' bench.out
}

@test "a Go web server under wrk" {
  need_victim http_go
  need wrk
  background_ready "$VICTIMS/http_go" "127.0.0.1:$PORT"
  under_load "$LAST" >wrk.out
  assert_answered
}

@test "a python asyncio server under wrk" {
  need wrk
  cat >server.py <<'END'
import asyncio, sys
async def serve(reader, writer):
    try:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]))
    print("ready", flush=True)
    await server.serve_forever()
asyncio.run(main())
END
  background_ready "$(python_program)" server.py "$PORT"
  under_load "$LAST" >wrk.out
  assert_answered
}

@test "a node server under wrk" {
  need node
  need wrk
  background_ready node -e 'require("http").createServer((q, a) => a.end("hello"))
    .listen(+process.argv[1], "127.0.0.1", () => console.log("ready"))' "$PORT"
  under_load "$LAST" >wrk.out
  assert_answered
}

@test "a program that makes and ends a thousand threads a second" {
  background_ready "$VICTIMS/thread_churn"
  attach_times "$LAST"
  kill -TERM "$LAST"
  wait "$LAST"
  grep -qx failed=0 ready.*
}

@test "a shell at its prompt" {
  cat >shell.py <<'END'
import os, pty, subprocess, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.environ["PS1"] = "@ "
    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
seen = b""
def until(text):
    global seen
    while text not in seen:
        seen += os.read(fd, 1000)
    seen = seen.split(text, 1)[1]
def asleep():
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(") ", 1)[1][0] == "S"
until(b"@ ")
if subprocess.call(sys.argv[1:] + [str(pid)]):
    sys.exit("attach failed")
os.write(fd, b"echo a$((6*7))z\n")
until(b"a42z")
until(b"@ ")
# A ^C between the prompt and the wait for a key is seen with the next key only.
while not asleep():
    time.sleep(0.01)
os.write(fd, b"\x03")
until(b"@ ")
os.write(fd, b"exit 5\n")
until(b"exit")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
  cat >loop <<END
#!/bin/bash
for ((i = 0; i < $TIMES; i++)); do
  "$NETJAIL" trace -qq -o "$TRACE" -r 'refuse 203.0.113.99' --for 20ms -p "\$1" || exit
done
END
  chmod +x loop
  capture shell "$(python_program)" shell.py ./loop
  [ "$STATUS" = 5 ] || fail "status $STATUS" "$(cat shell.err)"
}

@test "sleep 1000, and one that is stopped and stays so" {
  background sleep 1000
  local pid=$LAST
  attach_times "$pid"
  [ "$(state_of "$pid")" = S ]
  kill -STOP "$pid"
  eventually is_stopped "$pid"
  attach_times "$pid"
  [ "$(state_of "$pid")" = T ]
  kill -CONT "$pid"
  eventually is_asleep "$pid"
}

@test "a process in vfork" {
  mkfifo go
  background_ready bash -c 'exec "$1" <>go' bash "$VICTIMS/vfork_wait"
  local pid=$LAST
  attach_times "$pid"
  echo >go
  wait "$pid"
  grep -qx 'exit 3' ready.*
}

@test "threads that are in calls on netjail's memory when it is taken away" {
  background_ready "$VICTIMS/unix_threads" 16
  attach_times "$LAST"
  kill -TERM "$LAST"
  wait "$LAST" || true
  grep -qx failed=0 ready.* || fail "$(sort ready.* | uniq -c)"
}

@test "a process whose threads execute something all the time" {
  background "$VICTIMS/exec_relay" $((TIMES < 40 ? TIMES * 150 : 6000))
  local pid=$LAST attached=0
  while kill -0 "$pid" 2>/dev/null; do
    if attach -qq -r 'refuse 203.0.113.99' --for 5ms -p "$pid" 2>err; then
      attached=$((attached + 1))
    else # it may have ended meanwhile
      ! kill -0 "$pid" 2>/dev/null || fail "$(cat err)"
    fi
  done
  wait "$pid"
  [ "$attached" -gt 2 ]
}

@test "no signal is lost, none is added" {
  background_ready "$VICTIMS/signal_count"
  local pid=$LAST i
  (for ((i = 0; i < 2000; i++)); do kill -RTMIN "$pid"; done) 3>&- &
  attach_times "$pid"
  wait $!
  kill -TERM "$pid"
  wait "$pid"
  grep -qx 'counted=2000 strange=0' ready.* || fail "$(cat ready.*)"
}

@test "every blocking call returns what it returns natively" {
  local way
  for way in native watched judged; do
    mkdir $way
    mkfifo $way/in
    (cd $way && exec "$VICTIMS/blocked" <>in >out 3>&-) &
    BACKGROUND+=($!)
    eval "$way=$!"
  done
  for way in native watched judged; do eventually grep -q ready $way/out; done
  for _ in 1 2 3; do
    attach -qq --for 20ms -p "$watched"
    attach -qq -r 'refuse 203.0.113.99' --for 20ms -p "$judged"
  done
  for way in native watched judged; do echo >$way/in; done
  wait "$native" "$watched" "$judged"
  [ "$(wc -l <native/out)" -gt 50 ]
  # A connect with a time limit that goes on after netjail has left says so (connect(2)); it
  # cannot say any more that it was the first.
  sed -i 's/^connect SO_SNDTIMEO: -1 EALREADY$/connect SO_SNDTIMEO: -1 EINPROGRESS/' ./*/out
  diff native/out watched/out
  # where something can be refused a ring is, once its call is made again
  sed -i '/^io_uring_enter/d' native/out judged/out
  diff native/out judged/out
  # before Linux 6.5 a socket that is full takes a page all the same (sendpage)
  is_kernel 6.5 || sed -i '/^\(splice\|sendfile\) to socket SO_SNDTIMEO: 1 early$/d' native/out
  ! grep early native/out
}

# ---- what it does there ----

# A program that connects to ADDR:PORT for each line that it is given, and prints how that ended.
start_caller() {
  rm -f ready.*
  mkfifo calls
  cat >caller.py <<'END'
import socket, sys
print("ready", flush=True)
for line in sys.stdin:
    host, port = line.split()
    try:
        socket.create_connection((host, int(port)), 5).close()
        print("connected", flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
END
  background_ready bash -c 'exec "$1" caller.py <>calls' bash "$(python_program)"
  CALLER=$LAST
  ANSWERS=$(echo "$PWD"/ready.*)
}

has_answered() {
  [ "$(wc -l <"$ANSWERS")" -gt "$1" ]
}

# call N HOST: the Nth call of the caller.
call() {
  echo "$2 $PORT" >calls
  eventually has_answered "$1" >&2
  sed -n "$(($1 + 1))p" "$ANSWERS"
}

# A netjail that stays, until it is told to go; its id in $JAIL.
start_attach() {
  : >"$TRACE"
  background "$NETJAIL" trace -o "$TRACE" "$@"
  JAIL=$LAST
  eventually grep -q 'attached to' "$TRACE"
}

@test "a refused destination stays silent, an allowed one is reached, and ^C leaves" {
  start_caller
  start_recorder
  start_attach -r "refuse $V4" -p "$CALLER"
  [ "$(call 1 "$V4")" = 'Connection refused' ]
  assert_silent
  [ "$(call 2 "$V4_OTHER")" = connected ]
  assert_reached 1 tcp "$V4_OTHER"
  assert_line "connect\(.*$V4:$PORT\) = -1 ECONNREFUSED .* refused -r:1\$"
  assert_line "connect\(.*$V4_OTHER:$PORT\) = .* allowed default\$"
  kill -INT "$JAIL"
  wait "$JAIL"
  [ "$(call 3 "$V4")" = connected ]
  assert_reached 1 tcp "$V4"
}

@test "a netjail that is killed leaves the program as it is" {
  start_caller
  start_recorder
  start_attach -r "refuse $V4" -p "$CALLER"
  [ "$(call 1 "$V4")" = 'Connection refused' ]
  kill -KILL "$JAIL"
  eventually grep -qx $'TracerPid:\t0' "/proc/$CALLER/status"
  [ "$(call 2 "$V4")" = connected ]
  start_attach -p "$CALLER"
  kill -KILL "$(pgrep -P "$JAIL")"
  wait "$JAIL" || [ $? = 125 ]
  eventually grep -qx $'TracerPid:\t0' "/proc/$CALLER/status"
  [ "$(call 3 "$V4")" = connected ]
}

@test "children that are there already, and --no-children" {
  start_recorder
  mkfifo in
  background bash -c "bash -c 'exec <>in 2>err; echo ready; read -r
    : </dev/tcp/$V4/$PORT; echo done; sleep 100'; :" >child.out
  local pid=$LAST
  eventually grep -q ready child.out
  start_attach -r "refuse $V4" -p "$pid"
  assert_line 'attached to .* 1 more \(2 threads\)'
  echo >in
  eventually grep -q done child.out
  assert_silent
  assert_line "connect\(.*$V4:$PORT\) = -1 ECONNREFUSED"
  kill -TERM "$JAIL"
  wait "$JAIL"
  start_attach -r "refuse $V4" --no-children -p "$pid"
  assert_line 'attached to .*\] \(1 thread\); what they start is not watched'
  kill "$(pgrep -P "$pid")"
}

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
  ! grep -q 'end of' ready.*
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

@test "a terminal that stops who writes in the background does not stop the tracer" {
  cat >caller.py <<'END'
import errno, socket, sys
print("ready", flush=True)
sys.stdin.readline()
print(errno.errorcode[socket.socket().connect_ex(("127.0.0.1", int(sys.argv[1])))], flush=True)
sys.stdin.readline()
END
  cat >terminal.py <<'END'
import os, pty, sys, termios
leader, fd = pty.fork()
if leader == 0:
    modes = termios.tcgetattr(0)
    modes[3] |= termios.TOSTOP
    termios.tcsetattr(0, termios.TCSANOW, modes)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.execv(sys.argv[1], sys.argv[1:])
    print("job", job, flush=True)
    os.waitpid(job, 0)
    os._exit(0)
try:
    while True:
        os.write(1, os.read(fd, 4096))
except OSError: # EIO: it is over
    pass
END
  mkfifo go
  background_ready bash -c 'exec "$1" caller.py "$2" <>go' bash "$(python_program)" "$PORT"
  local caller=$LAST
  background "$(python_program)" terminal.py "$NETJAIL" trace -r "refuse 127.0.0.1:$PORT" -p "$caller" >shown
  local terminal=$LAST
  eventually grep -q 'attached to' shown
  echo >go
  eventually grep -qx ECONNREFUSED ready.*
  eventually grep -q 'connect(.*REFUSED' shown
  kill -TERM "$(sed -n 's/^job \([0-9]*\).*/\1/p' shown)"
  wait "$terminal"
  grep -qx $'TracerPid:\t0' "/proc/$caller/status"
}

@test "signals by pidfd are what they are natively" {
  cat >sender.py <<'END'
import ctypes, errno, os, signal, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGRTMIN})
dead = os.fork() or os._exit(0)
zombie = os.fork() or os._exit(0)
places = {"own": os.pidfd_open(os.getpid()), "dead": os.pidfd_open(dead), "zombie": os.pidfd_open(zombie),
          "thread": libc.syscall(434, os.getpid(), os.O_EXCL), "directory": os.open("/proc/self", os.O_RDONLY),
          "file": os.open("/dev/null", os.O_RDWR), "closed": 999}
os.waitpid(dead, 0)
os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
def info(number, code, pid):
    return ctypes.create_string_buffer(struct.pack("iiiiiiQ", number, 0, code, 0, pid, os.getuid(), 77), 128)
def look(out):
    for name, fd in places.items():
        for flags in 0, 1, 2, 4, 3, 8:
            for number, data in ((10, None), (0, None), (99, None), (34, info(34, -1, 5)), (10, info(34, -1, 5)),
                                 (10, info(10, 0, 5)), (10, info(10, -6, 5))):
                done = libc.syscall(424, fd, number, data, flags)
                got = signal.sigtimedwait({signal.SIGUSR1, signal.SIGRTMIN}, 0)
                print(name, flags, number, bool(data), errno.errorcode.get(ctypes.get_errno()) if done else "done",
                      got and (got.si_signo, got.si_code, got.si_pid == os.getpid(), got.si_pid == 5), file=out)
os.setpgid(0, 0)
look(open("native", "w"))
print("ready", flush=True)
sys.stdin.readline()
look(open("attached", "w"))
END
  mkfifo go
  background_ready bash -c 'exec "$1" sender.py <>go' bash "$(python_program)"
  local sender=$LAST
  start_attach -r 'refuse 203.0.113.9' -p "$sender"
  echo >go
  wait "$sender"
  wait "$JAIL"
  [ "$(grep -c 'done (' native)" -gt 5 ]
  # a group's signal with the sender's own words is refused
  diff <(sed '/ 4 [0-9]* True done /s/ True .*/ True EPERM None/' native) attached
}

@test "a terminal's foreground is no way to netjail" {
  cat >member.py <<'END'
import errno, fcntl, os, pty, signal, socket, struct, sys, time
def attempt(what, call, *args):
    try:
        call(*args)
        print(what, "done", flush=True)
    except OSError as error:
        print(what, errno.errorcode[error.errno], flush=True)
def tracer():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("TracerPid"))
def attached(port):
    while not tracer():
        time.sleep(0.01)
    os.tcsetpgrp(0, os.getpgid(tracer()))
    here, there = socket.socketpair()
    attempt("socket", fcntl.fcntl, here, fcntl.F_SETFL, os.O_ASYNC)
    for name in 0, os.open("/dev/tty", os.O_RDWR):
        fcntl.fcntl(name, 10, signal.SIGKILL) # F_SETSIG
        attempt("O_ASYNC", fcntl.fcntl, name, fcntl.F_SETFL, os.O_ASYNC)
        attempt("FIOASYNC", fcntl.ioctl, name, 0x5452, struct.pack("i", 1))
    attempt("connect", socket.create_connection, ("127.0.0.1", port), 5)
    print("traced", tracer() != 0, flush=True)
leader, fd = pty.fork()
if leader:
    try:
        while True: # whatever is written to a terminal is a signal, too
            os.write(1, os.read(fd, 4096).replace(b"\r", b""))
    except OSError: # EIO: it is over
        sys.exit()
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
member = os.fork()
if member == 0:
    os.setpgid(0, 0)
    attached(int(sys.argv[1]))
    os._exit(0)
jail = os.fork()
if jail == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    os.execv(sys.argv[2], sys.argv[2:] + [str(member)])
os.waitpid(member, 0)
os.waitpid(jail, 0)
END
  background "$(python_program)" member.py "$PORT" "$NETJAIL" trace -o "$TRACE" -r 'refuse 127.0.0.1' -p >said
  wait "$LAST"
  diff - <(grep -v 'attached\|^netjail' said) <<'END'
socket done
O_ASYNC EPERM
FIOASYNC EPERM
O_ASYNC EPERM
FIOASYNC EPERM
connect ECONNREFUSED
traced True
END
}

@test "netjail's process group counts as netjail" {
  cat >member.py <<'END'
import ctypes, errno, fcntl, os, signal, socket, struct, sys
joins = sys.argv[2] == "joins"
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.setpgid(0, 0)
print("ready", flush=True)
jail = int(sys.stdin.readline())
here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
def attempt(what, call, *args):
    try:
        call(*args)
        print(what, "done", flush=True)
    except OSError as error:
        print(what, errno.errorcode[error.errno], flush=True)
def owner_ex(kind, number):
    fcntl.fcntl(here, 15, struct.pack("ii", kind, number)) # F_SETOWN_EX
def terminated():
    if joins:
        os.setpgid(0, jail)
        print("joined", flush=True)
        sys.stdin.readline()
        attempt("kill own", os.kill, 0, signal.SIGTERM)
        attempt("probe own", os.kill, 0, 0)
        return
    attempt("join", os.setpgid, 0, jail)
    tracer = next(int(line.split()[1]) for line in open("/proc/self/status")
                  if line.startswith("TracerPid"))
    attempt("join the tracer", os.setpgid, 0, tracer)
    attempt("kill group", os.kill, -jail, signal.SIGKILL)
    fcntl.fcntl(here, 10, signal.SIGKILL) # F_SETSIG
    fcntl.fcntl(here, fcntl.F_SETFL, os.O_ASYNC)
    attempt("own", fcntl.fcntl, here, fcntl.F_SETOWN, -jail)
    attempt("own, from memory", owner_ex, 2, jail)
    attempt("own, by ioctl", fcntl.ioctl, here, 0x8901, struct.pack("i", -jail))
    there.send(b"x")
    attempt("own group", os.kill, 0, signal.SIGTERM)
    attempt("own owner", owner_ex, 1, os.getpid())
    print("owner", fcntl.fcntl(here, fcntl.F_GETOWN) == os.getpid(), flush=True)
terminated()
attempt("connect", socket.create_connection, ("127.0.0.1", int(sys.argv[1])), 5)
END
  local how member group
  for how in outside joins; do
    rm -f go start ready.*
    mkfifo go start
    background_ready bash -c 'exec "$1" member.py "$2" "$3" <>go' bash \
      "$(python_program)" "$PORT" $how
    member=$LAST
    : >"$TRACE"
    background "$(python_program)" -c 'import os, sys
os.setpgid(0, 0)
open("start").readline()
os.execv(sys.argv[1], sys.argv[1:])' "$NETJAIL" trace -o "$TRACE" -r 'refuse 127.0.0.1' -p "$member"
    JAIL=$LAST
    group=$LAST
    if [ $how = joins ]; then
      eventually has_own_group "$group"
      echo "$group" >go
      eventually grep -q joined ready.*
    fi
    echo >start
    eventually grep -q 'attached to' "$TRACE"
    echo "$group" >go
    wait "$member"
    grep -v 'ready\|joined' ready.* >said.$how || true
    wait "$JAIL"
  done
  diff - said.outside <<'END'
join EPERM
join the tracer EPERM
kill group EPERM
own EPERM
own, from memory EPERM
own, by ioctl EPERM
own group done
own owner done
owner True
connect ECONNREFUSED
END
  diff - said.joins <<'END'
kill own EPERM
probe own done
connect ECONNREFUSED
END
}

@test "a program that reads what netjail says of it" {
  cat >reader.py <<'END'
import fcntl, os, socket, sys, threading
said = os.open("said", os.O_RDWR)
fcntl.fcntl(said, 1031, 4096) # F_SETPIPE_SZ
print("ready", flush=True)
sys.stdin.readline()
def call():
    with socket.socket() as sock:
        sock.connect_ex(("203.0.113.99", int(sys.argv[1])))
for _ in range(45):
    call()
text = b""
while text.count(b"connect(") < 45:
    text += os.read(said, 65536)
call()
while text.count(b"connect(") < 46:
    text += os.read(said, 65536)
print("lines", text.count(b"connect("), flush=True)
END
  mkfifo go said
  background_ready bash -c 'exec "$1" reader.py "$2" <>go' bash "$(python_program)" "$PORT"
  local pid=$LAST
  background "$NETJAIL" trace -o said -r 'refuse 203.0.113.99' -p "$pid"
  local jail=$LAST
  eventually grep -q $'TracerPid:\t[1-9]' "/proc/$pid/status"
  echo >go
  wait "$pid"
  wait "$jail"
  grep -qx 'lines 46' ready.*
}

@test "a delay in a program with a filter of its own keeps no CPU busy" {
  cat >filtered.py <<'END'
import ctypes, socket, struct, sys, time
libc = ctypes.CDLL(None)
code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7fff0000))
class Prog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("code", ctypes.c_void_p)]
prog = Prog(1, ctypes.addressof(code))
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(prog), 0, 0) == 0
print("ready", flush=True)
sys.stdin.readline()
begin = time.monotonic()
with socket.socket() as sock:
    error = sock.connect_ex(("127.0.0.1", int(sys.argv[1])))
took = time.monotonic() - begin
switches = [line for line in open("/proc/self/status") if line.startswith("voluntary")][0]
print(error, took >= 0.5, int(switches.split()[1]) < 2000, flush=True)
END
  mkfifo go
  background_ready bash -c 'exec "$1" filtered.py "$2" <>go' bash "$(python_program)" "$PORT"
  local pid=$LAST
  start_attach -r 'delay 127.0.0.1 by 500ms' -p "$pid"
  echo >go
  wait "$pid"
  wait "$JAIL"
  grep -qx '111 True True' ready.* || fail "$(cat ready.*)"
}

@test "--kill-on-exit ends the programs" {
  background sleep 1000
  attach -q --kill-on-exit --for 20ms -p "$LAST"
  eventually is_gone "$LAST"
}

@test "netjail ends when the programs have ended" {
  background sleep 1000
  local pid=$LAST
  start_attach --for 1000d -p "$pid"
  kill "$pid"
  wait "$JAIL"
}

@test "lists of processes" {
  background sleep 1000
  local one=$LAST
  background sleep 1000
  local two=$LAST way
  for way in "-p $one,$two" "-p $one -p $two"; do
    # shellcheck disable=SC2086 # words
    attach $way --for 20ms
    assert_line 'and 1 more \(2 threads\)'
  done
  attach -p "$one $two" --for 20ms
  assert_line 'and 1 more \(2 threads\)'
  kill "$two"
  wait "$two" || true
  attach -p "$one $two" --for 20ms 2>err
  grep -q "cannot attach to $two: no such process" err
  assert_line "attached to sleep.$one. \(1 thread\)"
}

# refused PID TEXT: the one line that says why not.
refused() {
  STATUS=0
  attach -p "$1" --for 20ms 2>err || STATUS=$?
  [ "$STATUS" = 125 ] || fail "status $STATUS" "$(cat err)"
  grep -q -- "$2" err || fail "no '$2' in:" "$(cat err)"
  [ "$(wc -l <err)" = 1 ]
}

@test "what cannot be attached to is explained" {
  refused 4000000 'no such process'
  refused $$ 'netjail was started by it'
  [ ! -r /proc/2/status ] || [ "${NETNS_PIDS-}" = 1 ] || refused 2 'thread of the kernel'
  background sleep 1000
  local pid=$LAST
  start_attach -p "$pid"
  refused "$pid" "process [0-9]* (netjail) traces it already"
  kill "$JAIL"
  wait "$JAIL"
  for word in 0 x 1, 5x; do
    STATUS=0
    attach -p "$word" 2>err || STATUS=$?
    [ "$STATUS" = 125 ] || [ "$word" = 1, ]
  done
}

@test "a process that does not get out of execve, or has such a child, is let go and told" {
  background_ready "$VICTIMS/exec_held"
  local parent=$LAST child thread
  child=$(sed -n 's/^ready //p' ready.*)
  rm ready.*
  background_ready "$VICTIMS/exec_held" thread
  thread=$(sed -n 's/^ready //p' ready.*)
  background attach -p "$parent" 2>parent.err
  local by_parent=$LAST
  background attach -p "$thread" 2>thread.err
  local by_thread=$LAST
  refused "$child" "cannot attach to $child (exec_held): it is executing a program, which takes more"
  STATUS=0
  wait "$by_parent" || STATUS=$?
  [ "$STATUS" = 125 ]
  grep -q "cannot attach to $child (exec_held): it is executing" parent.err
  grep -qx $'TracerPid:\t0' "/proc/$parent/status"
  STATUS=0
  wait "$by_thread" || STATUS=$?
  [ "$STATUS" = 125 ]
  grep -q "cannot attach to $thread (exec_held): it is executing" thread.err
}

@test "nohup: a hang-up does not end the watch" {
  background sleep 1000
  local pid=$LAST
  : >"$TRACE"
  background nohup "$NETJAIL" trace -o "$TRACE" -p "$pid"
  JAIL=$LAST
  eventually grep -q 'attached to' "$TRACE"
  kill -HUP "$JAIL"
  nap 0.3
  [ "$(sed -n 's/^TracerPid:\t//p' "/proc/$pid/status")" != 0 ]
  kill -TERM "$JAIL"
  wait "$JAIL"
}

@test "an attach that fails lets go what it has got, with --kill-on-exit too" {
  cat >waiter.py <<'END'
import ctypes, os, select, sys
libc = ctypes.CDLL(None, use_errno=True)
dead = os.fork() or os._exit(0)
os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)
events = ctypes.create_string_buffer(64)
poll = select.epoll()
poll.register(0, select.EPOLLIN)
print("ready", dead, flush=True)
found = libc.epoll_wait(poll.fileno(), events, 4, -1)
print("found", found, ctypes.get_errno(), flush=True)
END
  mkfifo go
  background_ready bash -c 'exec "$1" waiter.py <>go' bash "$(python_program)"
  local pid=$LAST dead way
  dead=$(sed -n 's/^ready //p' ready.*)
  for way in '' --kill-on-exit; do
    STATUS=0
    # shellcheck disable=SC2086 # none or one
    attach $way -p "$pid" -p "$dead" 2>err || STATUS=$?
    [ "$STATUS" = 125 ]
    grep -q "cannot attach to $dead .*: it has ended" err
    grep -qx $'TracerPid:\t0' "/proc/$pid/status"
  done
  echo >go
  wait "$pid"
  grep -qx 'found 1 0' ready.*
}

@test "who waits for an attached child by its pidfd can reap it at once" {
  cat >parent.py <<'END'
import os, select, signal, sys
children = []
for _ in range(20):
    pid = os.fork()
    if pid == 0:
        while True:
            signal.pause()
    children.append(pid)
print("ready", *children, flush=True)
sys.stdin.readline()
late = 0
for pid in children:
    pidfd = os.pidfd_open(pid)
    os.kill(pid, signal.SIGTERM)
    select.select([pidfd], [], [])
    if os.waitpid(pid, os.WNOHANG)[0] != pid:
        late += 1
        os.waitpid(pid, 0)
print("late", late, flush=True)
END
  mkfifo go
  background_ready bash -c 'exec "$1" parent.py <>go' bash "$(python_program)"
  local parent=$LAST
  start_attach -p "$(sed -n 's/^ready //p' ready.*)"
  echo >go
  wait "$parent"
  wait "$JAIL"
  grep -qx 'late 0' ready.*
}

@test "threads that end leave one mapping, which goes with netjail" {
  cat >threads.py <<'END'
import socket, sys, threading
here = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
here.bind("to")
def send():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"x", "to")
def mappings():
    with open("/proc/self/maps") as maps:
        return sum("netjail" in line for line in maps)
print("ready", flush=True)
for line in sys.stdin:
    for _ in range(5):
        thread = threading.Thread(target=send)
        thread.start()
        thread.join()
        here.recv(1)
    print("mappings", mappings(), flush=True)
END
  mkfifo go
  background_ready bash -c 'exec "$1" threads.py <>go' bash "$(python_program)"
  local pid=$LAST
  start_attach -r 'refuse 203.0.113.99' -p "$pid"
  echo >go
  eventually grep -q mappings ready.*
  assert_line 'sendto\(.*to\) = 1 .*allowed builtin:unix'
  grep -qx 'mappings [01]' ready.*
  kill -TERM "$JAIL"
  wait "$JAIL"
  ! grep netjail "/proc/$pid/maps"
}

@test "what a program hides from an attach is said" {
  background_ready "$VICTIMS/hides"
  local pid=$LAST ring=1 rule said
  ! grep -q 'no io_uring' ready.* || ring=0
  for rule in '' 'refuse 203.0.113.99'; do
    attach ${rule:+-r "$rule"} --for 20ms -p "$pid"
    said='who listens to it, if anybody, may answer calls'
    [ -z "$rule" ] || said='its AF_UNIX and netlink calls are refused'
    assert_line "hides\\[$pid\\] has a seccomp filter of its own: $said"
    said='its network calls are not seen'
    [ -z "$rule" ] || said='its calls are refused'
    [ $ring = 0 ] || assert_line "hides\\[$pid\\] has an io_uring \\(descriptor [0-9]+\\): $said"
  done
}

@test "another user's process, and the ptrace_scope in force" {
  [ "$(id -u)" = 0 ] || skip 'needs root to be two users'
  background sleep 1000
  local pid=$LAST
  local nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  "${nobody[@]}" "$NETJAIL" --version >/dev/null 2>&1 || skip 'nobody cannot run netjail here'
  STATUS=0
  "${nobody[@]}" "$NETJAIL" trace -p "$pid" --for 20ms 2>err || STATUS=$?
  [ "$STATUS" = 125 ]
  grep -q 'it belongs to user root; run netjail as that user, or as root' err
}

@test "an option that goes with -p alone says so" {
  capture both "$NETJAIL" trace --cut true
  [ "$STATUS" = 125 ]
  grep -q "go with '-p'" both.err
  capture both "$NETJAIL" trace -p 1 true
  [ "$STATUS" = 125 ]
}

# netjail's memory lands between others, which grow and go.
@test "memory next to netjail's is the program's own" {
  need_kernel 6.10 'nothing is mapped'
  cat >maps.py <<'END'
import mmap, socket, sys, threading
above = [mmap.mmap(-1, 1 << 20) for _ in range(8)]
print("ready", flush=True)
sys.stdin.readline()
try: socket.socket(socket.AF_UNIX).connect("/nowhere")
except FileNotFoundError: pass
assert "memfd:netjail" in open("/proc/self/maps").read()
below = [mmap.mmap(-1, 1 << 20) for _ in range(8)]
for it in below: it.resize(1 << 22)
for it in above + below: it.close()
print("done", flush=True)
END
  mkfifo go
  background bash -c 'exec 3<>go; exec "$0" maps.py <&3 >maps.out 2>&1' "$(python_program)"
  local program=$LAST
  eventually grep -q ready maps.out
  start_attach -r 'default refuse' -p "$program"
  echo >go
  wait "$program" || true
  [ "$(tail -1 maps.out)" = 'done' ] || fail "$(<maps.out)"
}
