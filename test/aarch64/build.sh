#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/build.sh SOURCE DIR BUILD [CMAKE-OPTION...] - netjail and all its tests for aarch64
#
# DIR is that of fetch.sh, DIR/BUILD the build folder. Warnings are errors, and the flags are a
# release's, but for what only a debugger reads.
set -euo pipefail

source=$1 dir=$2 build=$2/$3
shift 3

for tool in aarch64-linux-gnu-gcc clang ld.lld; do
  if ! command -v "$tool" > /dev/null; then
    echo "skipped: no $tool (script/setup installs it)"
    exit 77
  fi
done
"$source/test/aarch64/fetch.sh" "$dir" sysroot sysroot32 || exit $?
cc32="clang --target=armv7-linux-gnueabihf --sysroot=$dir/sysroot32 -fuse-ld=lld"

cmake -S "$source" -B "$build" -G Ninja --log-level=WARNING \
  -DCMAKE_TOOLCHAIN_FILE="$source/cmake/aarch64.cmake" -DNETJAIL_SYSROOT="$dir/sysroot" \
  -DNETJAIL_CC32="$cc32" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DCMAKE_C_FLAGS_RELWITHDEBINFO='-O2 -DNDEBUG' -DNETJAIL_WERROR=ON -DNETJAIL_HARDEN=ON "$@"
cmake --build "$build" --parallel 2

aarch64-linux-gnu-readelf -h "$build/netjail" | grep -q AArch64
