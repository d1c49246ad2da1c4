#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# check, why and import: rules looked at without running anything.

load helper

# says STATUS REGEX... - the last capture ended so, and its output has each of these lines
says() {
  [ "$STATUS" = "$1" ] || fail "status $STATUS" "$(<said.out)" "$(<said.err)"
  shift
  local line
  for line in "$@"; do
    grep -qE -- "$line" said.out || fail "no line '$line'" "$(<said.out)" "$(<said.err)"
  done
}

@test "check: errors, dead rules, and nothing to say" {
  printf 'allow lan\nrefuse 10.0.0.1\n' >game.rules
  capture said "$NETJAIL" check game.rules
  says 1 '^game.rules:2 can never match: it is hidden by game.rules:1$' '^    refuse 10.0.0.1$' \
    '^2 rules, default allow; 1 can never match$'
  printf 'refuse 10.0.0.1\nallow lan\ndefault refuse\n' >game.rules
  capture said "$NETJAIL" check game.rules
  says 0 '^2 rules, default refuse$'
  printf 'refuze *\n' >game.rules
  capture said "$NETJAIL" check game.rules
  says 1
  grep -q "game.rules:1:1: unknown verb 'refuze'; did you mean 'refuse'?" said.err
  capture said "$NETJAIL" check
  says 125
}

@test "why: the rule that decides, and those passed over" {
  printf 'refuse .ads.example\nallow localhost:80 exe /bin/x\nrefuse localhost\n' >game.rules
  capture said "$NETJAIL" why --rules game.rules --exe /bin/x 127.0.0.1:80
  says 0 '^  game.rules:1 +refuse .ads.example$' 'passed over: another destination$' \
    '^allow game.rules:2   allow localhost:80 exe /bin/x$'
  capture said "$NETJAIL" why --rules game.rules --exe /bin/y 127.0.0.1:80
  says 1 "passed over: 'exe /bin/x' does not hold\$" '^refuse game.rules:3   refuse localhost$'
  capture said "$NETJAIL" why --rules game.rules '[::1]:443/udp'
  says 1 '^refuse game.rules:3'
  capture said "$NETJAIL" why -r 'refuse .ads.example' www.ads.example:443
  says 1 '^refuse -r:1'
  grep -q 'no known address' said.err
  capture said "$NETJAIL" why -r 'ask bind *' --bind 127.0.0.1:80
  says 1 '^ask -r:1'
  capture said "$NETJAIL" why -r 'allow * user 0 arg -x under */sh script */y' --exe /x --user 0 \
    --arg -x --under /bin/sh --script /y 192.0.2.1:1/sctp
  says 0 '^allow -r:1'
  capture said "$NETJAIL" why -r 'refuse unix:/x unix:@x' unix:@x
  says 1 '^refuse -r:1'
  capture said "$NETJAIL" why nonsense
  says 125
}

@test "import opensnitch: what can be said, in its order, the rest as comments" {
  mkdir rules
  cat >rules/b.json <<'END'
{"name": "web", "enabled": true, "action": "allow", "duration": "always", "operator":
 {"type": "list", "operand": "list", "list": [
  {"type": "simple", "operand": "process.path", "data": "/opt/a b/web"},
  {"type": "regexp", "operand": "dest.host", "data": "^(|.*\\.)example\\.com$"},
  {"type": "simple", "operand": "dest.port", "data": "443"},
  {"type": "simple", "operand": "protocol", "data": "tcp6"}]}}
END
  cat >rules/c.json <<'END'
{"name": "no\nlan", "enabled": true, "action": "deny", "duration": "always", "operator":
 {"type": "network", "operand": "dest.network", "data": "10.0.0.0/8"}}
END
  cat >rules/d.json <<'END'
{"name": "hash", "enabled": true, "action": "deny", "duration": "once", "operator":
 {"type": "simple", "operand": "process.hash.md5", "data": "0123"}}
END
  cat >rules/e.json <<'END'
{"name": "first", "enabled": true, "precedence": true, "action": "allow", "duration": "always",
 "operator": {"type": "simple", "operand": "dest.ip", "data": "2001:db8::1"}}
END
  cat >rules/f.json <<'END'
{"name": "off", "enabled": false, "action": "reject", "duration": "always",
 "operator": {"type": "simple", "operand": "dest.host", "data": "ads.example"}}
END
  capture said "$NETJAIL" import opensnitch rules
  says 0
  grep -v '^# Rules of' said.out >got
  cat >want <<'END'
# first
allow [2001:db8::1]
# hash
# no equal: duration once, process.hash.md5 0123
# refuse *
# no\nlan
refuse 10.0.0.0/8
# off
# disabled
# refuse ads.example
# web
allow .example.com:443/tcp exe /opt/a?b/web
END
  diff -u want got
  capture said "$NETJAIL" check got
  says 0
  echo '[1' >rules/g.json
  capture said "$NETJAIL" import opensnitch rules
  says 125
}

