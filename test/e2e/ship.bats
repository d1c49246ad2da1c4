#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The configuration in doc/howto/ship-logs.md, with the paths of the test: every line arrives.

load helper

arrived() {
  [ -s shipped ] && [ "$(wc -l <shipped)" = "$(wc -l <run.log)" ]
}

@test "rsyslog takes the log as it is" {
  need rsyslogd
  need jq
  find /usr/lib /usr/lib64 -name mmjsonparse.so 2>/dev/null | grep -q . || skip 'rsyslog has no mmjsonparse here'
  capture run "$NETJAIL" trace -q -o "$TRACE" --log run.log -r "refuse $V4" -- "$VICTIMS/connect_tcp" "$V4" 1
  {
    echo "global(workDirectory=\"$PWD\")"
    sed -n '/^```$/,/^```$/p' "$BATS_TEST_DIRNAME/../../doc/howto/ship-logs.md" | sed '/^```/d'
  } | sed -e "s|/var/log/netjail/\*\.log|$PWD/run.log|; s|/var/log/netjail.json|$PWD/shipped|" >rsyslog.conf
  rsyslogd -N1 -f "$PWD/rsyslog.conf" >check 2>&1 || fail "$(cat check)"
  background rsyslogd -n -f "$PWD/rsyslog.conf" -i "$PWD/pid"
  eventually arrived
  diff <(jq -cS . run.log) <(jq -cS . shipped)
}
