#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The trace: what a line looks like, where it goes, and that hostile bytes do not get through.

load helper

@test "a line for an allowed and for a refused call" {
  start_recorder
  capture both jail -r "refuse $V4_OTHER:$PORT" -- bash -c \
    'for a; do exec 3<>"/dev/tcp/$a/$0"; done' "$PORT" "$V4" "$V4_OTHER"
  assert_line "^bash\[[0-9]+\] connect\([0-9]+<tcp>, $V4:$PORT\) = 0 +allowed default$"
  assert_line "^bash\[[0-9]+\] connect\([0-9]+<tcp>, $V4_OTHER:$PORT\) = -1 ECONNREFUSED \(Connection refused\) +refused -r:1$"
}

@test "IPv6 in brackets" {
  need_ipv6
  start_recorder
  capture six jail -- "$VICTIMS/connect_tcp" "$V6" "$PORT"
  assert_line "connect\([0-9]+<tcp6?>, \[$V6\]:$PORT\) = 0 +allowed default$"
}

@test "datagrams: one line a message, with its size" {
  start_recorder
  capture udp jail -- "$VICTIMS/send_udp" "$V4" "$PORT" sendmmsg
  [ "$(grep -c "sendmmsg([0-9]*<udp>, 9 bytes, $V4:$PORT)" "$TRACE")" = 3 ] || fail 'three lines'
}

@test "the trace goes to standard error, the program's output is untouched" {
  capture plain "$NETJAIL" trace -- bash -c 'echo out; echo err >&2; : >/dev/tcp/127.0.0.1/1'
  [ "$(<plain.out)" = out ] || fail "$(<plain.out)"
  grep -qx err plain.err
  assert_line '^netjail: ' plain.err
  assert_line '^bash\[[0-9]+\] connect\(' plain.err
}

@test "the first line tells the policy" {
  printf 'refuse 192.0.2.1\ndefault refuse\n' >game.rules
  capture policy jail --rules game.rules -- true
  [[ $(head -n 1 "$TRACE") == 'netjail: '* ]] || fail 'no first line'
  assert_line '^netjail: .*(game.rules|refuse)'
  # What default refuse leaves open must be said.
  assert_line '^netjail: .*unix.*'
}

@test "-o: a file, nothing on standard error" {
  capture file jail -- bash -c ': 2>/dev/null >/dev/tcp/127.0.0.1/1'
  [ ! -s file.err ] || fail "$(<file.err)"
  assert_line '^bash\[[0-9]+\] connect\('
  echo old >"$TRACE"
  capture file jail -- true
  assert_no_line '^old$'
}

@test "-q: no line about the policy; twice: refusals only" {
  program=(bash -c '{ : >/dev/tcp/127.0.0.1/1; : >/dev/tcp/127.0.0.1/2; } 2>/dev/null')
  capture quiet "$NETJAIL" trace -q -r 'refuse 127.0.0.1:2' -- "${program[@]}"
  assert_no_line '^netjail:' quiet.err
  assert_line 'allowed default' quiet.err
  assert_line 'refused -r:1' quiet.err
  capture quiet "$NETJAIL" trace -qq -r 'refuse 127.0.0.1:2' -- "${program[@]}"
  assert_no_line '^netjail:' quiet.err
  assert_no_line 'allowed' quiet.err
  assert_line 'refused -r:1' quiet.err
}

@test "--summary: a table of destinations" {
  start_recorder
  capture summary "$NETJAIL" trace --summary -r "refuse $V4_OTHER" -- bash -c \
    'for a; do : >"/dev/tcp/$a/$0"; done 2>/dev/null' "$PORT" "$V4" "$V4" "$V4_OTHER"
  table=$(sed '1,/connect(.*'"$V4_OTHER"'/d' summary.err)
  grep -q "$V4.*$PORT" <<<"$table" || fail "$table"
  grep -q "$V4_OTHER" <<<"$table" || fail "$table"
  grep -qE "^ +2 +0 .* $V4:$PORT" <<<"$table" || fail 'two allowed calls are not counted' "$table"
}

@test "-t: a clock" {
  capture clock jail -t -- bash -c ': 2>/dev/null >/dev/tcp/127.0.0.1/1'
  assert_line '^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)? bash\[[0-9]+\] connect\('
}

@test "hostile bytes are escaped" {
  capture hostile jail --all -- "$VICTIMS/families"
  [ "$STATUS" = 0 ] || fail "status $STATUS"
  assert_line 'connect\([0-9]+<unix[^>]*>, .*/no/\\x1b\[31mred\\x1b\[0m\\x07\\n\\x9b'
  if LC_ALL=C grep -q '[^ -~]' "$TRACE"; then fail 'a raw byte got through'; fi
}

