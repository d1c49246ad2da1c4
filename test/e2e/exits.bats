#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How netjail ends: the program's status, or one clear line and 125, 126 or 127; nothing left over.

load helper

# fails_with STATUS REGEX COMMAND...: that status, one line on standard error, nothing left.
fails_with() {
  local status=$1 regex=$2
  shift 2
  capture failed "$@"
  [ "$STATUS" = "$status" ] || fail "status $STATUS instead of $status" "$(<failed.err)"
  [ "$(wc -l <failed.err)" = 1 ] || fail 'not one line:' "$(head -c 3000 failed.err)"
  assert_line "^netjail: .*$regex" failed.err
  [ ! -s failed.out ] || fail 'standard output is not empty'
  assert_nothing_left
}

@test "the program's own status" {
  for status in 0 1 2 42 123 125 126 127 255; do
    capture own jail -- bash -c "exit $status"
    [ "$STATUS" = "$status" ] || fail "$STATUS instead of $status"
    [ ! -s own.err ] || fail "$(<own.err)"
  done
}

@test "death by a signal is death by the same signal" {
  for signal in HUP INT QUIT ILL ABRT FPE KILL SEGV PIPE ALRM TERM USR1 USR2 SYS XCPU; do
    number=$(kill -l "$signal")
    capture native "$VICTIMS/exit_signal" "$number"
    capture jailed jail -- "$VICTIMS/exit_signal" "$number"
    [ "$(<native.status)" = $((128 + number)) ]
    diff native.out jailed.out
    [ "$(<jailed.status)" = $((128 + number)) ] || fail "$signal: $(<jailed.status)"
  done
}

@test "a shell cannot tell death by a signal from 128+N, wait(2) can" {
  "$(python_program)" - "$NETJAIL" "$VICTIMS/exit_signal" "$TRACE" <<'EOF'
import subprocess, sys
netjail, victim, trace = sys.argv[1:]
for number in (6, 9, 11, 15):
    code = subprocess.run([netjail, "trace", "-o", trace, "--", victim, str(number)],
                          stdout=subprocess.DEVNULL).returncode
    assert code == -number, (number, code)
EOF
}

@test "a real-time signal" {
  capture jailed jail -- "$VICTIMS/exit_signal" 40
  [ "$STATUS" = 168 ] || fail "$STATUS"
}

@test "the first program decides, and netjail waits for the last" {
  capture first jail -- bash -c '(sleep 0.5; echo late >late) & exit 7'
  [ "$STATUS" = 7 ]
  [ "$(<late)" = late ] || fail 'netjail did not wait'
  assert_nothing_left
}

@test "a missing program" {
  # A folder in PATH that may not be searched would make it 126, as in a shell.
  PATH=/usr/bin:/bin fails_with 127 'no-such-program.*(not found|No such file)' \
    "$NETJAIL" trace no-such-program
  fails_with 127 '/no/such/path.*No such file' "$NETJAIL" trace /no/such/path
  fails_with 127 '' "$NETJAIL" trace ''
}

@test "a script whose interpreter is missing" {
  printf '#!/no/such/interpreter\n' >script
  chmod +x script
  fails_with 127 'script' "$NETJAIL" trace ./script
}

@test "a file that is not executable" {
  echo data >plain
  fails_with 126 'plain.*Permission denied' "$NETJAIL" trace ./plain
}

@test "a directory" {
  mkdir folder
  fails_with 126 'folder.*(Permission denied|Is a directory)' "$NETJAIL" trace ./folder
}

# execvp(3) hands what the kernel cannot execute to sh: env(1) shows what comes of that.
like_env() {
  capture env env "$@"
  capture jailed jail -- "$@"
  [ "$(<jailed.status)" = "$(<env.status)" ] || fail "$(<jailed.status)" "$(<jailed.err)"
  diff env.out jailed.out
  assert_nothing_left
}

