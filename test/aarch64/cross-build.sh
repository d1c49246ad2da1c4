#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/cross-build.sh SOURCE DIR - builds netjail and its unit tests for aarch64 in DIR
set -euo pipefail

source=$1
dir=$2

if ! command -v aarch64-linux-gnu-gcc > /dev/null; then
  echo "skipped: no aarch64-linux-gnu-gcc (package gcc-aarch64-linux-gnu)"
  exit 77
fi
"$source/test/aarch64/sysroot.sh" "$dir/sysroot" || exit $?

cmake -S "$source" -B "$dir/build" -G Ninja --log-level=WARNING \
  -DCMAKE_TOOLCHAIN_FILE="$source/cmake/aarch64.cmake" -DNETJAIL_SYSROOT="$dir/sysroot/root" \
  -DCMAKE_BUILD_TYPE=RelWithDebInfo -DNETJAIL_WERROR=ON -DNETJAIL_HARDEN=ON
targets=(netjail)
for test in "$source"/test/unit/test_*.c; do
  targets+=("$(basename "$test" .c)")
done
cmake --build "$dir/build" --parallel 2 --target "${targets[@]}"

aarch64-linux-gnu-readelf -h "$dir/build/netjail" | grep -q AArch64