@test "import lsrules" {
  cat >group.lsrules <<'END'
{"name": "x", "denied-remote-domains": ["ads.example"], "denied-remote-addresses": ["192.0.2.1"],
 "rules": [
  {"action": "deny", "process": "any", "remote": "any", "notes": "the rest"},
  {"action": "allow", "process": "/usr/bin/curl", "remote-domains": ["a.example", "b.example"],
   "ports": "80, 443", "protocol": "tcp"},
  {"action": "allow", "process": "identifier:com.apple.x", "remote": "local-net"},
  {"action": "deny", "process": "any", "remote-addresses": "192.0.2.1-192.0.2.9"}]}
END
  capture said "$NETJAIL" import lsrules group.lsrules
  says 0
  grep -v '^# Rules of' said.out >got
  cat >want <<'END'
# allow
allow .a.example:80,443/tcp .b.example:80,443/tcp exe /usr/bin/curl
# allow
# no equal: process identifier:com.apple.x
# allow lan
# deny
# no equal: remote-addresses 192.0.2.1-192.0.2.9
# refuse *
# the rest
refuse *
# denied-remote-domains
# ads.example
refuse .ads.example
# denied-remote-addresses
# 192.0.2.1
refuse 192.0.2.1
END
  diff -u want got
  capture said "$NETJAIL" import nothing x
  says 125
}

@test "names in rules: /etc/hosts, direct, and what the first line says" {
  capture named jail -r 'refuse localhost.' -- bash -c 'exec 3<>/dev/tcp/127.0.0.1/1'
  grep -q 'default allow; names: /etc/hosts' trace || fail
  assert_line '127.0.0.1:1 \[localhost\]\) = -1 ECONNREFUSED .* refused -r:1$'
  capture direct jail -r 'refuse direct' -- bash -c 'exec 3<>/dev/tcp/127.0.0.9/1'
  assert_line '127.0.0.9:1\) = -1 ECONNREFUSED .* refused -r:1$'
}

@test "conditions: executable, ancestors, script and arguments, of who calls" {
  local connect='exec 3<>/dev/tcp/127.0.0.1/1'
  printf '#!/bin/bash\n%s\n' "$connect" >try.sh
  chmod +x try.sh
  capture a jail -r 'refuse * script */try.sh arg x arg y' -- ./try.sh x y
  assert_line 'refused -r:1$'
  capture b jail -r 'refuse * script */try.sh' -- bash try.sh
  assert_line 'refused -r:1$'
  capture c jail -r 'refuse * exe */bash !under */env' -- bash -c "$connect"
  assert_line 'refused -r:1$'
  capture d jail -r 'refuse * exe */bash under */env' -- env bash -c "$connect"
  assert_line 'refused -r:1$'
  capture e jail -r "refuse * user $(id -u)" -r 'allow *' -- bash -c "$connect"
  assert_line 'refused -r:1$'
  capture f jail -r 'refuse * exe /nowhere' -- bash -c "$connect"
  assert_line 'allowed default$'
}
