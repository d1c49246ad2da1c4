#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/layers/check.sh ROOT - the order of the folders, the budgets of the files, the place of arch code
set -eu

root=$1
here=$(cd "$(dirname "$0")" && pwd)

cd "$root"
files=$(find base net arch names rules audit tracer cli -name '*.[ch]' | LC_ALL=C sort)
if [ -z "$files" ]; then
  echo "no source file under $root" >&2
  exit 1
fi
# shellcheck disable=SC2086 # names of ours, without blanks
exec awk -v exceptions="$here/exceptions" -f "$here/layers.awk" -- $files
