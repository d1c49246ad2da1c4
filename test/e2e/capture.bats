#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The log against a packet capture of the same runs: every flow is in the log, and every success of
# the log is a flow, by protocol, addresses and ports.

load helper

readonly CAPTURE=$BATS_TEST_DIRNAME/../log/capture.py
# Programs that must have been there; what is missing is told.
readonly MINIMUM=15

RAN=0
MISSING=

# seen PROGRAM [ARG...]: runs it under netjail; what it makes of the answers is not asked
seen() {
  if ! command -v "$1" >/dev/null; then
    MISSING+=" ${1##*/}"
    return
  fi
  RAN=$((RAN + 1))
  timeout -k 5 10 "$NETJAIL" trace -q -o "$TRACE" --log log -- "$@" </dev/null >out 2>&1 3>&- || true
}

captured() {
  grep -q " 127.0.0.1 $1\$" flows
}

@test "capture: every flow of real programs is in the log, every logged success is a flow" {
  local python web=http://127.0.0.1:8090
  [ "$(uname -m)" = x86_64 ] || skip 'too few programs in an emulated machine'
  python=$(python_program)
  [ -n "$python" ] || skip 'no python3 here'
  "$python" -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)' 2>/dev/null || skip 'no CAP_NET_RAW here'
  mkdir -p www apt/lists/partial apt/cache/archives/partial www/deb
  echo hello >www/index.html
  : >www/deb/Packages
  : >apt/status
  echo "deb [trusted=yes] $web/deb ./" >apt/sources.list
  background_ready "$python" -c '
import http.server, os, socket
class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6
os.chdir("www")
s = Server(("::", 8090), http.server.SimpleHTTPRequestHandler)
print("ready", flush=True)
s.serve_forever()'
  start_recorder
  background_ready "$python" "$CAPTURE" capture flows
  local capturing=$LAST

  seen curl -sS "$web/"
  [ -n "${NETNS_NO_IPV6-}" ] || seen curl -sS 'http://[::1]:8090/' "http://[$V6]:$PORT/"
  seen wget -nv -t 1 -O - "$web/" http://127.0.0.1:1/
  seen "$python" -c "import urllib.request as u; u.urlopen('$web').read()"
  seen node -e "require('http').get('$web', r => r.resume())"
  seen nc.openbsd -w 1 127.0.0.1 8090
  seen busybox wget -q -O - "$web/"
  seen busybox nc -w 1 127.0.0.1 8090
  seen ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o ConnectTimeout=2 -p 8090 127.0.0.1
  seen git ls-remote "$web/none.git"
  seen perl -MIO::Socket::INET -e "IO::Socket::INET->new(PeerAddr => '127.0.0.1:8090') or die"
  seen openssl s_client -connect 127.0.0.1:8090
  seen redis-cli -p 8090 ping
  seen redis-benchmark -p 8090 -n 1 -c 1 -q
  seen wrk -t 1 -c 2 -d 1s "$web/"
  seen bash -c "exec 3<>/dev/tcp/127.0.0.1/8090"
  seen bash -c "echo x >/dev/udp/$V4/$PORT"
  seen apt-get -qq -o Dir::State="$PWD/apt" -o Dir::State::status="$PWD/apt/status" -o Dir::Cache="$PWD/apt/cache" \
    -o Dir::Etc::SourceList="$PWD/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User= update
  seen socat -u - TCP:127.0.0.1:8090
  seen rsync rsync://127.0.0.1:8090/
  seen "$VICTIMS/connect_go" "$V4" "$PORT"
  seen "$VICTIMS/connect_static" "$V4" "$PORT"
  seen "$VICTIMS/connect_tcp_32" "$V4" "$PORT"
  seen "$VICTIMS/connect_threads" "$V4" "$PORT"
  seen "$VICTIMS/send_udp" "$V4_OTHER" "$PORT" sendmsg
  # what it has captured up to here is written when this is
  eventually eval 'echo end >/dev/udp/127.0.0.1/7777; captured 7777'
  kill "$capturing"
  grep -v ' 7777$' flows >kept
  "$python" "$CAPTURE" check kept log >checked || fail "$(cat checked)"
  echo "# $RAN programs, $(cat checked); not here:${MISSING:- none}" >&3
  [ "$RAN" -ge "$MINIMUM" ] || fail "only $RAN programs are here"
  # the check sees what is missing from either side
  grep -v '"action":"connect".*"port":8090' log >less || true
  if "$python" "$CAPTURE" check kept less >/dev/null; then fail 'a log without connects passed'; fi
  grep -v ' 8090$' kept >fewer || true
  if "$python" "$CAPTURE" check fewer log >/dev/null; then fail 'a capture without flows passed'; fi
}
