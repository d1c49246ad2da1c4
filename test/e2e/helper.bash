# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/e2e/helper.bash - what the end-to-end tests share: the listener, its record, the comparisons
#
# Environment: NETJAIL (the program under test, or a wrapper of it), VICTIMS (a folder), and
# NETJAIL_LOGS, where the runs keep their logs. Each test has hundreds of these calls behind it, and a
# process is dear where the machine is emulated: what bash itself can do starts none.

bats_require_minimum_version 1.5.0

readonly V4=203.0.113.7 V4_OTHER=203.0.113.8
readonly V6=2001:db8::7 V6_OTHER=2001:db8::8
readonly PORT=8080
# How long a thing that must happen may take, in tenths of a second; reached only by failures.
readonly PATIENCE=${PATIENCE:-300}
# The seconds that one command may take before it is ended, and its test has failed.
readonly LIMIT=${LIMIT:-60}
# How many processes are many; an emulated machine has TRIES_DIVISOR.
readonly MANY=$((200 / ${TRIES_DIVISOR:-1}))
# The seconds by which something that takes its time may be late.
export LATE=${LATE:-1}
# The milliseconds that a slow link takes each way, in which a test has to do something.
export LINK_MS=${LINK_MS:-120}

setup() {
  cd "$BATS_TEST_TMPDIR" || return
  RECORD=$PWD/record
  TRACE=$PWD/trace
  BACKGROUND=()
  BARRIERS=0
  BEFORE=(/proc/[0-9]*)
  BEFORE=" ${BEFORE[*]#/proc/} "
  NAP=$BATS_TEST_TMPDIR/.nap
  READY=0
  : >"$RECORD"
  if [ -n "${NETJAIL_LOGS-}" ]; then
    mkdir -p "$NETJAIL_LOGS"
    rm -f "$NETJAIL_LOGS/${BATS_TEST_FILENAME##*/}-$BATS_TEST_NUMBER-"*
  fi
  # Without these a shell asks nscd, over a socket, who runs it.
  export HOME=${HOME:-$PWD} SHELL=${SHELL:-/bin/sh}
  unset NO_COLOR http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
  # With it print() writes each of its words alone, and what two processes print is mixed.
  unset PYTHONUNBUFFERED
}

teardown() {
  local pid
  for pid in "${BACKGROUND[@]}"; do
    kill -CONT "$pid" 2>/dev/null || true
    kill -KILL "$pid" 2>/dev/null || true
  done
  wait 2>/dev/null || true
}

fail() {
  printf '%s\n' "$@" >&2
  [ ! -s "$TRACE" ] || { echo '--- trace'; head -c 8000 "$TRACE"; } >&2
  [ ! -s "$RECORD" ] || { echo '--- record'; head -c 2000 "$RECORD"; } >&2
  return 1
}

# nap SECONDS: nothing ever comes through this pipe
nap() {
  [ -p "$NAP" ] || mkfifo "$NAP"
  read -rt "$1" <>"$NAP" || true
}

# Runs a command until it succeeds: the only kind of waiting these tests do.
eventually() {
  local end=$((SECONDS + (PATIENCE + 9) / 10)) pause=0.02
  until "$@"; do
    if ((SECONDS > end)); then
      fail "did not come true within $((PATIENCE / 10)) s: $*"
      return 1
    fi
    nap "$pause"
    pause=0.1
  done
}

# has FILE TEXT
has() {
  [[ $(<"$1") == *"$2"* ]]
}

# has_line FILE LINE
has_line() {
  [[ $'\n'$(<"$1")$'\n' == *$'\n'"$2"$'\n'* ]]
}

# background COMMAND...: starts it, to be ended by teardown; its id is in $LAST.
background() {
  "$@" 3>&- &
  LAST=$!
  BACKGROUND+=("$LAST")
}

# The same, and waits until the command has printed "ready".
background_ready() {
  local out=$PWD/ready.$BASHPID.$((READY += 1))
  background "$@" >"$out"
  eventually has "$out" ready
}

start_recorder() {
  background_ready "$VICTIMS/recorder" "$RECORD" "${1:-$PORT}"
  RECORDER=$LAST
}

stop_recorder() {
  kill -TERM "$RECORDER"
  wait "$RECORDER" 2>/dev/null || true
}

# What was sent before this point is in the record after it (test/victims/recorder.c).
barrier() {
  BARRIERS=$((BARRIERS + 1))
  # Without a fork no shell of bats's own gets in between.
  printf 'barrier %d' "$BARRIERS" >"/dev/udp/127.0.0.1/$PORT"
  eventually has_line "$RECORD" "barrier $BARRIERS"
}

# Nothing of what came before is in the record later, however late the listener notes it.
forget() {
  barrier
  : >"$RECORD"
}

# No packet at all: the packet lines need CAP_NET_RAW, the other two are always there.
assert_silent() {
  barrier
  if [[ $'\n'$(<"$RECORD") =~ $'\n'(tcp|udp|packet) ]]; then fail 'the listener was reached'; fi
}

