#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Job control in a terminal: each scene of pty_jobs.py is played natively and under netjail.

load helper

play() {
  capture native "$(python_program)" "$BATS_TEST_DIRNAME/pty_jobs.py" "$1"
  [ "$(<native.status)" = 0 ] || fail 'natively:' "$(<native.err)"
  capture jailed "$(python_program)" "$BATS_TEST_DIRNAME/pty_jobs.py" "$1" \
    "$NETJAIL" trace -o "$TRACE" --
  assert_same native jailed
  assert_nothing_left
}

@test "Ctrl-Z, fg, three times, then Ctrl-C" {
  play stop_and_fg
}

@test "Ctrl-Z, bg, fg, then Ctrl-\\" {
  play stop_and_bg
}

@test "SIGCONT to a stopped job" {
  play sigcont
}

@test "SIGKILL to a stopped job" {
  play kill_a_stopped_job
}

@test "SIGSTOP to the program only, not to netjail" {
  play stop_the_program_only
}

@test "an interactive shell under netjail, with jobs of its own" {
  play shell_inside
}

@test "Ctrl-C without a shell between" {
  play ctrl_c
}

@test "Ctrl-C to a program that handles it" {
  play ctrl_c_handled
}

@test "the terminal hangs up" {
  play hangup
}

@test "the window changes its size" {
  play window_size
}

@test "less starts, quits, and the terminal is as before" {
  need less
  play less
}

@test "vim edits, quits, and the terminal is as before" {
  need vim
  play vim
  [ "$(<some.txt)" = 'inserted inserted a short text' ] || [ "$(<some.txt)" = 'inserted a short text' ]
}

@test "vim is suspended and comes back" {
  need vim
  play suspend_vim
}
