#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/layers/selftest.sh COMPILER... - plants one violation after the other; each must be found
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# A tree that is right: every folder, and every include that is allowed.
fresh() {
  rm -rf "$work/tree" "$work/layers"
  mkdir -p "$work/tree" "$work/layers"
  cp "$here"/check.sh "$here"/layers.awk "$here"/headers.sh "$work/layers/"
  : > "$work/layers/exceptions"
  cd "$work/tree"
  for layer in base net arch names rules audit tracer cli; do
    mkdir $layer
    printf '#include <stdint.h>\nuint32_t %s_one(void);\n' $layer > $layer/one.h
    printf '#include "%s/one.h"\n' $layer > $layer/one.c
  done
  echo 'extern int verdict;' > rules/verdict.h
  printf '#include "rules/verdict.h"\n#include "net/one.h"\n#include <net/if.h>\n' >> audit/one.c
  printf '#if defined(__x86_64__)\n#endif\n' >> arch/one.c
  echo '#include "tracer/one.h"' >> cli/one.c
  echo '#include "arch/one.h"' >> tracer/one.c
}

# finds WHAT COMMAND... - the command must fail and name WHAT
finds() {
  what=$1
  shift
  if output=$("$@" 2>&1); then
    echo "not found: $what"
    failures=$((failures + 1))
  elif ! printf '%s\n' "$output" | grep -qF "$what"; then
    printf 'found, but not said (%s):\n%s\n' "$what" "$output"
    failures=$((failures + 1))
  fi
}

# passes COMMAND... - it must not complain
passes() {
  if ! output=$("$@" 2>&1); then
    printf 'a right tree fails:\n%s\n' "$output"
    failures=$((failures + 1))
  fi
}

# plant FILE WHERE TEXT - adds a line to a fresh tree; WHERE of it must be named
plant() {
  fresh
  printf '%s\n' "$3" >> "$1"
  finds "$1:$2" "$work/layers/check.sh" "$work/tree"
}

fresh
passes "$work/layers/check.sh" "$work/tree"
passes "$work/layers/headers.sh" "$work/tree" "$@" -iquote .

plant base/one.c 2 '#include "net/one.h"'
plant net/one.c 2 '#include "rules/verdict.h"'
plant arch/one.h 3 '#include "net/one.h"'
plant names/one.c 2 '#include "rules/verdict.h"'
plant rules/one.c 2 '#  include "names/one.h"'
plant audit/one.c 5 '#include "rules/one.h"'
plant tracer/one.c 3 '#include "cli/one.h"'
plant cli/one.c 3 '#include <tracer/one.h>'
plant cli/one.c 3 '#include "one.h"'
plant cli/one.c 3 '#include "../net/one.h"'
plant cli/one.c 3 '#include "./net/one.h"'
plant cli/one.c 3 '#include "net/none.h"'
plant cli/one.c 3 '#include "net/one.c"'
plant tracer/one.c 3 '#if defined(__x86_64__)'
plant tracer/one.c 3 '#ifdef __aarch64__'
plant base/one.h 3 '#elif defined __i386__'
plant net/one.c 2 '#ifndef __arm__'
plant net/one.c 3 "$(printf '#if 0 || \\\n  defined(__arm__)')"
plant base/one.h 151 "$(seq 149)"
plant base/one.c 401 "$(seq 400)"

fresh
seq 400 >> base/one.c
echo 'base/one.c 401' > "$work/layers/exceptions"
passes "$work/layers/check.sh" "$work/tree"
echo 'more' >> base/one.c
finds base/one.c:402 "$work/layers/check.sh" "$work/tree"
fresh
echo 'base/one.c 401' > "$work/layers/exceptions"
finds 'base/one.c:0' "$work/layers/check.sh" "$work/tree"
finds 'no source file' "$work/layers/check.sh" "$work/layers"

fresh
echo 'size_t lacks_an_include(void);' >> net/one.h
finds 'net/one.h: does not compile alone' "$work/layers/headers.sh" "$work/tree" "$@" -iquote .
fresh
echo 'struct not_guarded { int i; };' >> net/one.h
finds 'net/one.h: does not compile alone' "$work/layers/headers.sh" "$work/tree" "$@" -iquote .

echo "$failures failures"
exit $((failures > 0))
