#!/usr/bin/env bats
# The log: every event, the form that a schema checks, what it holds against

load helper

LOG_CHECK=${BATS_TEST_DIRNAME}/../log

# select FILTER [LOG]: what jq finds, a line each
select_log() {
  jq -rc "$1" "${2:-log}"
}

logged() {
  timeout "$LIMIT" "$NETJAIL" trace -q -o "$TRACE" --log log "$@" >out 2>err </dev/null 3>&-
}

# validate [LOG]: in the last test, all at once, for the checker starts slowly
validate() {
  VALIDATED=$((${VALIDATED-0} + 1))
  cp "${1:-log}" "$BATS_FILE_TMPDIR/$BATS_TEST_NUMBER-$VALIDATED.log"
}

@test "log: a run from its start to its end" {
  need jq
  start_recorder
  logged -r "refuse $V4" -- bash -c "'$VICTIMS/connect_tcp' $V4_OTHER $PORT; '$VICTIMS/connect_tcp' $V4 $PORT; exit 3" || true
  # when a connection ends is the kernel's to say
  [ "$(select_log 'select(.event.action != "close") | [.event.action, .netjail.phase, .event.outcome] | map(select(.)) | join(" ")')" = "run-start success
exec success
fork success
exec success
connect begin unknown
connect end success
exit success
fork success
exec success
connect end failure
exit success
exit success
run-end success" ] || fail "$(select_log '[.event.action, .netjail.phase, .event.outcome]')"
  [ "$(select_log 'select(.event.action=="run-end") | .process.exit_code, .netjail.totals.calls, .netjail.totals.refused')" = $'3\n2\n1' ]
  validate
}

@test "log: verdicts, dry runs, rules that are held against a log" {
  need jq
  start_recorder
  logged -r "error $V4 with EACCES" -r "redirect $V4_OTHER:1 to $V4_OTHER:$PORT" -r "delay 127.0.0.1:$PORT by 10ms" \
    -r "ask $V4_OTHER:2" -- bash -c \
    "for end in '$V4 1' '$V4_OTHER 1' '127.0.0.1 $PORT' '$V4_OTHER 2'; do '$VICTIMS/connect_tcp' \$end; done; true"
  [ "$(select_log 'select(.event.action=="connect" and .netjail.phase=="end") | [.netjail.verdict, .netjail.injected, .event.type[0], .error.code, .destination.nat.ip, .destination.nat.port, .event.reason] | map(. // "-") | join(" ")')" = \
    "error true denied EACCES - - rule
redirect - connection - $V4_OTHER $PORT rule
delay - connection - - - rule
ask true denied ECONNREFUSED - - there-is-nobody-to-ask" ] || fail "$(cat log)"
  validate
  capture why "$NETJAIL" why -r 'refuse 127.0.0.1 exe */connect_tcp' -r "allow $V4" --log log
  [ "$STATUS" = 1 ]
  grep -qx "event [0-9]*: connect 127.0.0.1 port $PORT would be refused by -r:1" why.out
  grep -qx '3 calls would be allowed, 1 refused' why.out
  rm log
  logged --dry-run -r "refuse $V4" -- "$VICTIMS/connect_tcp" "$V4" "$PORT"
  [ "$(select_log 'select(.event.action=="connect" and .netjail.phase=="end") | [.netjail.verdict, .netjail.would, .event.type[1]] | join(" ")')" = 'allow refuse allowed' ]
  validate
}

@test "log: a call that goes on when an attached netjail leaves" {
  need jq
  mkfifo go
  background_ready "$VICTIMS/full_queue" 127.0.0.1 7000
  background_ready bash -c 'echo ready; read -r <>go; exec "$1" 127.0.0.1 7000 >made' bash "$VICTIMS/connect_tcp"
  background "$NETJAIL" trace -o "$TRACE" --log log -r 'refuse 203.0.113.99' -p "$LAST"
  eventually grep -q 'attached to' "$TRACE"
  echo >go
  eventually grep -q '"phase":"begin"' log
  kill "$LAST"
  wait "$LAST"
  [ "$(select_log 'select(.event.action == "connect") | [.netjail.phase, .event.outcome, .event.reason, .event.type[0], .netjail.call.result] | map(. // "-") | join(" ")')" = \
    "begin unknown default info -
end unknown detached info -" ] || fail "$(cat log)"
  assert_line 'connect\(.*127.0.0.1:7000.*\) = \? \(netjail has left\) +allowed default'
  validate
}

@test "log: what is attached to, and what it has open" {
  need jq
  start_recorder
  cat >open.py <<END
import socket, time
sock = socket.create_connection(("$V4", $PORT))
print("ready", flush=True)
time.sleep(600)
END
  background_ready "$(python_program)" open.py
  capture attached "$NETJAIL" trace -o "$TRACE" --log log -r "refuse $V4" --for 50ms -p "$LAST"
  [ "$STATUS" = 0 ]
  [ "$(select_log '[.event.action, .process.pid, .netjail.would, .netjail.state, .destination.ip, .netjail.attached[0]?] | map(select(.)) | join(" ")' | sed -E '/^run-/s/ [0-9]+//')" = \
    "run-start $LAST
attach $LAST
found $LAST refuse connected $V4
run-end" ] || fail "$(cat log)"
  [ "$(select_log 'select(.event.action=="run-start") | .netjail.argv | join(" ")')" = "-p $LAST" ]
  validate
}

@test "log: an allowed and a refused connect, field by field" {
  need jq
  start_recorder
  printf 'refuse %s  # home\n' "$V4" >game.rules
  logged --rules game.rules -- bash -c "'$VICTIMS/connect_tcp' $V4_OTHER $PORT; '$VICTIMS/connect_tcp' $V4 $PORT; true"
  [ "$(select_log 'select(.event.outcome=="success" and .event.action=="connect") | [.event.type[], .destination.ip, .destination.port, .network.transport, .network.direction, .rule.id, .netjail.call.result] | join(" ")')" = \
    "connection allowed start $V4_OTHER $PORT tcp egress default 0" ]
  # the socket's own end is what the listener saw
  [ "$(select_log 'select(.event.outcome=="success" and .event.action=="connect") | .source.ip')" = "$V4_OTHER" ]
  [ "$(select_log 'select(.event.type==["denied"]) | [.destination.ip, .error.code, .netjail.injected, .netjail.verdict, .event.reason, .rule.id, .rule.name, has("source")] | join(" ")')" = \
    "$V4 ECONNREFUSED true refuse rule game.rules:1 refuse $V4 false" ]
  [ "$(select_log 'select(.event.action=="run-start") | .netjail.policy.sha256')" = "$(sha256sum <game.rules | cut -d' ' -f1)" ]
  validate
}

@test "log: who did it: hash, ELF, arguments, script, parents, environment" {
  need jq
  printf '#!/bin/bash\nexec "$1" %s %s\n' "$V4" "$PORT" >script.sh
  chmod +x script.sh
  LD_BIND_NOW=1 no_proxy=x HOME=/ logged -- ./script.sh "$VICTIMS/connect_static" || true
  [ "$(select_log 'select(.event.action=="exec") | .netjail.script // "none"')" = "$(readlink -f script.sh)"$'\nnone' ]
  [ "$(select_log 'select(.process.name=="connect_static" and .event.action=="exec") | .process.hash.sha256')" = \
    "$(sha256sum <"$VICTIMS/connect_static" | cut -d' ' -f1)" ]
  [ "$(select_log 'select(.process.name=="connect_static" and .event.action=="exec") | .netjail.elf.linkage')" = static ]
  [ "$(select_log 'select(.process.name=="bash" and .event.action=="exec") | .netjail.elf.linkage, (.process.env_vars | sort | join(" "))')" = \
    $'dynamic\nLD_BIND_NOW=1 no_proxy=x' ]
  [ "$(select_log 'select(.event.action=="connect") | .process.args // .process.command_line' | tail -n 1)" = "$VICTIMS/connect_static $V4 $PORT" ]
  # one process, whatever it executes
  [ "$(select_log '.process.entity_id // empty' | sort -u | wc -l)" = 1 ]
  validate
}

# runs WHAT COMMAND...: what an interpreter is told to run, for the next log
runs() {
  echo "$1" >>wanted
  shift
  echo "(exec ${*@Q})" >>commands
}

@test "log: what an interpreter runs" {
  need jq
  need python3
  need perl
  local here python
  here=$(pwd -P)
  echo pass >module.py
  for line in '/usr/bin/env python3' '/usr/bin/env -S python3 -u' '/bin/bash' '/usr/bin/perl -w'; do
    printf '#!%s\n' "$line" >"run ${line##*/}"
  done
  chmod +x run*
  for python in run*; do runs "$here/$python" "./$python"; done
  runs "$here/module.py" python3 module.py
  runs "$here/module.py" python3 -u -W ignore module.py
  runs "$here/module.py" env -S 'python3 -u' module.py
  runs '-m module' python3 -m module
  runs '-Ic pass' python3 -Ic pass
  runs '-c : 1' bash -c ': 1'
  runs '-e 1' perl -w -e 1
  ! command -v node >/dev/null || runs '-e 1' node --no-warnings -e 1
  logged -- bash commands >/dev/null 2>&1
  # the last that each child of the shell has executed
  jq -rn '[inputs | select(.event.action == "exec")] | .[0].process.pid as $shell |
    reduce (.[] | select(.process.parent.pid == $shell)) as $exec
      ({}; .[$exec.process.entity_id] = ($exec.netjail.script // $exec.netjail.inline // "none")) | .[]' log >got
  diff wanted got
  "$NETJAIL" report --json log | jq -r '.subjects[].script' >reported
  # a report has the last of each interpreter
  for line in '-Ic pass' '-c : 1' '-e 1'; do grep -qxF -e "$line" reported || fail "$line in the report"; done
  validate
}

@test "log: listening and accepting are told, the trace for people stays as it was" {
  need jq
  need nc.openbsd
  background timeout "$LIMIT" "$NETJAIL" trace -q -o "$TRACE" --log log -- nc.openbsd -l 127.0.0.1 9090
  eventually grep -q '"listen"' log
  echo hello | nc.openbsd -N 127.0.0.1 9090
  eventually grep -q run-end log
  [ "$(select_log 'select(.event.action=="listen") | [.server.ip, .server.port, .network.direction] | join(" ")')" = "127.0.0.1 9090 ingress" ]
  [ "$(select_log 'select(.event.action | startswith("accept")) | [.event.type[], .source.ip, .server.port] | join(" ")')" = "connection allowed start 127.0.0.1 9090" ]
  assert_no_line 'listen|accept'
  validate
}

@test "log: hostile names stay text" {
  need jq
  local evil
  evil=$(printf 'a<script>\033[31m\342\200\256\377"\\!')
  cp "$VICTIMS/connect_tcp" "./$evil"
  logged -- "./$evil" "$V4" "$PORT" || true
  [ "$(select_log 'select(.event.action=="exec") | .process.executable | split("/")[-1]')" = "$(printf 'a<script>\033[31m\342\200\256\\xff"\\!')" ]
  validate
}

# A log to which a limit of 8,192 KiB (ulimit -f) leaves room for 16 KiB.
nearly_full() {
  truncate -s 8372223 "$1"
  echo >>"$1"
}

@test "log: a disk that is full stops the calls, or not when that is wanted" {
  local reached told
  start_recorder
  nearly_full full
  capture full bash -c "ulimit -f 8192; exec '$NETJAIL' trace -q -o '$TRACE' --log full -- bash -c 'for i in {1..20}; do \"$VICTIMS/connect_tcp\" $V4 $PORT; done'"
  assert_line 'refused netjail: the log cannot be written'
  grep -q 'the log cannot be written (File too large): calls are refused' full.err
  tail -n +2 full >full.log
  barrier
  reached=$(grep -c '^tcp' record)
  told=$(grep -c '"action":"connect".*"phase":"begin"' full.log)
  if [ "$reached" -gt "$told" ]; then fail "$reached connections, $told lines"; fi
  [ "$reached" -gt 0 ]
  [ "$reached" -lt 20 ]
  forget
  nearly_full on
  capture on bash -c "ulimit -f 8192; exec '$NETJAIL' trace -q -o '$TRACE' --log on --log-full continue -- bash -c 'for i in {1..20}; do \"$VICTIMS/connect_tcp\" $V4 $PORT; done'"
  assert_reached 20 tcp
  grep -q 'calls go on without a line' on.err
  grep -Eq '[0-9]+ events could not be written' on.err
  tail -n +2 on >on.log
  "$(python_program)" "$LOG_CHECK/validate.py" full.log on.log || [ $? = 77 ]
}

@test "log: one that cannot be begun means that nothing runs" {
  capture none "$NETJAIL" trace --log /nonexistent/log -- touch ran
  [ "$STATUS" = 125 ]
  capture dev "$NETJAIL" trace --log /dev/full -- touch ran
  [ "$STATUS" = 125 ]
  grep -q 'No space left on device' dev.err
  [ ! -e ran ]
}

@test "log: two runs cannot write one log at a time" {
  background "$NETJAIL" trace -q --log log -- sleep 30
  eventually test -s log
  capture second "$NETJAIL" trace --log log -- true
  [ "$STATUS" = 125 ]
  grep -q 'another run writes the log' second.err
}

@test "log: its descriptor is not in the program" {
  logged -- bash -c 'ls -l /proc/self/fd /proc/$$/fd'
  assert_no_line '/log' out
  logged -- bash -c 'ls -l /proc/self/fd' # appended: a second run in the same file
  [ "$(grep -c run-start log)" = 2 ]
  validate
}

@test "log: as the trace itself" {
  need jq
  capture json "$NETJAIL" trace --format json -o json.log -- "$VICTIMS/connect_tcp" "$V4" 1
  [ "$(select_log .event.action json.log | tail -n 1)" = run-end ]
  validate json.log
}

@test "log: killed at any moment, it holds what reached the network" {
  local python
  python=$(python_program)
  [ -n "$python" ] || skip 'no python3 here'
  "$python" "$LOG_CHECK/kill_moments.py" "$NETJAIL" "$VICTIMS" >killed || fail "$(cat killed)"
}

# The functions of the first refused connect's stack, of a kind of program.
stack_of() {
  rm -f log
  logged -r "refuse $V4" -- "$@" || true
  select_log 'select(.netjail.stack and .event.action == "connect") | [.netjail.stack[].symbol] | map(select(.)) | join(" ")' | head -n 1
}

@test "log: call stacks of refused calls" {
  need jq
  [[ $(stack_of "$VICTIMS/connect_tcp" "$V4" "$PORT") == 'connect main'*' _start' ]]
  # each frame with its place: a function of a file
  [ "$(select_log 'select(.netjail.stack) | .netjail.stack[1] | [.symbol, (.offset > 0), (.module | split("/")[-1])] | join(" ")')" = 'main true connect_tcp' ]
  # nothing invented where there is no unwind information
  [[ $(stack_of "$VICTIMS/connect_static" "$V4" "$PORT") == *connect* ]]
  if [ -x "$VICTIMS/connect_go" ]; then
    # where Go (1.19) moves a stack on arm64, it leaves the frame pointers in it as they were
    [ "$(uname -m)" != aarch64 ] || outermost=syscall.Connect
    [[ $(stack_of "$VICTIMS/connect_go" "$V4" "$PORT") == *" ${outermost-main.main}"* ]] || fail "$(stack_of "$VICTIMS/connect_go" "$V4" "$PORT")"
  fi
  validate
}

@test "log: a stack that was told is its id alone; --stack none and all" {
  need jq
  logged -r "refuse $V4" -- bash -c "for i in 1 2 3; do '$VICTIMS/connect_tcp' $V4 $PORT; done; true"
  [ "$(select_log 'select(.event.type == ["denied"]) | .netjail.stack_id' | sort -u | wc -l)" = 1 ]
  [ "$(select_log 'select(.netjail.stack) | 1' | wc -l)" = 1 ]
  validate
  rm log
  logged --stack none -r "refuse $V4" -- "$VICTIMS/connect_tcp" "$V4" "$PORT" || true
  [ "$(select_log 'select(.netjail.stack_id) | 1' | wc -l)" = 0 ]
  rm log
  logged --stack all -- "$VICTIMS/connect_tcp" "$V4" 1 || true
  [ "$(select_log 'select(.netjail.stack_id and .netjail.verdict == "allow") | 1' | wc -l)" = 1 ]
}

@test "log: bytes of a connection, without a stop for reading or writing" {
  need jq
  local python
  python=$(python_program)
  cat >server.py <<'END'
import socket
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 8091))
s.listen()
print("ready", flush=True)
c = s.accept()[0]
while c.recv(65536):
    pass
c.sendall(b"y" * 5000)
c.close()
END
  cat >client.py <<'END'
import socket
c = socket.create_connection(("127.0.0.1", 8091))
c.sendall(b"x" * 100000)
c.shutdown(socket.SHUT_WR)
while c.recv(4096):
    pass
END
  background_ready "$python" server.py
  logged -- "$python" client.py
  if [ "$(select_log 'select(.event.action == "run-start") | .netjail.coverage[] | select(startswith("bytes"))')" != '' ]; then
    skip 'no CAP_NET_ADMIN here'
  fi
  # the end of the peer's stream counts as a byte received
  [ "$(select_log 'select(.event.action == "close") | [.source.bytes, .destination.bytes, .destination.port, .netjail.bytes_from, .process.name] | join(" ")')" = \
    "100000 5001 8091 destroyed-socket $(basename "$(readlink -f "$python")")" ] ||
    fail "$(select_log 'select(.event.action == "close")')"
  [ "$("$NETJAIL" report --json log | jq '.destinations[] | select(.port == 8091) | .bytes.sent')" = 100000 ]
  validate
}

@test "log: every line of the logs of these tests is as the schema says" {
  local status=0
  [ -n "$(compgen -G "$BATS_FILE_TMPDIR/*.log")" ] || fail 'no other test has left a log'
  "$(python_program)" "$LOG_CHECK/validate.py" --ended "$BATS_FILE_TMPDIR"/*.log >validated || status=$?
  [ "$status" != 77 ] || skip 'no jsonschema for python3 here'
  [ "$status" = 0 ] || fail "$(<validated)"
}