@test "a hostile program name is escaped" {
  name=$(printf 'x\033[31m\n\tz')
  cp "$VICTIMS/connect_tcp" "$name"
  capture hostile jail -- "./$name" 127.0.0.1 1
  assert_line '^x\\x1b\[31m\\n\\tz\[[0-9]+\] connect\('
  if LC_ALL=C grep -q '[^ -~]' "$TRACE"; then fail 'a raw byte got through'; fi
}

@test "a hostile argument in an error of netjail's own is escaped" {
  capture hostile "$NETJAIL" trace -- "$(printf './\033[31m')"
  [ "$STATUS" = 127 ]
  if LC_ALL=C grep -q '[^ -~]' hostile.err; then fail 'a raw byte got through'; fi
}

@test "colour: never in a file, always when told to, never with NO_COLOR" {
  program=(bash -c ': 2>/dev/null >/dev/tcp/127.0.0.1/1')
  escape=$(printf '\033')
  capture colour jail -- "${program[@]}"
  assert_no_line "$escape"
  capture colour jail --color always -- "${program[@]}"
  assert_line "$escape"
  capture colour jail --color never -- "${program[@]}"
  assert_no_line "$escape"
}

@test "colour on a terminal, not with NO_COLOR" {
  program="$NETJAIL trace -- bash -c ': 2>/dev/null >/dev/tcp/127.0.0.1/1'"
  script -qc "$program" /dev/null </dev/null >terminal
  grep -q "$(printf '\033\[3')" terminal || fail "no colour: $(<terminal)"
  NO_COLOR=1 script -qc "$program" /dev/null </dev/null >terminal
  if grep -q "$(printf '\033\[3')" terminal; then fail 'colour in spite of NO_COLOR'; fi
}

@test "--all: the calls that name no end" {
  capture all jail --all -- "$VICTIMS/all_calls"
  [ "$(<all.out)" = 'done' ] || fail "$(<all.err)"
  assert_line 'socketpair\(AF_UNIX, SOCK_STREAM, 0, \[[0-9]+, [0-9]+\]\) = 0'
  assert_line 'socket\(AF_INET, SOCK_STREAM\|SOCK_CLOEXEC, 0\) = [0-9]+'
  assert_line 'bind\([0-9]+<tcp>, 127.0.0.1:0( \[localhost\])?\) = 0'
  assert_line 'listen\([0-9]+<tcp>, 5\) = 0'
  assert_line 'getsockname\([0-9]+<tcp>, 127.0.0.1:[0-9]+( \[localhost\])?\) = 0'
  assert_line 'connect\([0-9]+<tcp>, 127.0.0.1:[0-9]+( \[localhost\])?\) = 0'
  assert_line 'accept\([0-9]+<tcp>, .*\) = [0-9]+'
  assert_line 'getpeername\([0-9]+<tcp>, 127.0.0.1:[0-9]+( \[localhost\])?\) = 0'
  assert_line 'shutdown\([0-9]+<tcp>, SHUT_RDWR\) = 0'
}

@test "without --all only what names an end" {
  capture some jail -- "$VICTIMS/all_calls"
  assert_no_line '(socketpair|shutdown|getpeername|getsockname)\('
  assert_line 'connect\('
}

@test "families that are not IP" {
  run_both "$VICTIMS/families"
  capture families jail --all -- "$VICTIMS/families"
  assert_line 'connect\([0-9]+<unix[^>]*>, (unix:)?/no/such/socket\) = -1 ENOENT'
  assert_line 'connect\([0-9]+<unix[^>]*>, (unix:)?@netjail-no-such\) = -1 ECONNREFUSED'
  assert_line 'connect\([0-9]+<netlink[^>]*>, .*\) = 0'
  assert_line 'socket\(AF_VSOCK, SOCK_STREAM, 0\) = '
  assert_line 'socket\(AF_PACKET, SOCK_DGRAM, 0\) = '
  assert_line 'socket\(AF_INET, SOCK_RAW, 253\) = '
  if grep -q '^packet: 0' families.out; then assert_line 'sendto\([0-9]+<packet[^>]*>, 1 bytes'; fi
  if grep -q '^vsock: ' families.out; then assert_line 'connect\([0-9]+<vsock[^>]*>, .*1234'; fi
}

@test "every line of 200 processes at once is whole" {
  start_recorder
  capture many jail -- "$VICTIMS/connect_fork" "$V4" "$PORT" 200
  good="^connect_fork\[[0-9]+\] connect\([0-9]+<tcp>, $V4:$PORT\) = 0 +allowed default$"
  [ "$(grep -cE "$good" "$TRACE")" = 200 ] || fail 'lines are missing or broken'
  if grep -vE "$good|^netjail: " "$TRACE"; then fail 'a line that belongs to nothing'; fi
}
