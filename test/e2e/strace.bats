#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --format strace: the same text as strace prints, for the network calls that netjail shows

load helper

need_strace() {
  need strace
  need setarch
  case $(strace --version | head -n 1) in
    *' 6.'*) ;;
    *) skip 'strace 6 is what is compared with' ;;
  esac
}

# Joins what strace has parted because others ran, and leaves out what differs from run to run:
# ids, ports that the kernel chose, addresses of memory, times.
# Several SIGCHLD that wait are one to the kernel.
# "???( <detached ...>" is no call: strace asked what a thread calls, and an execve(2) of another
# thread had just ended it.
comparable() {
  awk '{
    pid = $1
    sub(/^[0-9]+ +/, "")
    if (sub(/ <unfinished \.\.\.>$/, "")) { begun[pid] = $0; next }
    if (sub(/^<\.\.\. [a-z0-9]+ resumed>/, "")) { $0 = begun[pid] $0; parted = 1 } else parted = 0
    print
  }' "$1" | grep -vE '^\?\?\?\( <detached \.\.\.>$' |
    sed -E 's/0x7f[0-9a-f]{10}/POINTER/; s/(sin6?_port=htons)\((3[2-9]|[45][0-9]|60)[0-9]{3}\)/\1(PORT)/g
      s/(\{pid|si_pid)=[0-9]+/\1=PID/; s/(execve in pid) [0-9]+/\1 PID/
      s/(si_[us]time)=[0-9]+( \/\*[^*]*\*\/)?/\1=TIME/g; s/\) +(= [-0-9?])/) \1/' |
    awk '!/^--- SIGCHLD/ || !seen[$0]++' | LC_ALL=C sort >"$2"
}

# Without what differs from run to run, the processes numbered as they come.
in_order() {
  awk '{ if (!($1 in task)) task[$1] = ++tasks; $1 = task[$1]; print }' "$1" |
    sed -E 's/si_pid=[0-9]+/si_pid=PID/; s/(si_[us]time)=[0-9]+( \/\*[^*]*\*\/)?/\1=TIME/g'
}

run_both_ways() {
  strace -f -o strace.raw -e trace=network setarch -R "$VICTIMS/$1" "${@:2}" >out 2>&1 || true
  timeout 60 "$NETJAIL" trace -q --all --format strace -o netjail.raw -- setarch -R "$VICTIMS/$1" "${@:2}" >out 2>&1 || true
  comparable strace.raw strace.txt
  comparable netjail.raw netjail.txt
  [ -s strace.txt ] || fail "$* makes no calls"
  diff strace.txt netjail.txt >differences
}

same_as_strace() {
  run_both_ways "$@" || fail "$* is not printed as by strace" "$(head -n 20 differences)"
}

@test "strace: calls of every shape" {
  need_strace
  need_ipv6
  need_kernel 6.10 'descriptors cannot be passed'
  same_as_strace shapes
  [ "$(wc -l <strace.txt)" -gt 5000 ]
  # not only joined and sorted: a single thread has the very same lines, columns included
  diff -U0 <(sed -E 's/^[0-9]+ +//; s/pid=[0-9]+/pid=P/' strace.raw) <(sed -E 's/^[0-9]+ +//; s/pid=[0-9]+/pid=P/' netjail.raw) |
    sed -n '3,$s/^[-+]//p' |
    grep -vE 'POINTER|0x7f|htons\((3[2-9]|[45][0-9]|60)[0-9]{3}\)' >columns || true
  [ ! -s columns ] || fail 'columns' "$(head columns)"
}

@test "strace: victims" {
  need_strace
  start_recorder # answers send_udp
  local row
  for row in families all_calls bad_pointers "connect_tcp $V4 1" "connect_static $V4 1" "connect_fork $V4 1 $MANY" \
    "connect_nonblock $V4 1" "send_udp $V4 $PORT sendto" "exec_from_thread $V4 1"; do
    # shellcheck disable=SC2086
    same_as_strace $row
  done
}

@test "strace: 32-bit programs" {
  need_strace
  need_victim connect_tcp_32
  start_recorder
  same_as_strace connect_tcp_32 "$V4" 1
  # strace 6.1 of arm64 reads messages as those of 64 bits.
  if [ "$(uname -m)" = x86_64 ]; then
    same_as_strace send_udp_32 "$V4" "$PORT" sendmmsg
    same_as_strace send_udp_32 "$V4" "$PORT" sendmsg
  fi
}

# Line by line and in their order: what is parted, and where it goes on.
@test "strace: parted calls, signals and ends" {
  need_strace
  ulimit -c 0
  run_both_ways parted
  diff <(in_order strace.raw) <(in_order netjail.raw) >differences || fail 'as by strace' "$(cat differences)"
  grep -q 'recvfrom resumed> <unfinished ...>) = ?$' netjail.raw
  grep -q 'recvfrom resumed>"x", 1, 0, NULL, NULL) = 1$' netjail.raw
}

@test "strace: what became of a call is in the last bracket" {
  start_recorder
  capture mixed "$NETJAIL" trace --format strace -o "$TRACE" -r "refuse $V4" -r "redirect $V4_OTHER:1 to $V4_OTHER:$PORT" \
    -r "error 127.0.0.1:5 with EPERM" -- bash -c \
    "for end in '$V4 1' '$V4_OTHER 1' '127.0.0.1 5' '127.0.0.1 $PORT'; do '$VICTIMS/connect_tcp' \$end; done; true"
  assert_line '^netjail: 3 rules'
  assert_line '^[0-9]+ +connect\(3, \{sa_family=AF_INET, sin_port=htons\(1\), sin_addr=inet_addr\("203.0.113.7"\)\}, 16\) = -1 ECONNREFUSED \(Connection refused\) \(REFUSED -r:1\)$'
  assert_line 'htons\(1\), sin_addr=inet_addr\("203.0.113.8"\)\}, 16\) = 0 \(REDIRECTED -r:2\)$'
  assert_line 'htons\(5\).* = -1 EPERM \(Operation not permitted\) \(FAILED -r:3\)$'
  assert_line 'htons\(8080\), sin_addr=inet_addr\("127.0.0.1"\)\}, 16\) = 0$'
  capture dry "$NETJAIL" trace -q --format strace --dry-run -r "refuse $V4" -- "$VICTIMS/connect_tcp" "$V4" "$PORT"
  # one task only, on standard error: no id, as strace has none then
  assert_line '^connect\(3, .* = 0 \(WOULD BE REFUSED -r:1\)$' dry.err
}

# What is shown is what was judged, though another thread rewrites it all the time.
@test "strace: the judged address, never the one that stands there now" {
  local attack=$VICTIMS/../attacks/connect_flip
  [ -x "$attack" ] || skip 'the attacks are not built'
  start_recorder
  timeout "$LIMIT" "$NETJAIL" trace -q --format strace -o "$TRACE" -r "refuse $V4" -- "$attack" "$V4" "$PORT" "$((MANY * 10))" >out 2>&1 </dev/null || true
  assert_line 'inet_addr\("203.0.113.7"\).*\(REFUSED -r:1\)$'
  if grep 'inet_addr("203.0.113.7")' "$TRACE" | grep -v '(REFUSED -r:1)$' | grep '^[0-9]* *connect'; then fail 'shown, not refused'; fi
  if grep '(REFUSED -r:1)$' "$TRACE" | grep -v 'inet_addr("203.0.113.7")'; then fail 'refused, another shown'; fi
}
