#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/selftest.sh HERE DIR - what judges a guest fails when it must: boots five small guests
#
# A guest that passes, one with a failing test, one that panics, one that hangs, and one that ends
# without the marker, however much it prints what looks like it. DIR is that of fetch.sh.
set -euo pipefail

here=$1 dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# archive DIR FILE
archive() {
  (cd "$1" && find . -mindepth 1 -print0 | LC_ALL=C sort -z |
    cpio -o -0 -H newc --quiet -R 0:0) > "$2"
}

# The root of these guests: busybox and bash with what it is linked to, a megabyte or two.
small_root() {
  mkdir -p "$work/small"/{guest,proc,sys,dev,run,tmp}
  (cd "$work/small" && cpio -id --quiet --no-absolute-filenames bin lib sbin usr/bin/{bash,env} \
    usr/bin/{busybox,true,false,cat,cut,mkdir,nproc,sed,timeout,uname,chmod} 'usr/lib/ld-linux*' \
    usr/bin/{echo,flock,grep,mktemp,taskset} \
    'usr/lib/aarch64-linux-gnu/'{'ld-*','libc.so*','libtinfo.so*','libselinux.so*','libpcre2-8*'} \
    'usr/lib/aarch64-linux-gnu/libacl.so*' 'usr/lib/locale/C.utf8*' < "$dir/root.cpio")
  cp "$here/guest/init" "$work/small/init"
  cp "$here/guest/run" "$work/small/guest/run"
}

# try WANT LIMIT TEXT WHAT - boots with the plan of standard input: WANT is pass or fail, and the
# output holds TEXT
try() {
  local want=$1 limit=$2 text=$3 what=$4 got=pass
  cat > "$work/small/guest/plan"
  archive "$work/small" "$work/small.cpio"
  "$here/boot.sh" "$dir/kernel-6.1" 1 "$limit" "$work/small.cpio" > "$work/out" 2>&1 || got=fail
  if [[ $got == "$want" ]] && grep -q -- "$text" "$work/out"; then
    echo "ok - $what"
  else
    echo "not ok - $what: $got"
    sed 's/^/# /' "$work/out"
    failed=1
  fi
}

small_root
try pass 300 'guest: ok fine' 'tests that pass' << 'END'
run_test fine /tmp 10 77 true
END
try fail 300 'guest: not ok bad' 'a failing test' << 'END'
run_test fine /tmp 10 77 true
run_test bad /tmp 10 77 false
END
try fail 300 'Kernel panic' 'a panic' << 'END'
run_test fine /tmp 10 77 true
run_test panic /tmp 10 77 bash -c 'echo c > /proc/sysrq-trigger'
END
try fail 12 'no verdict' 'a hang' << 'END'
run_test fine /tmp 100 77 busybox sleep 100
END
try fail 300 'no verdict' 'a guest that ends without the marker' << 'END'
run_test fine /tmp 10 77 true
run_test end /tmp 10 77 bash -c 'echo "verdict- 0
$(cat /proc/cmdline) 0
verdict-123 0" > /dev/console; busybox poweroff -f'
END
exit $failed
