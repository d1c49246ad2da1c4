#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/static/tidy.sh SOURCE - clang-tidy finds nothing in the product
#
# One file a process: clang-tidy 14 takes va_start for something else in a second file.
set -euo pipefail

cd "$1"
# shellcheck source=test/static/lib.sh
. test/static/lib.sh

tidy=$(tool clang-tidy 14)
# The registers of another CPU do not compile here.
case $(uname -m) in
  x86_64) other='arch/aarch64\(_frame\)\?\.c' ;;
  *) other='arch/x86_64\.c' ;;
esac

# The analyzer looks at TIDY_NODES paths a function, a twentieth of what it does by itself, and at all
# of them for script/test --full: they cost three quarters of the time, and have found nothing yet.
# What clang-tidy says on standard error counts findings in system headers.
check() {
  local out flags=(
    -std=gnu11 -D_GNU_SOURCE -DNETJAIL_VERSION='"0"' -iquote .
    -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wcast-align -Wcast-qual
    -Wwrite-strings -Wundef -Wvla
    -Xclang -analyzer-config -Xclang "max-nodes=${TIDY_NODES:-10000}"
  )
  out=$("$tidy" --quiet "$1" -- "${flags[@]}" 2> /dev/null) || {
    echo "$out"
    return 1
  }
}
export -f check
export tidy
# shellcheck disable=SC2016 # the inner shell expands it
sources '*.c' | grep -zvx "$other" | xargs -0 -n 1 -P "$(nproc)" bash -c 'check "$1"' check
