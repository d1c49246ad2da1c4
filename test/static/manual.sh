#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/static/manual.sh SOURCE NETJAIL - every option stands in the manual and the README, and the
# manuals have no errors
set -euo pipefail

source=$1
netjail=$2
failed=0

fail() {
  echo "$*" >&2
  failed=1
}

options=$({ "$netjail" trace --help; "$netjail" report --help; "$netjail" learn --help; } |
  grep -o -- '--[a-z][a-z-]*' | sort -u)
[ -n "$options" ] || fail "no options in 'netjail trace --help'"
for option in $options; do
  [ "$option" != --help ] || continue
  grep -q -- "Fl Fl ${option#--}" "$source/doc/netjail.1" || fail "doc/netjail.1 lacks $option"
  grep -q -- "\`.*$option" "$source/README.md" || fail "README.md lacks $option"
done

for manual in "$source"/doc/*.[1-8]; do
  if command -v mandoc > /dev/null; then
    mandoc -T lint -W warning "$manual" >&2 || fail "$manual: see above"
  elif command -v man > /dev/null; then
    warnings=$(man --warnings -E UTF-8 -l "$manual" 2>&1 > /dev/null)
    [ -z "$warnings" ] || fail "$manual: $warnings"
  fi
done
exit "$failed"
