#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Killing netjail, whichever of its processes, leaves no traced program alive and unwatched.

load helper

crowd_is_complete() {
  # three children, a daemon and their parent
  [ "$(wc -l <pids 2>/dev/null)" = 5 ]
}

all_gone() {
  local pid
  for pid in $(<pids); do is_gone "$pid" || return 1; done
}

# The process that traces PID: TracerPid names a thread of it.
tracer_of() {
  local tid
  tid=$(sed -n 's/^TracerPid:[[:space:]]*//p' "/proc/$1/status")
  sed -n 's/^Tgid:[[:space:]]*//p' "/proc/$tid/status"
}

start_crowd() {
  background "$NETJAIL" trace -o "$TRACE" -- "$VICTIMS/crowd" pids
  FRONT=$LAST
  eventually crowd_is_complete
}

assert_crowd_ends() {
  local pid
  eventually all_gone || {
    for pid in $(<pids); do kill -KILL "$pid" 2>/dev/null; done
    fail 'traced programs outlived netjail'
  }
  eventually is_gone "$FRONT"
  assert_nothing_left
}

@test "SIGKILL to the process that was started" {
  start_crowd
  kill -KILL "$FRONT"
  assert_crowd_ends
}

@test "SIGKILL to the tracer" {
  start_crowd
  tracer=$(tracer_of "$(head -n 1 pids)")
  [ "$tracer" -gt 0 ]
  kill -KILL "$tracer"
  status=0
  wait "$FRONT" || status=$?
  [ "$status" != 0 ] || fail 'the loss of the tracer looks like success'
  assert_crowd_ends
}

@test "SIGKILL to both at once" {
  start_crowd
  kill -KILL "$(tracer_of "$(head -n 1 pids)")" "$FRONT"
  assert_crowd_ends
}

@test "every process of the tree is traced" {
  start_crowd
  for pid in $(<pids); do
    [ "$(tracer_of "$pid")" = "$(tracer_of "$(head -n 1 pids)")" ] || fail "$pid is not traced"
  done
  kill -KILL "$FRONT"
  assert_crowd_ends
}

@test "SIGKILL to the program itself ends netjail the same way" {
  background "$NETJAIL" trace -o "$TRACE" -- bash -c 'echo $$ >pid; exec sleep 600'
  front=$LAST
  eventually test -s pid
  kill -KILL "$(<pid)"
  status=0
  wait "$front" || status=$?
  [ "$status" = 137 ] || fail "status $status"
  assert_nothing_left
}
