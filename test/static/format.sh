#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/static/format.sh SOURCE - the product is formatted as .clang-format says, and comments, which
# that leaves alone, end within 90 columns
set -euo pipefail

cd "$1"
# shellcheck source=test/static/lib.sh
. test/static/lib.sh

formatter=$(tool clang-format 14)
sources '*.[ch]' | xargs -0 "$formatter" --dry-run -Werror

# expand(1) counts bytes; the product is ASCII.
sources '*.[ch]' | {
  failed=0
  while IFS= read -r -d '' file; do
    expand "$file" | awk -v file="$file" '
      length($0) > 90 { print file ":" FNR ": longer than 90 columns"; failed = 1 }
      END { exit failed }' || failed=1
  done
  exit "$failed"
}
