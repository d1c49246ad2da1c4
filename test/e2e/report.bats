#!/usr/bin/env bats
# The report: what a suspicious program did is in it, and nothing of what a usual one does; learn

load helper

logged() {
  timeout "$LIMIT" "$NETJAIL" trace -q -o "$TRACE" --log log "$@" >out 2>err </dev/null 3>&-
}

# The ids of findings, an evasion by its name, sorted on one line.
findings() {
  "$NETJAIL" report --json "${1:-log}" |
    jq -r '.findings[] | if .id == "evasion" then .about else .id end' | sort -u | tr '\n' ' '
}

@test "report: a program that does what malware does" {
  need jq
  logged --report page.html -r "refuse $V4" -- "$VICTIMS/suspicious"
  local want='beacon cleartext clone-untraced dns-tunnel hard-coded-address host-scan io_uring-setup listens memfd-exec metadata-service port-scan preload raw-socket tor-port tracer-attacked '
  [ "$(findings)" = "$want" ] || fail "$(findings)"
  # each with evidence: an event that is in the log
  "$NETJAIL" report --json log >report.json
  [ "$(jq '[.findings[] | select((.evidence | length) == 0)] | length' report.json)" = 0 ]
  local sequence
  for sequence in $(jq '.findings[].evidence[].sequence' report.json | sort -un); do
    grep -q "\"sequence\":$sequence[,}]" log || fail "no event $sequence"
  done
  [ "$(jq -r '.refused' report.json)" = 8 ]
  grep -q 'Findings' page.html
  grep -q 'tracer-attacked' page.html
}

# usual -- PROGRAM... - works under netjail, reaches the local server, and sets off no finding
usual() {
  rm -f log
  logged -r "refuse $V4" "$@" || fail "$* ended with $?: $(cat err)"
  [ "$(findings)" = '' ] || fail "$* set off: $(findings)"
  "$NETJAIL" report --json log | jq -e '.destinations[] | select(.port == 8090 and .allowed > 0)' >/dev/null ||
    fail "$* has not been seen"
}

