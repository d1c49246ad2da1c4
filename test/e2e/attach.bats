#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p: what it tells and refuses in a program that runs already, and what it cannot attach to.

load helper
load attach

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

@test "threads are the process itself, however they were made, and children are not" {
  local how pid
  mkfifo go
  for how in '' --no-children; do
    rm -f ready.*
    [ -n "$how" ] || start_recorder
    background_ready bash -c 'exec "$@" <>go' bash "$VICTIMS/clone_threads" "$V4" "$PORT"
    pid=$LAST
    start_attach -r "refuse $V4" $how -p "$pid"
    echo >go
    wait "$pid"
    wait "$JAIL"
    assert_silent
    cat ready.* >said
    [ "$(grep -c '^thread .*: Connection refused$' said)" = 4 ] || fail "$(cat said)"
    [ "$(grep -c "^child .*: ${how:+not }traced\$" said)" = 4 ] || fail "$(cat said)"
  done
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
  background setpriv --reuid 65534 --regid 4711 --clear-groups sleep 1000
  pid=$LAST
  is_asleep_as_nobody() {
    grep -qx $'Gid:\t4711\t4711\t4711\t4711' "/proc/$pid/status" && is_asleep "$pid"
  }
  eventually is_asleep_as_nobody
  STATUS=0
  "${nobody[@]}" "$NETJAIL" trace -p "$pid" --for 20ms 2>err || STATUS=$?
  [ "$STATUS" = 125 ]
  grep -q 'it runs with the group 4711; run netjail with that group, or as root' err
}

@test "an option that goes with -p alone says so" {
  capture both "$NETJAIL" trace --cut true
  [ "$STATUS" = 125 ]
  grep -q "go with '-p'" both.err
  capture both "$NETJAIL" trace -p 1 true
  [ "$STATUS" = 125 ]
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

@test "PR_SET_DUMPABLE 0, which netjail puts off, holds when it has left" {
  local as=() pid
  [ "$(id -u)" != 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
  "${as[@]}" "$NETJAIL" --version >/dev/null 2>&1 || skip 'nobody cannot run netjail here'
  cat >hides.py <<'END'
import ctypes, os, socket
libc = ctypes.CDLL(None)
print("ready", flush=True)
os.read(0, 1)
who = "child"
socket.socket(socket.AF_UNIX).connect_ex("/nowhere")
print("set", libc.prctl(4, 0, 0, 0, 0), flush=True)
if os.fork():
    who = "parent"
else:
    libc.prctl(4, 1, 0, 0, 0) # it takes it back
os.read(0, 1)
print(who, libc.prctl(3, 0, 0, 0, 0), flush=True)
os._exit(0)
END
  mkfifo go
  background_ready bash -c 'exec "$@" <>go' bash "${as[@]}" "$(python_program)" -c "$(cat hides.py)"
  pid=$LAST
  background "${as[@]}" "$NETJAIL" trace -r 'refuse 203.0.113.99' -p "$pid" 2>said
  eventually grep -q 'attached to' said
  printf x >go
  eventually pgrep -P "$pid" >/dev/null
  nap 0.2
  kill -TERM "$LAST"
  wait "$LAST"
  echo "netjail $(cat "/proc/$pid/maps" "/proc/$(pgrep -P "$pid")/maps" | grep -c netjail)" >maps
  printf xx >go
  eventually grep -q parent ready.*
  eventually grep -q child ready.*
  [ "$(sort ready.* | tr '\n' ,)" = 'child 1,parent 0,ready,set 0,' ] || fail "$(cat ready.*)"
  [ "$(cat maps)" = 'netjail 0' ] || fail "$(cat maps)"
}
