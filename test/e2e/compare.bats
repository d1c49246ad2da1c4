#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The table of cases (test/victims/cases), natively and under netjail with all allowed: results,
# errno, socket state and signals are the same, in one network with a slow link.

load helper

# Starts the servers here and, where TUN devices can be made, at the far end of a slow link.
start_network() {
  NEAR=
  echo 0 0 2>/dev/null >/proc/sys/net/ipv4/ping_group_range || true
  background_ready "$VICTIMS/echo_servers"
  if [ -c /dev/net/tun ] && : <>/dev/net/tun; then
    background_ready "$VICTIMS/delay_link" "$LINK_MS" "$VICTIMS/echo_servers"
  else
    echo '# without the slow link: no /dev/net/tun here' >&3
    NEAR=--near
  fi 2>/dev/null
}

# The known differences. Another thread dissolves the connection that a thread waits for: natively
# the waiting connect says EPIPE and leaves ECONNRESET in SO_ERROR; under netjail it says ECONNRESET
# itself. Before Linux 6.10 netjail is what an AF_UNIX peer sees, and control data is refused.
known_difference() {
  local old=
  is_kernel 6.10 || old='/^local /s/ peer_is_me=1 / peer_is_me=0 /
    /^fast_open_here /s/ message=E[A-Z]* / message=ECONNREFUSED /g'
  sed '/^dissolved_meanwhile /s/ connect=EPIPE \[error=ECONNRESET / connect=ECONNRESET [error=0 /
    '"$old" "$1"
}

compare() {
  start_network
  capture native "$@" $NEAR & # most of it is waiting
  local native=$!
  capture jailed jail -- "$@" $NEAR
  wait "$native"
  [ -s native.out ] || fail 'no case was run'
  grep -q 'did not end\|killed by' native.out && fail 'a case does not work by itself' "$(cat native.out)"
  diff <(known_difference native.out) jailed.out >&2 || fail 'not the same under netjail'
  [ "$(cat native.status)" = "$(cat jailed.status)" ] || fail 'another exit status'
  [ -n "$NEAR" ] || grep -q '^dissolved_meanwhile | connect=ECONNRESET ' jailed.out ||
    fail 'the known difference is gone: say so in the documentation'
}

@test "every case, 64 bits" {
  compare "$VICTIMS/cases"
}

@test "every case, 32 bits" {
  need_victim cases_32
  compare "$VICTIMS/cases_32"
}