@test "report: usual programs set off nothing" {
  need jq
  need curl
  need_victim echo_servers
  mkdir www repo
  echo hello >www/index.html
  local python
  python=$(python_program)
  background_ready "$python" -c '
import http.server, os
os.chdir("www")
s = http.server.HTTPServer(("127.0.0.1", 8090), http.server.SimpleHTTPRequestHandler)
print("ready", flush=True)
s.serve_forever()'
  usual -- curl -sf http://127.0.0.1:8090/index.html
  need git
  git init -q repo
  git -C repo -c user.name=x -c user.email=x@example.org commit -q --allow-empty -m x
  git clone -q --bare repo www/repo.git
  git -C www/repo.git update-server-info
  usual -- git clone -q http://127.0.0.1:8090/repo.git cloned
  [ -d cloned/.git ]
  need apt-get
  mkdir -p apt/lists/partial apt/cache/archives/partial www/deb
  : >www/deb/Packages
  : >apt/status
  echo "deb [trusted=yes] http://127.0.0.1:8090/deb ./" >apt/sources.list
  usual -- apt-get -qq -o Dir::State="$PWD/apt" -o Dir::State::status="$PWD/apt/status" \
    -o Dir::Cache="$PWD/apt/cache" -o Dir::Etc::SourceList="$PWD/apt/sources.list" \
    -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User= update
  ls apt/lists/*Packages* >/dev/null
}

@test "report: the same numbers in every format" {
  need jq
  start_recorder
  logged -r "refuse $V4" -- bash -c "'$VICTIMS/connect_tcp' $V4 $PORT; '$VICTIMS/connect_tcp' $V4_OTHER $PORT"
  "$NETJAIL" report -o page.html log
  "$NETJAIL" report --md log >page.md
  "$NETJAIL" report --json log >page.json
  [ "$(jq -r '"\(.allowed) \(.refused) \(.destinations | length)"' page.json)" = '1 1 2' ]
  grep -q '^1 calls allowed, 1 refused' page.md
  grep -q '<b>1</b> calls allowed</span><span><b>1</b> refused' page.html
  grep -q '^| - | 203.0.113.7 | 8080 | tcp |' page.md
  [ "$(jq -r '.stix.objects[].pattern' page.json | grep -c ipv4-addr)" = 2 ]
}

@test "report: what a dry run would refuse" {
  need jq
  start_recorder
  logged --dry-run -r "refuse $V4" -- bash -c "'$VICTIMS/connect_tcp' $V4 $PORT; '$VICTIMS/connect_tcp' $V4_OTHER $PORT"
  [ "$("$NETJAIL" report --json log | jq -r '"\(.allowed) \(.refused) \(.would_be_refused)"')" = '1 0 1' ]
  "$NETJAIL" report --md log | grep -q '^1 calls allowed, 0 refused, 1 would be refused'
  "$NETJAIL" report log | grep -q '<b>1</b> would be refused'
}

@test "report: hostile names stay text, and the page loads nothing" {
  local evil
  evil=$(printf 'x<img src=y onerror=alert(1)>\033[31m\342\200\256\377')
  cp "$VICTIMS/connect_tcp" "./$evil"
  logged -- "./$evil" "$V4" 1 || true
  "$NETJAIL" report log >page.html
  "$NETJAIL" report --md log >page.md
  assert_no_line '<img|<[a-z][^<>]* (src|href)=|url\(|@import' page.html
  grep -q "default-src 'none'" page.html
  if LC_ALL=C grep -q $'\033\|\342\200\256\|\377' page.html page.md; then fail 'raw bytes'; fi
  grep -qF '&#60;img' page.html
  grep -qF '\u{202e}' page.html
  grep -qF '\xff' page.html
}

@test "report: in a browser there is no error and no request; search and sort work" {
  need chromium
  need unshare
  logged -r "refuse $V4" -- bash -c "'$VICTIMS/connect_tcp' $V4 2; '$VICTIMS/connect_tcp' $V4 1" || true
  "$NETJAIL" report log >page.html
  local flags=(--headless --no-sandbox --disable-gpu --disable-background-networking
    --disable-component-update --disable-sync --no-first-run "--user-data-dir=$PWD/profile")
  timeout 50 chromium "${flags[@]}" --enable-logging=stderr --dump-dom "file://$PWD/page.html" >dom 2>console
  assert_no_line 'CONSOLE' console
  # The same page, with a script behind it that uses it.
  cat >use.js <<'END'
const q = document.getElementById("dests-q"), t = document.getElementById("dests");
const ports = () => [...t.tBodies[0].rows].filter(r => !r.hidden).map(r => r.cells[2].textContent).join();
const seen = [ports()];
t.tHead.rows[0].cells[2].firstElementChild.click(); seen.push(ports());
t.tHead.rows[0].cells[2].firstElementChild.click(); seen.push(ports());
q.value = "nothing"; q.dispatchEvent(new Event("input")); seen.push(ports());
document.title = seen.join(" ");
END
  { sed -e '/Content-Security-Policy/d' -e 's|</body></html>||' page.html; echo '<script>'; cat use.js
    echo '</script></body></html>'; } >used.html
  timeout 50 chromium "${flags[@]}" --dump-dom "file://$PWD/used.html" >dom 2>/dev/null
  grep -q '<title>2,1 1,2 2,1 *</title>' dom || fail "$(grep -o '<title>[^<]*' dom)"
}

@test "report: the log of a run that was killed, a changed log, no log" {
  need jq
  logged -- bash -c "'$VICTIMS/connect_tcp' $V4 1; true"
  head -n 4 log >cut
  sed 3d log >missing
  sed '3s/connect_tcp/connect_xyz/' log >changed
  [ "$("$NETJAIL" report --json cut | jq '.runs[0].ended')" = false ]
  "$NETJAIL" report --md cut | grep -q 'has no end of this run'
  [ "$("$NETJAIL" report --json missing | jq '.runs[0].log.gaps')" = 1 ]
  [ "$("$NETJAIL" report --json changed | jq '.runs[0].log.chain_breaks')" = 1 ]
  "$NETJAIL" report changed | grep -q 'The log is not whole'
  [ "$("$NETJAIL" report --json log | jq '.runs[0].log.chain_breaks')" = 0 ]
  run -125 "$NETJAIL" report
  run -125 "$NETJAIL" report /nonexistent
  run -125 "$NETJAIL" report /etc/passwd
  [[ $output == *'no line of a log'* ]]
}

@test "report: from standard input, from several logs" {
  need jq
  logged -- "$VICTIMS/connect_tcp" "$V4" 1 || true
  mv log one
  logged -- "$VICTIMS/connect_tcp" "$V4" 2 || true
  [ "$("$NETJAIL" report --json - <one | jq '.runs | length')" = 1 ]
  [ "$("$NETJAIL" report --json one log | jq '(.runs | length), (.destinations | length)' | tr '\n' ' ')" = '2 2 ' ]
}

@test "learn: a run under the rules that its log gave is the same run" {
  start_recorder
  local calls="'$VICTIMS/connect_tcp' $V4 $PORT; '$VICTIMS/send_udp' $V4_OTHER $PORT sendto; '$VICTIMS/connect_tcp' $V4 1; true"
  logged -- bash -c "$calls"
  "$NETJAIL" learn log >learnt.rules
  grep -qx "allow $V4:1,$PORT/tcp  # 2 times" learnt.rules
  cp "$TRACE" before
  # replayed, and run again
  "$NETJAIL" learn --check learnt.rules log >replayed
  grep -qx '3 calls would be allowed, 0 refused' replayed
  echo "refuse $V4:1" | cat - learnt.rules >narrow.rules
  run -1 "$NETJAIL" learn --check narrow.rules log
  [[ $output == *"connect $V4 port 1 would be refused by narrow.rules:1"* ]]
  [[ $output == *'2 calls would be allowed, 1 refused'* ]]
  logged --rules learnt.rules -- bash -c "$calls"
  assert_no_line ' refused [a-z]+[.:]| refused default'
  diff <(sed -E 's/\[[0-9]+\]//; s/ (allowed|refused) .*//' before) <(sed -E 's/\[[0-9]+\]//; s/ (allowed|refused) .*//' "$TRACE")
  logged --rules learnt.rules -- "$VICTIMS/connect_tcp" "$V4_OTHER" "$PORT" || true
  assert_line ' refused default'
}

@test "trace --report: the page alone, without a log kept" {
  capture page "$NETJAIL" trace -q --report page.html -- "$VICTIMS/connect_tcp" "$V4" 1
  grep -q 'calls allowed' page.html
  grep -q '</html>' page.html
  capture none "$NETJAIL" trace --report /nonexistent/page.html -- touch ran
  [ "$STATUS" = 125 ]
  [ ! -e ran ]
}
