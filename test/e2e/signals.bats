#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Signals, threads and the ways a process can be made or replaced, natively and under netjail.

load helper

@test "a child that ends interrupts no wait of its parent" {
  run_both "$VICTIMS/ignored_sigchld"
  grep -qx 'epoll_wait = 0 ' jailed.out || fail "$(<jailed.out)"
}

@test "a child whose pidfd says that it has ended can be reaped" {
  run_both "$VICTIMS/pidfd_reap"
  [ "$(grep -c ': 60 of 60 ' jailed.out)" = 5 ] || fail "$(<jailed.out)"
}

# blocked_connect NAME restart|interrupt [COMMAND...]: SIGALRM while connect waits for a listener
# with a full queue
blocked_connect() {
  local name=$1 how=$2
  shift 2
  background_ready "$VICTIMS/full_queue" 127.0.0.1 7000
  capture "$name" "$@" "$VICTIMS/sigalrm_connect" 127.0.0.1 7000 "$how" "$LAST"
  kill -KILL "$LAST"
  wait "$LAST" 2>/dev/null || true
}

@test "SIGALRM in a connect that waits: EINTR" {
  blocked_connect native interrupt
  blocked_connect jailed interrupt jail --
  assert_same native jailed
  grep -qx 'connect: Interrupted system call' jailed.out || fail "$(<jailed.out)"
}

@test "SIGALRM with SA_RESTART in a connect that waits: it goes on" {
  blocked_connect native restart
  blocked_connect jailed restart jail --
  assert_same native jailed
  grep -qx 'connect: Success' jailed.out || fail "$(<jailed.out)"
}

@test "a socket made blocking after netjail has looked holds nobody" {
  background_ready "$VICTIMS/full_queue" 127.0.0.1 7000
  capture jailed jail -- "$VICTIMS/flip_blocking" 127.0.0.1 7000 500
  [ "$(<jailed.out)" = '0 connected' ] || fail "$(<jailed.out)"
}

@test "a signal to the whole process group comes once" {
  capture native setsid -w "$VICTIMS/group_signal" 500
  capture jailed setsid -w "$NETJAIL" trace -o "$TRACE" -- "$VICTIMS/group_signal" 500
  assert_same native jailed
  grep -qx 'sent 500 got 500' jailed.out || fail "$(<jailed.out)"
}

@test "a connect that waits, where a thread has forbidden sendto before it executed the program" {
  need_kernel 6.10 'the wait for a connection is a sendto'
  local by=("$VICTIMS/filter_exec_thread")
  blocked_connect native interrupt "${by[@]}"
  blocked_connect jailed interrupt jail -- "${by[@]}"
  assert_same native jailed
  grep -qx 'connect: Interrupted system call' jailed.out || fail "$(<jailed.out)"
}

# Makes the same checks as run_both with a listener, then that a refusal holds.
visitor() {
  start_recorder
  run_both "$@" "$V4" "$PORT"
  [ "$(<jailed.status)" = 0 ] || fail "$(<jailed.err)"
  forget
  capture refused jail -r "refuse $V4" -- "$@" "$V4" "$PORT"
  assert_silent
  grep -q 'Connection refused' refused.out refused.err || fail 'it was not refused'
}

@test "exec from a thread that is not the leader" {
  visitor "$VICTIMS/exec_from_thread"
}

@test "the leader is dead when another thread connects" {
  need_kernel 6.9 'a thread cannot be told from its process'
  visitor "$VICTIMS/leader_exits_first"
}

@test "a thread is named by process and thread" {
  start_recorder
  capture threads jail -- "$VICTIMS/connect_threads" "$V4" "$PORT"
  assert_line '^connect_threads?\[[0-9]+:[0-9]+\] connect\('
}

@test "vfork and exec" {
  visitor "$VICTIMS/vfork_exec" "$VICTIMS/connect_tcp"
}

@test "vfork and exec of a missing program" {
  run_both "$VICTIMS/vfork_exec" /no/such/program
}

