#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p: in and out again, and no signal is lost, added, or wakes what it would not wake.

load helper
load attach

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

@test "signals that are ignored end no call" {
  local way pid most=0
  # Of the latter another thread takes what has woken one, thousands of times; a few get through while
  # netjail attaches and leaves: doc/threats.md.
  for way in threads children; do
    rm -f ready.*
    background_ready "$VICTIMS/ignored_storm" $way
    pid=$LAST
    attach_times "$pid"
    attach -qq -r 'refuse 203.0.113.99' --for 500ms -p "$pid"
    kill -TERM "$pid"
    wait "$pid"
    grep -qx sent ready.*
    [ "$(sed -n 's/^interrupted=//p' ready.*)" -le "$most" ] || fail "$(cat ready.*)"
    most=$((TIMES * 3))
  done
}

# Beside signals that are ignored: a call that netjail makes again is not made once more behind a handler.
@test "a signal with a handler ends a wait, also while netjail leaves" {
  [ "$(uname -m)" = x86_64 ] || skip 'the kernel decides too early there'
  background_ready "$VICTIMS/woken"
  local pid=$LAST i
  for ((i = 0; i < TIMES * 4; i++)); do
    attach -qq -r 'refuse 203.0.113.99' --for 5ms -p "$pid"
  done
  kill -TERM "$pid"
  wait "$pid"
  grep -qx 'asleep after 0' ready.* || fail "$(cat ready.*)"
}
