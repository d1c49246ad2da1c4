#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/layers/headers.sh ROOT COMPILER FLAG... - compiles every header alone, and twice over
set -eu

root=$1
shift

cd "$root"
status=0
count=0
for header in $(find base net arch names rules audit tracer cli -name '*.h' | LC_ALL=C sort); do
  count=$((count + 1))
  if ! printf '#include "%s"\n#include "%s"\nint header_alone;\n' "$header" "$header" |
    "$@" -fsyntax-only -x c -; then
    echo "$header: does not compile alone"
    status=1
  fi
done
if [ "$count" -eq 0 ]; then
  echo "no header under $root"
  status=1
fi
echo "$count headers"
exit $status
