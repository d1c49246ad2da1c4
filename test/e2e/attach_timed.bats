#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Calls with a time limit (SO_SNDTIMEO, SO_RCVTIMEO) that ignored signals or netjail itself interrupt:
# they end as natively, in their time, and are told once.

load helper
load attach

readonly TIMED=$BATS_TEST_DIRNAME/timed.py
readonly NATIVE=$'connect EINPROGRESS in time\naccept EAGAIN in time\nhandled EINTR EALREADY'
readonly TO='127\.0\.0\.1:7000( \[localhost\])?'

full_queue() {
  background_ready "$VICTIMS/full_queue" 127.0.0.1 7000
}

# told COUNT PATTERN: so many lines of the trace are that.
told() {
  [ "$(grep -cE -- "$2" "$TRACE")" = "$1" ] || fail "not told $1 times: $2"
}

assert_told() {
  told 3 "connect\(.*$TO\)"
  told 1 "connect\(.*$TO\) = -1 EINPROGRESS "
  told 1 "connect\(.*$TO\) = -1 EINTR "
  told 1 "connect\(.*$TO\) = -1 EALREADY "
  told 1 'accept4?\('
  told 1 'accept4?\(.* = -1 EAGAIN '
}

timed() {
  echo "$(python_program)" "$TIMED" 1 $((4 * LATE)) "$@"
}

@test "in a run" {
  local command
  full_queue
  read -ra command <<<"$(timed connect accept handled)"
  capture native "${command[@]}"
  [ "$(<native.out)" = "$NATIVE" ] || fail "$(<native.out)"
  capture jailed jail --all -r 'refuse 203.0.113.99' -- "${command[@]}"
  assert_same native jailed
  assert_told
  capture jailed jail --format strace -r 'refuse 203.0.113.99' -- "${command[@]}"
  assert_same native jailed
  told 1 'connect\(.*htons\(7000\).* = -1 EINPROGRESS '
  told 1 'connect\(.*htons\(7000\).* = -1 EINTR '
  # the call that a handler has ended stands before its signal
  [ "$(grep -A1 'EINTR' "$TRACE" | grep -c -- '--- SIGALRM')" = 1 ]
}

@test "begun under an attached netjail" {
  local command
  full_queue
  mkfifo go
  read -ra command <<<"$(timed wait connect accept handled)"
  background_ready bash -c 'exec "$@" <>go' bash "${command[@]}"
  local program=$LAST
  start_attach --all -r 'refuse 203.0.113.99' -p "$program"
  echo >go
  wait "$program"
  wait "$JAIL"
  [ "$(grep -v ready ready.*.2)" = "$NATIVE" ] || fail "$(cat ready.*)"
  assert_told
}

@test "begun before the attach, which interrupts it" {
  full_queue
  background_ready "$(python_program)" "$TIMED" $((3 + LATE / 10)) 0 found
  local program=$LAST
  eventually is_asleep "$program"
  start_attach -r 'refuse 203.0.113.99' -p "$program"
  kill -WINCH "$program"
  wait "$program"
  wait "$JAIL"
  grep -qx 'found EINPROGRESS' ready.* || fail "$(cat ready.*)"
  told 1 "connect\(.*$TO\)"
  told 1 "connect\(.*$TO\) = -1 EINPROGRESS "
}

@test "left while it waits: it is told as that, and goes on" {
  full_queue
  mkfifo go
  background_ready bash -c 'exec "$@" <>go' bash "$(python_program)" "$TIMED" $((3 + LATE / 10)) 0 wait found
  local program=$LAST
  start_attach -r 'refuse 203.0.113.99' -p "$program"
  echo >go
  eventually is_lines 2 ready.*.2
  eventually is_asleep "$program"
  kill -WINCH "$program"
  nap 0.2
  kill -TERM "$JAIL"
  wait "$JAIL"
  wait "$program"
  # connect(2) cannot say any more that it was the first
  grep -qxE 'found (EINPROGRESS|EALREADY)' ready.* || fail "$(cat ready.*)"
  told 1 "connect\(.*$TO\)"
  told 1 "connect\(.*$TO\) += \? \(netjail has left\)"
}
