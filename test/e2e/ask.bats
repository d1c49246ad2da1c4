#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ask: the question reaches a person or a command, the answer holds as long as was said.

load helper

# prober PORT...: connects to each, prints errno names; jailed it tells by the trace
write_prober() {
  cat >prober.py <<'END'
import errno, socket, sys
for port in sys.argv[1:]:
    with socket.socket() as sock:
        sock.connect_ex(("127.0.0.1", int(port)))
END
}

# asks RULE ANSWER PORT...: the answerer writes its questions to "questions"
asks() {
  local rule=$1 answer=$2
  shift 2
  write_prober
  capture asked jail -r "$rule" --save saved --ask-with "cat >>questions; echo $answer" -- \
    "$(python_program)" prober.py "$@"
  [ "$STATUS" = 0 ] || fail "$(<asked.err)"
}

questions() {
  [ "$(wc -l <questions)" = "$1" ] || fail "asked $(wc -l <questions) times" "$(<questions)"
}

@test "a vfork child that is asked about, or delayed, lets its parent go on" {
  local rule answer want
  start_recorder
  while IFS='|' read -r rule answer want; do
    capture vforked jail -r "$rule" --ask-with "$answer" -- "$VICTIMS/vfork_connect" "$V4" "$PORT"
    [ "$STATUS" = 0 ] || fail "$rule: $(<vforked.err)"
    [ "$(sort -u vforked.out)" = "$want" ] && is_lines 3 vforked.out || fail "$rule, $answer: $(<vforked.out)"
  done <<END
delay $V4 by 100ms|false|Success
ask $V4|echo allow|Success
ask $V4|sleep 0.2; echo refuse|Connection refused
ask $V4|false|Connection refused
error $V4 with ENETDOWN|false|Network is down
timeout $V4 after 1s|false|Connection timed out
END
}

@test "what the question tells" {
  asks 'ask localhost' allow 1
  assert_line ':1 .* allowed, asked -r:1$'
  need jq
  jq -e '.name and .pid and (.program | test("python")) and (.script | endswith("/prober.py")) and
    (.arguments | index("1")) and .parent and .call == "connect" and
    .target == "localhost.:1/tcp" and .destination == "127.0.0.1:1" and .host == "localhost" and
    .rule == "-r:1" and .text == "ask localhost"' questions >/dev/null || fail "$(<questions)"
}

@test "an answer counts once, for the process, or for all that execute the same" {
  asks 'ask localhost' 'allow once' 1 1 2
  questions 3
  rm questions
  asks 'ask localhost' 'refuse process' 1 1 2
  questions 2
  assert_no_line 'allowed'
  rm questions
  asks 'ask localhost for process' 'allow' 1 1 2
  questions 2
  rm questions
  asks 'ask localhost' '"{\"answer\": \"allow\", \"for\": \"session\"}"' 1 1 1
  questions 1
  [ ! -e saved ]
}

@test "always: the answer is a rule in the file of --save" {
  asks 'ask localhost' 'allow always' 1 1
  questions 1
  grep -qE '^allow localhost\.:1/tcp exe /.*python.*$' saved || fail "$(<saved)"
  capture again jail --rules saved -r 'allow lan' -- "$(python_program)" prober.py 1
  assert_line ':1 .* allowed saved:1$'
}

@test "no answer, nonsense, an answerer that dies: refused" {
  local answer
  for answer in 'maybe' '' 'allow for-ever' '{}' 'allow; kill -9 $PPID'; do
    rm -f questions
    asks 'ask localhost' "$answer" 1 2
    if [[ $answer != *kill* ]]; then questions 2; fi
    assert_no_line 'allowed'
    assert_line ':2 .* = -1 ECONNREFUSED .* refused'
  done
}

@test "nobody there: refused, and why" {
  write_prober
  capture alone setsid -w "$NETJAIL" trace -o "$TRACE" -r 'default ask' -- \
    "$(python_program)" prober.py 1
  assert_line 'refused netjail: there is nobody to ask$'
}

@test "50 questions at once, one at a time, while other threads go on" {
  cat >threads.py <<'END'
import socket, sys, threading
def connect(port):
    with socket.socket() as sock:
        sock.connect_ex(("127.0.0.1", port))
threads = [threading.Thread(target=connect, args=(port,)) for port in range(100, 150)]
for thread in threads: thread.start()
connect(1)
try:
    asked = open("questions").read().count("\n")
except FileNotFoundError:
    asked = 0
assert asked < 50, "it waited for questions of others"
for thread in threads: thread.join()
END
  capture many jail -r 'allow *:1' -r 'ask localhost' --ask-with \
    'echo begin >>order; read -r question; echo "$question" >>questions; echo end >>order; echo allow' -- \
    "$(python_program)" threads.py
  [ "$STATUS" = 0 ] || fail "$(<many.err)"
  questions 50
  # one ended before the next began
  [ "$(uniq order | wc -l)" = 100 ] || fail "$(<order)"
  [ "$(grep -c 'allowed, asked -r:2$' "$TRACE")" = 50 ] || fail
}

@test "a bind, a socket, a datagram and AF_UNIX are asked about, too" {
  cat >various.py <<'END'
import socket
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9))
with socket.socket() as sock: sock.bind(("127.0.0.1", 0))
for family, type in (socket.AF_UNIX, socket.SOCK_STREAM),:
    with socket.socket(family, type) as sock: sock.connect_ex("/nowhere")
END
  capture various jail -r 'ask localhost bind localhost unix:/nowhere' \
    --ask-with 'cat >>questions; echo allow' -- "$(python_program)" various.py
  [ "$STATUS" = 0 ] || fail "$(<various.err)"
  questions 3
  [ "$(grep -c 'allowed, asked' "$TRACE")" = 3 ] || fail
}

@test "on the terminal: the question, an answer, and a terminal that goes away" {
  write_prober
  capture tty "$(python_program)" "$BATS_TEST_DIRNAME/pty_ask.py" 'y s' "$NETJAIL" trace -o "$TRACE" \
    -r 'ask localhost' -- "$(python_program)" prober.py 1 1
  [ "$STATUS" = 0 ] || fail "$(<tty.out)" "$(<tty.err)"
  grep -q 'asks for connect localhost.:1/tcp (127.0.0.1:1 localhost)' tty.out || fail "$(<tty.out)"
  grep -q 'rule -r:1: ask localhost' tty.out || fail "$(<tty.out)"
  [ "$(grep -c 'allowed, asked -r:1$' "$TRACE")" = 2 ] || fail
  capture tty "$(python_program)" "$BATS_TEST_DIRNAME/pty_ask.py" 'n' "$NETJAIL" trace -o "$TRACE" \
    -r 'ask localhost' -- "$(python_program)" prober.py 1
  assert_line 'refused, asked -r:1$'
  capture tty "$(python_program)" "$BATS_TEST_DIRNAME/pty_ask.py" hangup "$NETJAIL" trace -o "$TRACE" \
    -r 'ask localhost' -- nohup "$(python_program)" prober.py 1 2
  assert_no_line allowed
  assert_nothing_left
}
