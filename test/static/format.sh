#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/static/format.sh SOURCE - the product is formatted as .clang-format says
set -euo pipefail

cd "$1"
# shellcheck source=test/static/lib.sh
. test/static/lib.sh

formatter=$(tool clang-format 14)
sources '*.[ch]' | xargs -0 "$formatter" --dry-run -Werror
