#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/guest.sh SOURCE DIR BUILD KERNEL CPUS SECONDS PATTERN [VARIABLE=VALUE...]
#
# The tests of DIR/BUILD whose names PATTERN matches, in a guest with Linux KERNEL (6.1); see
# plan.py, boot.sh and judge.py. Needs DIR as fetch.sh and build.sh left it. GUEST_LANES is how many run
# at a time, each on one CPU (1).
set -euo pipefail

source=$1 dir=$2 build=$2/$3 kernel=$2/kernel-$4 cpus=$5 limit=$6
shift 6
here=$source/test/aarch64
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# add FILE PATH - a file of the source's for the guest
add() {
  mkdir -p "$work/root/$(dirname "$2")"
  cp "$1" "$work/root/$2"
}

# archive < PATHS - with the folders above each, which must come first
archive() {
  tr '\0' '\n' |
    awk '{ path = ""; n = split($0, part, "/")
      for (i = 1; i <= n; i++) { path = path (i > 1 ? "/" : "") part[i]; print path } }' |
    LC_ALL=C sort -u | cpio -o -H newc --quiet -R 0:0
}

add "$here/guest/init" init
add "$here/guest/run" guest/run
# shadows nothing: the guest has no other
add "$here/guest/bats" usr/bin/bats
{
  echo "lanes=${GUEST_LANES:-1}"
  "$here/plan.py" "$build" "$@"
} > "$work/root/guest/plan"
(cd "$work/root" && find . -mindepth 1 -print0 | archive) > "$work/guest.cpio"
# The programs and the tests' sources lie where the plan says: where they lie here.
(
  cd /
  find "${build#/}/netjail" "${build#/}/test" -name CMakeFiles -prune -o -type f -perm -u+x -print0
  find "${source#/}"/{test/{attacks,e2e,log,tables,fuzz/corpus},doc/howto} -print0
) | (cd / && archive) > "$work/tests.cpio"

"$here/boot.sh" "$kernel" "$cpus" "$limit" "$dir/root.cpio" "$kernel/modules.cpio" \
  "$work/guest.cpio" "$work/tests.cpio" | tee "$work/log"
"$here/judge.py" "$here/README.md" "$work/log" "$@"
