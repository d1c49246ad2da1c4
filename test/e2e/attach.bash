# SPDX-License-Identifier: GPL-2.0-or-later
#
# Loaded after helper: attaches by netjail, and a program to attach to. ATTACH_TIMES is the TIMES (10).
# shellcheck shell=bash disable=SC2034 # for the tests

# attach OPTION...: until it leaves by itself; its trace in $TRACE.
attach() {
  timeout --foreground -k 5 "$LIMIT" "$NETJAIL" trace -o "$TRACE" "$@" 3>&-
}

# How often each program under load is attached to and left.
readonly TIMES=${ATTACH_TIMES:-10}

# In and out again, with a rule, so that everything is looked at.
attach_times() {
  local i
  for ((i = 0; i < TIMES; i++)); do
    attach -qq -r 'refuse 203.0.113.99' --for 20ms -p "$1" ||
      fail "attach $i to $1: status $?"
  done
  [ "$(sed -n 's/^TracerPid:\t//p' "/proc/$1/status")" = 0 ]
  ! grep -q netjail "/proc/$1/maps" || fail 'a mapping of ours was left behind'
}

# A netjail that stays, until it is told to go; its id in $JAIL.
start_attach() {
  : >"$TRACE"
  background "$NETJAIL" trace -o "$TRACE" "$@"
  JAIL=$LAST
  eventually grep -q 'attached to' "$TRACE"
}

# A program that connects to ADDR:PORT for each line that it is given, and prints how that ended.
start_caller() {
  rm -f ready.*
  mkfifo calls
  cat >caller.py <<'END'
import socket, sys
print("ready", flush=True)
for line in sys.stdin:
    host, port = line.split()
    try:
        socket.create_connection((host, int(port)), 5).close()
        print("connected", flush=True)
    except OSError as error:
        print(error.strerror, flush=True)
END
  background_ready bash -c 'exec "$1" caller.py <>calls' bash "$(python_program)"
  CALLER=$LAST
  ANSWERS=$(echo "$PWD"/ready.*)
}

has_answered() {
  [ "$(wc -l <"$ANSWERS")" -gt "$1" ]
}

# call N HOST: the Nth call of the caller.
call() {
  echo "$2 $PORT" >calls
  eventually has_answered "$1" >&2
  sed -n "$(($1 + 1))p" "$ANSWERS"
}

is_asleep() {
  [ "$(state_of "$1")" = S ]
}
