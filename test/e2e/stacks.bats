#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Call stacks of refused connects against gdb's backtrace: the depth, and the names of the
# program's own functions in their order. The log has names of C++ and Rust as they are in the file,
# the report as those languages write them.

load helper

readonly SOURCES=$BATS_TEST_DIRNAME/../victims/stacks

by_netjail() {
  rm -f log
  timeout 30 "$NETJAIL" trace -q -o "$TRACE" --log log -r "refuse $V4" -- "$@" >out 2>&1 </dev/null 3>&- || true
  jq -r 'select(.netjail.stack and .event.action == "connect") | .netjail.stack[] | .symbol // "?"' log >log.frames
  "$NETJAIL" report --json log | jq -r '.stacks[0].frames' | sed -E '/^$/d; s/\+[0-9]+  [^ ]*  0x[0-9a-f]+$//' >netjail.frames
  [ "$(wc -l <log.frames)" = "$(wc -l <netjail.frames)" ] || fail 'the report has another stack' "$(cat log.frames netjail.frames)"
}

# A small gdb knows calls by their number only.
# A frame of gdb's begins with its address, but for those that were inlined into the one above.
by_gdb() {
  local connect=42
  [ "$(uname -m)" = x86_64 ] || connect=203 # <asm-generic/unistd.h>
  timeout 60 gdb -q -nx -batch -ex 'set confirm off' -ex 'set backtrace past-main on' -ex "catch syscall $connect" \
    -ex run -ex bt --args "$@" >gdb.out 2>&1 </dev/null 3>&- || true
  sed -nE 's/^#[0-9]+ +//p' gdb.out | sed '${/ in ?? ()/d}' >gdb.frames
}

# same_stack FUNCTIONS PROGRAM [ARG...]: FUNCTIONS, parted by bars, are the program's own, the
# innermost first
same_stack() {
  local functions function before=0 at
  IFS='|' read -ra functions <<<"$1"
  shift
  need gdb
  need jq
  by_netjail "$@"
  by_gdb "$@"
  grep -q '^0x' gdb.frames || fail "gdb has no backtrace of $1" "$(tail -n 5 gdb.out)"
  [ "$(wc -l <netjail.frames)" = "$(grep -c '^0x' gdb.frames)" ] ||
    fail "another depth than gdb's: $*" "$(cat netjail.frames)" '--- gdb' "$(cut -c1-100 gdb.frames)"
  for function in "${functions[@]}"; do
    grep -qF -- "$function" gdb.frames || fail "gdb does not have $function"
    at=$(grep -nF -- "$function" netjail.frames | sed 's/:.*//; q')
    [ "${at:-0}" -gt "$before" ] || fail "$function is not there, or not in its place" "$(cat netjail.frames)"
    before=$at
  done
}

@test "stacks: C" {
  same_stack main "$VICTIMS/connect_tcp" "$V4" "$PORT"
}

@test "stacks: C++" {
  need g++
  g++ -O1 -o chain "$SOURCES/chain.cc"
  same_stack 'net::Dialer::dial(sockaddr_in const*) const|int net::through<net::Dialer>(net::Dialer const&, sockaddr_in const*)|main' ./chain
  grep -qx _ZNK3net6Dialer4dialEPK11sockaddr_in log.frames
}

@test "stacks: Rust" {
  command -v rustc >/dev/null && rustc -C debuginfo=0 -o chain "$SOURCES/chain.rs" 2>rust.err || skip 'no rustc here'
  same_stack 'chain::inner|chain::outer|chain::main' ./chain
}

@test "stacks: Go" {
  need_victim connect_go
  # runtime/stack.go adjustframe, "TODO what about arm64 frame pointer adjustment?"
  [ "$(uname -m)" = x86_64 ] || skip 'Go 1.19 leaves frame pointers behind when it moves a stack'
  same_stack 'net.socket|net.DialTimeout|main.visit|main.main.func1' "$VICTIMS/connect_go" "$V4" "$PORT"
}

@test "stacks: python" {
  [ -x /usr/bin/python3 ] || skip 'no python3 of the system here'
  same_stack 'PyRun_SimpleStringFlags|Py_BytesMain|_start' /usr/bin/python3 -c \
    "__import__('socket').create_connection(('$V4', $PORT))"
}