@test "each way to clone" {
  visitor "$VICTIMS/clone_variants"
}

@test "setns with what is no namespace, or another one" {
  capture native "$VICTIMS/setns_errors"
  capture jailed jail -r "refuse $V4" -- "$VICTIMS/setns_errors"
  assert_same native jailed
}

@test "ptrace, process_vm_writev and pidfd_getfd of nobody" {
  capture native "$VICTIMS/nobody_errors"
  capture jailed jail -r "refuse $V4" -- "$VICTIMS/nobody_errors"
  assert_same native jailed
}

@test "a program may ignore, block and handle each signal" {
  run_both bash -c 'for s in HUP INT QUIT USR1 USR2 TERM CHLD WINCH URG IO PWR; do
      trap "echo got $s" "$s"; kill -"$s" $$; done
    trap "" TERM; kill -TERM $$; echo alive'
  grep -qx 'got TERM' jailed.out
}

@test "signals sent to netjail's front reach the program" {
  # Not a trap of bash's: one that comes in the middle of `read < <(:)` is lost, 1 of 200.
  background "$NETJAIL" trace -o "$TRACE" -- "$(python_program)" -c '
import signal, sys, time
def term(number, frame):
    print("term", file=open("got", "w"), flush=True)
    sys.exit(3)
signal.signal(signal.SIGTERM, term)
print("up", file=open("up", "w"), flush=True)
while True: time.sleep(0.1)'
  front=$LAST
  eventually test -s up
  kill -TERM "$front"
  status=0
  wait "$front" || status=$?
  [ "$status" = 3 ] || fail "status $status"
  [ "$(<got)" = term ]
  assert_nothing_left
}

@test "a stopped program is stopped, and goes on" {
  background "$NETJAIL" trace -o "$TRACE" -- bash -c 'echo $$ >pid; exec "$0"' "$VICTIMS/ticker" \
    >ticks
  front=$LAST
  eventually test -s ticks
  program=$(<pid)
  kill -STOP "$program"
  eventually is_stopped "$program"
  count=$(wc -l <ticks)
  sleep 0.5
  [ "$(wc -l <ticks)" -le $((count + 1)) ] || fail 'it ran on while it was stopped'
  kill -CONT "$program"
  more() { [ "$(wc -l <ticks)" -gt $((count + 3)) ]; }
  eventually more
  kill -TERM "$program"
  status=0
  wait "$front" || status=$?
  [ "$status" = 143 ] || fail "status $status"
}

# Connections that its first process accepts, by whom they may come from, and passes to the worker.
@test "a server that passes what it has accepted, under default refuse" {
  need_kernel 6.10 'descriptors cannot be passed'
  cat >server.py <<'END'
import array, os, socket, sys
listener = socket.socket()
listener.bind((sys.argv[1], 0)); listener.listen(64)
ours, theirs = socket.socketpair()
if os.fork() == 0:
    ours.close()
    while True:
        data, control, _, _ = theirs.recvmsg(1, 64)
        if not data: os._exit(0)
        with socket.socket(fileno=array.array("i", control[0][2])[0]) as it:
            it.sendall(b"worker: " + it.recv(100))
theirs.close()
print("ready", listener.getsockname()[1], flush=True)
for _ in range(50):
    it, peer = listener.accept()
    ours.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [it.fileno()]))])
    it.close()
END
  background_ready "$NETJAIL" trace -o "$TRACE" -r 'default refuse' -- \
    "$(python_program)" server.py "$V4_OTHER"
  capture client "$(python_program)" -c '
import socket, sys
for _ in range(50):
    it = socket.create_connection((sys.argv[1], int(sys.argv[2])), 10, (sys.argv[3], 0))
    it.sendall(b"hello"); print(it.recv(100).decode()); it.close()' \
    "$V4_OTHER" "$(cat ready.* | grep -oE '[0-9]+')" "$V4"
  [ "$(grep -c '^worker: hello$' client.out)" = 50 ] || fail "$(<client.err)"
  assert_no_line 'fd-passed-in'
}
