#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/sysroot.sh DIR - an arm64 sysroot in DIR/root, of Debian packages; exit 77: cannot be had here
#
# An apt of our own downloads and dpkg-deb unpacks: the machine's list of packages and its
# architectures stay as they are. Sources, keys and proxy are the machine's. Done once: DIR/stamp.
set -euo pipefail

packages=(libc6 libc6-dev libgcc-s1 linux-libc-dev libseccomp2 libseccomp-dev
  libjansson4 libjansson-dev uthash-dev)
dir=$(mkdir -p "$1" && cd "$1" && pwd)

skip() {
  echo "skipped: no arm64 sysroot: $*"
  exit 77
}

# quietly COMMAND... - its output goes to the log, whose end is told when it fails
quietly() {
  "$@" >> "$dir/log" 2>&1 || { tail -n 5 "$dir/log"; return 1; }
}

own_apt() {
  mkdir -p "$dir"/apt/{state/lists,cache/archives}/partial
  : > "$dir/apt/status"
  cat > "$dir/apt/apt.conf" << END
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "";
Dir::State "$dir/apt/state";
Dir::State::status "$dir/apt/status";
Dir::Cache "$dir/apt/cache";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "10";
Acquire::https::Timeout "10";
END
  export APT_CONFIG=$dir/apt/apt.conf
}

unpack() {
  rm -rf "$dir/root"
  mkdir -p "$dir/root/usr/lib"
  ln -s usr/lib "$dir/root/lib"
  for deb in "$dir"/debs/*.deb; do
    # dpkg-deb -x would replace the link by a directory
    dpkg-deb --fsys-tarfile "$deb" |
      tar -x --keep-directory-symlink --exclude './usr/share' -C "$dir/root"
  done
  # absolute links would lead out of the sysroot
  find "$dir/root" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    ln -sfn "$(realpath -ms --relative-to="${link%/*}" "$dir/root$(readlink "$link")")" "$link"
  done
}

# Another list of packages makes another sysroot.
want="${packages[*]}"
if [[ -e $dir/stamp && $(< "$dir/stamp") == "$want" ]]; then
  exit 0
fi
for tool in apt-get dpkg-deb; do
  command -v "$tool" > /dev/null || skip "no $tool"
done

: > "$dir/log"
own_apt
quietly apt-get -qq update || skip "apt-get update failed (offline?)"
rm -rf "$dir/debs"
mkdir "$dir/debs"
cd "$dir/debs"
quietly apt-get -qq download "${packages[@]}" || skip "apt-get download failed (offline, or no arm64 there)"
unpack
[[ -e $dir/root/usr/include/seccomp.h && -e $dir/root/usr/include/jansson.h &&
  -e $dir/root/usr/include/uthash.h ]] || skip "incomplete packages"
rm -rf "$dir/apt" "$dir/debs"
echo "$want" > "$dir/stamp"
