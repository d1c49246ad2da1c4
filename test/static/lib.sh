# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/static/lib.sh - what the static checks have in common: the tool, and the files

readonly LAYERS='base net names rules arch audit tracer cli'

# tool NAME VERSION - prints the program's name; exits with 77 when there is none of that version,
# because another one finds and formats other things
tool() {
  local name
  for name in "$1-$2" "$1"; do
    if command -v "$name" > /dev/null && "$name" --version | grep -q "version $2\."; then
      echo "$name"
      return
    fi
  done
  echo "skipped: no $1 $2 (script/setup installs it)" >&2
  exit 77
}

# sources PATTERN - the files of every layer, each name with a NUL
sources() {
  local layer
  for layer in $LAYERS; do
    find "$layer" -name "$1" -print0
  done
}