@test "files of no known format" {
  head -c 100 /dev/zero >zeros
  echo 'echo from a script; exit 9' >headless
  head -c 70 "$VICTIMS/connect_tcp" >cut
  chmod +x zeros headless cut
  like_env ./zeros
  like_env ./headless
  like_env ./cut
}

# bats test_tags=no-program
@test "nothing to do" {
  fails_with 125 'program' "$NETJAIL" trace
  fails_with 125 'program' "$NETJAIL" trace -q --
}

# bats test_tags=no-program
@test "no subcommand, or an unknown one" {
  capture none "$NETJAIL"
  [ "$STATUS" = 125 ] || fail "status $STATUS"
  [ -s none.err ]
  fails_with 125 'trcae.*trace' "$NETJAIL" trcae true
}

# bats test_tags=no-program
@test "an unknown option names the nearest one" {
  fails_with 125 '--sumary.*--summary' "$NETJAIL" trace --sumary true
  fails_with 125 '--outptu.*--output' "$NETJAIL" trace --outptu x true
  fails_with 125 '-Z' "$NETJAIL" trace -Z true
  fails_with 125 '--quite-unlike-any' "$NETJAIL" trace --quite-unlike-any true
}

# bats test_tags=no-program
@test "an option without its value, or with a wrong one" {
  fails_with 125 '-r' "$NETJAIL" trace -r
  fails_with 125 '-o' "$NETJAIL" trace -o
  fails_with 125 '--rules' "$NETJAIL" trace --rules
  fails_with 125 'always|auto|never' "$NETJAIL" trace --color sometimes true
}

@test "options of the program are the program's" {
  capture own jail -- echo --summary -r -q
  [ "$(<own.out)" = '--summary -r -q' ]
  capture own jail echo --summary -r -q
  [ "$(<own.out)" = '--summary -r -q' ] || fail "$(<own.out)" "$(<own.err)"
}

# bats test_tags=no-program
@test "--help and --version" {
  for words in --help --version 'trace --help'; do
    # shellcheck disable=SC2086
    capture help "$NETJAIL" $words
    [ "$STATUS" = 0 ]
    [ -s help.out ]
    [ ! -s help.err ]
  done
  for option in -r --rules -o --summary -q --all --color -t; do
    grep -q -- "$option" help.out || fail "$option is not in the help"
  done
}

# bats test_tags=no-program
@test "a rule that is wrong" {
  capture failed "$NETJAIL" trace -r 'refues 203.0.113.7' touch started
  [ "$STATUS" = 125 ] || fail "status $STATUS"
  grep -q refuse failed.err || fail "$(<failed.err)"
  [ ! -e started ] || fail 'the program was started all the same'
  assert_nothing_left
}

@test "an empty rule file" {
  : >empty.rules
  capture empty jail --rules empty.rules -- echo ran
  [ "$STATUS" = 0 ]
  [ "$(<empty.out)" = ran ]
}

# bats test_tags=no-program
@test "a rule file that is missing, or a directory" {
  mkdir folder
  fails_with 125 'no.rules.*No such file' "$NETJAIL" trace --rules no.rules touch started
  fails_with 125 'folder.*(directory|Is a)' "$NETJAIL" trace --rules folder touch started
  [ ! -e started ]
}

# bats test_tags=no-program
@test "a rule file that may not be read" {
  echo 'refuse *' >secret.rules
  chmod 000 secret.rules
  # Without capabilities even the owner may not.
  plain=(setpriv --bounding-set=-all --inh-caps=-all --securebits=+noroot)
  "${plain[@]}" true 2>/dev/null || plain=()
  fails_with 125 'secret.rules.*Permission denied' \
    "${plain[@]}" "$NETJAIL" trace --rules secret.rules touch started
  [ ! -e started ]
}