# assert_reached N [PROTO [ADDRESS]]: exactly N connections or datagrams.
assert_reached() {
  local want=$1 proto=${2:-'(tcp|udp)'} address=${3:-.*} got=0 lines line
  barrier
  mapfile -t lines <"$RECORD"
  for line in "${lines[@]}"; do
    if [[ $line =~ ^$proto\ $address$ ]]; then got=$((got + 1)); fi
  done
  [ "$got" = "$want" ] || fail "reached $got times instead of $want"
}

# As the program prints it, without what differs from run to run: ids and times.
normalised() {
  sed -E 's/after [0-9]+ ms/after N ms/; s/[0-9]+(\.[0-9]+)? ?ms/N ms/g; s/port [0-9]{5}/port N/;
    s/^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} URL:/URL:/; s/^[0-9A-F]{12,16}:error/N:error/; s/(line [0-9]+): +[0-9]+ /\1: N /' "$1"
}

# capture NAME COMMAND...: output in NAME.out and NAME.err, exit status in $STATUS and NAME.status.
# "jail" as the command is netjail with its trace in $TRACE; it is no function, whose shell would
# write of a death by signal into NAME.err.
capture() {
  local name=$1
  shift
  if [ "$1" = jail ]; then
    LOG_COUNT=$((${LOG_COUNT-0} + 1))
    # Each line of these logs is checked when all tests are over (test/log).
    set -- "$NETJAIL" trace -o "$TRACE" \
      ${NETJAIL_LOGS:+--log "$NETJAIL_LOGS/${BATS_TEST_FILENAME##*/}-$BATS_TEST_NUMBER-$LOG_COUNT"} "${@:2}"
  fi
  STATUS=0
  timeout --foreground -k 5 "$LIMIT" "$@" \
    >"$name.out" 2>"$name.err" </dev/null 3>&- || STATUS=$?
  echo "$STATUS" >"$name.status"
}

assert_same() {
  local part
  for part in out err status; do
    [ -s "$1.$part" ] || [ -s "$2.$part" ] || continue
    ! cmp -s "$1.$part" "$2.$part" || continue
    diff <(normalised "$1.$part") <(normalised "$2.$part") >&2 ||
      fail "$part differs between $1 and $2" "--- $2.err" "$(head -c 4000 "$2.err")"
  done
}

# run_both COMMAND...: once by itself, once under netjail with all allowed; nothing may differ.
run_both() {
  capture native "$@"
  capture jailed jail -- "$@"
  assert_same native jailed
}

# is_lines COUNT FILE
is_lines() {
  [ "$(wc -l <"$2")" = "$1" ]
}

assert_line() {
  grep -qE -- "$1" "${2:-$TRACE}" || fail "no line like: $1"
}

assert_no_line() {
  if grep -qE -- "$1" "${2:-$TRACE}"; then fail "there is a line like: $1"; fi
}

# The processes that this test has started and not ended. Asks without starting one itself.
leftovers() {
  local dir pid
  for dir in /proc/[0-9]*; do
    pid=${dir#/proc/}
    case "$BEFORE ${BACKGROUND[*]} $BASHPID " in *" $pid "*) continue ;; esac
    [[ $(<"$dir/stat") != *') Z '* ]] 2>/dev/null || continue
    echo "$pid $(tr '\0' ' ' <"$dir/cmdline")"
  done 2>/dev/null
}

nothing_left() {
  LEFT=$(leftovers)
  [ -z "$LEFT" ]
}

# Only in a process namespace are all processes ours.
assert_nothing_left() {
  [ "${NETNS_PIDS-}" = 1 ] || return 0
  eventually nothing_left || fail "left running: $LEFT"
}

# The interpreter itself: a pyenv shim is a chain of shell scripts.
python_program() {
  local candidate
  for candidate in /usr/bin/python3 "$(command -v python3)"; do
    if [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
}

need() {
  command -v "$1" >/dev/null || skip "no $1 here"
}

need_victim() {
  [ -x "$VICTIMS/$1" ] || skip "$1 could not be built here"
}

# is_kernel VERSION: that, or a later one
is_kernel() {
  [ "$(printf '%s\n' "$1" "$(uname -r)" | sort -V | head -n 1)" = "$1" ]
}

# need_kernel VERSION WHY: skips before that version
need_kernel() {
  is_kernel "$1" || skip "$2 before Linux $1"
}

need_ipv6() {
  [ -z "${NETNS_NO_IPV6-}" ] || skip 'no IPv6 here'
}

is_gone() {
  ! kill -0 "$1" 2>/dev/null
}

# The single letter of proc(5): a stop under a tracer shows as t, a plain one as T.
state_of() {
  sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2>/dev/null
}

is_stopped() {
  [[ $(state_of "$1") == [Tt] ]]
}
