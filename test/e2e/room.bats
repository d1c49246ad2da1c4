#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A program that has used up what its limits allow can make its calls all the same.

load helper
load attach

# Connects to AF_UNIX when told to, with FREE descriptors below its limit or MIB of address space, then
# without that limit.
write_tight() {
  cat >tight.py <<'END'
import errno, os, resource, socket, sys
what, room, hard = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "hard"
limit = resource.RLIMIT_NOFILE if what == "descriptors" else resource.RLIMIT_AS
server = socket.socket(socket.AF_UNIX)
server.bind("")
server.listen(16)
clients = [socket.socket(socket.AF_UNIX) for i in range(2)]
kept = [os.open("/dev/null", os.O_RDONLY) for i in range(8)]
before = resource.getrlimit(limit)
print("ready", flush=True)
sys.stdin.readline()
here = os.fstat(0)
if what == "descriptors":
    use = kept[-1] + 1 + room
else:
    use = int(open("/proc/self/statm").read().split()[0]) * os.sysconf("SC_PAGE_SIZE") + (room << 20)
tight = (use, use if hard else before[1])
resource.setrlimit(limit, tight)
def connect():
    error = clients.pop().connect_ex(server.getsockname())
    return errno.errorcode[error] if error else "0"
first = connect()
same = resource.getrlimit(limit) == tight and os.path.samestat(here, os.fstat(0))
if hard:
    for fd in kept:
        os.close(fd)
else:
    resource.setrlimit(limit, before)
print("first=" + first, "then=" + connect(), "same=%d" % same, flush=True)
END
}

# tight ANSWER WHAT ROOM HARD: in a run, and attached to. Without mseal(2) a run maps nothing.
tight() {
  local answer=$1 pid run
  shift
  write_tight
  echo >go
  timeout "$LIMIT" "$NETJAIL" trace -o "$TRACE" -r 'refuse 203.0.113.99' -- \
    "$(python_program)" tight.py "$@" <go >out
  run=$answer
  ! grep -q 'no mseal' "$TRACE" || run='first=0 then=0 same=1'
  assert_line "^$run\$" out
  rm -f ready.* line
  mkfifo line
  background_ready bash -c 'exec "$0" tight.py "$@" <>line' "$(python_program)" "$@"
  pid=$LAST
  start_attach -r 'refuse 203.0.113.99' -p "$pid"
  echo >line
  wait "$pid"
  wait "$JAIL"
  assert_line "^$answer\$" "$(echo ready.*)"
}

@test "no descriptor is left below the soft limit" {
  tight 'first=0 then=0 same=1' descriptors 0 soft
  tight 'first=0 then=0 same=1' descriptors 1 soft
}

@test "less address space is left below the soft limit than netjail needs" {
  tight 'first=0 then=0 same=1' memory 1 soft
}

@test "below a hard limit two descriptors do; with fewer a call is refused, and no later one" {
  tight 'first=0 then=0 same=1' descriptors 2 hard
  tight 'first=ECONNREFUSED then=0 same=1' descriptors 1 hard
  tight 'first=ECONNREFUSED then=0 same=1' descriptors 0 hard
}
