#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/static/cppcheck.sh SOURCE - cppcheck finds nothing in the product
set -euo pipefail

cd "$1"
# shellcheck source=test/static/lib.sh
. test/static/lib.sh

if ! command -v cppcheck > /dev/null; then
  echo "skipped: no cppcheck (script/setup installs it)" >&2
  exit 77
fi
# System headers are not read: it knows the C library from its own tables, and uthash from here.
# shellcheck disable=SC2086 # the layers are words
cppcheck --enable=all --inline-suppr --error-exitcode=1 --quiet \
  --std=c11 --library=posix,gnu,test/static/uthash.cfg -I . -D_GNU_SOURCE \
  --suppressions-list=test/static/cppcheck.suppressions $LAYERS