# bats test_tags=no-program
@test "a rule file of 10 MB of noise" {
  head -c 10000000 /dev/urandom >noise.rules
  capture noise timeout "$LIMIT" "$NETJAIL" trace --rules noise.rules touch started
  [ "$STATUS" = 125 ] || fail "status $STATUS"
  grep -aq '^noise.rules:[0-9]*:[0-9]*: \|^netjail: noise.rules' noise.err ||
    fail "$(head -c 500 noise.err)"
  [ "$(wc -c <noise.err)" -lt 100000 ] || fail 'the message is as long as the noise'
  if grep -q '[^[:print:][:space:]]' noise.err; then fail 'noise reached the terminal'; fi
  [ ! -e started ]
  assert_nothing_left
}

# bats test_tags=no-program
@test "a rule file of 10 MB without a line end" {
  head -c 10000000 /dev/zero | tr '\0' a >long.rules
  capture long timeout "$LIMIT" "$NETJAIL" trace --rules long.rules touch started
  [ "$STATUS" = 125 ] || fail "status $STATUS"
  [ "$(wc -c <long.err)" -lt 10000 ]
}

# bats test_tags=no-program
@test "a rule of 100,000 bytes on the command line" {
  long=$(head -c 100000 /dev/zero | tr '\0' a)
  capture long "$NETJAIL" trace -r "refuse $long!" touch started
  [ "$STATUS" = 125 ] || fail "status $STATUS"
  [ "$(wc -c <long.err)" -lt 10000 ]
  [ ! -e started ]
}

@test "10,000 arguments" {
  mapfile -t many < <(seq 10000)
  run_both bash -c 'echo $#' "${many[@]}"
  [ "$(<jailed.out)" = 9999 ]
}

@test "an argument of 128 KiB" {
  # One argument may have 128 KiB with its NUL (execve(2)).
  capture big "$NETJAIL" trace -- /bin/echo "$(head -c 131000 /dev/zero | tr '\0' a)"
  [ "$STATUS" = 0 ] || fail "$(<big.err)"
}

# bats test_tags=no-program
@test "a trace file that cannot be written" {
  fails_with 125 '/no/dir/trace.*No such file' "$NETJAIL" trace -o /no/dir/trace touch started
  mkdir folder
  fails_with 125 'folder.*directory' "$NETJAIL" trace -o folder touch started
  [ ! -e started ]
}

@test "a full disk under the trace ends nothing" {
  [ -c /dev/full ] || skip 'no /dev/full'
  capture full "$NETJAIL" trace -o /dev/full -- "$VICTIMS/connect_tcp" 127.0.0.1 1
  [ "$STATUS" = 1 ] || fail "status $STATUS"
  assert_line 'connect: Connection refused' full.err
}

@test "standard error and output closed" {
  STATUS=0
  "$NETJAIL" trace -o "$TRACE" -- bash -c 'exit 5' <&- >&- 2>&- || STATUS=$?
  [ "$STATUS" = 5 ] || fail "status $STATUS"
  assert_line '^netjail: '
  STATUS=0
  "$NETJAIL" trace -- "$VICTIMS/connect_tcp" 127.0.0.1 1 2>&- || STATUS=$?
  [ "$STATUS" = 1 ] || fail "status $STATUS"
}

@test "the reader of the trace goes away" {
  STATUS=0
  "$NETJAIL" trace -- bash -c 'for i in {1..50}; do : 2>/dev/null >"/dev/tcp/127.0.0.1/1"; done
    echo done >finished; exit 6' 2> >(head -c 1 >/dev/null) || STATUS=$?
  [ "$STATUS" = 6 ] || fail "status $STATUS"
  [ "$(<finished)" = done ]
}

@test "no descriptor of netjail's is in the program" {
  run_both "$(python_program)" -c 'import os; print(sorted(os.listdir("/proc/self/fd")))'
}

@test "environment, limits, mask, group and folder are as they were" {
  run_both bash -c 'env | grep -v "^_=\|^SHLVL=" | sort; ulimit -a; umask; id; pwd; nice; tty;
    cat /proc/self/oom_score_adj; ps -o pgid= -p $$ | grep -c .; cat /proc/self/cgroup;
    grep "^Sig\(Blk\|Ign\|Cgt\)\|^Cap\|^Cpus_allowed:\|^Umask" /proc/self/status'
}
