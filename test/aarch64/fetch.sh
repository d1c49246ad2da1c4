#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/fetch.sh DIR WHAT... - Debian arm64 packages, unpacked; exit 77: cannot be had here
#
# WHAT   sysroot     DIR/sysroot: what netjail is linked against
#        sysroot32   DIR/sysroot32: the same of armhf, for the 32-bit programs of the tests
#        root        DIR/root.cpio: the guest's root as an initramfs
#        kernel-6.1  DIR/kernel-6.1/vmlinuz and modules.cpio; likewise any other version
#
# An apt of our own downloads and dpkg-deb unpacks: the machine's list of packages and its
# architectures stay as they are. Sources, keys and proxy are the machine's. What is there already
# is not fetched again, unless test/aarch64/packages has changed (DIR/WHAT.stamp).
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
dir=$(mkdir -p "$1" && cd "$1" && pwd)
# Two that fetch take turns.
exec 9> "$dir/lock"
flock 9
# What the guest's kernel has as modules and tests use, in the order in which they load.
modules=(drivers/net/tun lib/libcrc32c net/ipv4/udp_tunnel net/ipv6/ip6_udp_tunnel net/sctp/sctp
  net/ipv4/inet_diag net/ipv4/tcp_diag
  net/vmw_vsock/vsock net/vmw_vsock/vmw_vsock_virtio_transport_common net/vmw_vsock/vsock_loopback)

skip() {
  echo "skipped: no arm64 packages: $*"
  exit 77
}

# quietly COMMAND... - its output goes to the log, whose end is told when it fails
quietly() {
  "$@" >> "$dir/log" 2>&1 || { tail -n 5 "$dir/log"; return 1; }
}

# packages WHAT - their names, from the list
packages() {
  sed -n "s/#.*//; s/^$1[[:space:]]\+//p" "$here/packages" | xargs
}

# own_apt ARCHITECTURE
own_apt() {
  local apt=$dir/apt-$1
  export APT_CONFIG=$apt/apt.conf
  if [[ -e $APT_CONFIG ]]; then return; fi
  command -v apt-get > /dev/null || skip "no apt-get"
  mkdir -p "$apt"/{state/lists,cache/archives}/partial
  : > "$apt/status"
  cat > "$APT_CONFIG" << END
APT::Architecture "$1";
APT::Architectures { "$1"; };
APT::Sandbox::User "";
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
Dpkg::Use-Pty "0";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "10";
Acquire::https::Timeout "10";
END
  # one index that is out of order need not be one that is wanted: the download decides
  quietly apt-get -qq update || true
}

# unpack DIR DEB... - not by dpkg-deb -x, which replaces the links of a merged /usr by directories
unpack() {
  local root=$1 deb
  shift
  for deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$root"
  done
}

# merged DIR - an empty root with a merged /usr
merged() {
  local name
  rm -rf "$1"
  for name in bin sbin lib; do
    mkdir -p "$1/usr/$name"
    ln -s "usr/$name" "$1/$name"
  done
}

# archive DIR FILE - everything in DIR as an initramfs
archive() {
  (cd "$1" && find . -print0 | LC_ALL=C sort -z | cpio -o -0 -H newc --quiet -R 0:0) > "$2.new"
  # another archive may follow (test/aarch64/boot.sh)
  truncate -s %512 "$2.new"
  mv "$2.new" "$2"
}

# get_sysroot NAME
get_sysroot() {
  local link into=$dir/$1 debs=$dir/debs
  rm -rf "$debs"
  mkdir "$debs"
  # shellcheck disable=SC2046 # a word a package
  (cd "$debs" && quietly apt-get -qq download $(packages "$1")) ||
    skip "apt-get download failed (offline, or no arm64 there)"
  merged "$into"
  unpack "$into" "$debs"/*.deb
  # absolute links would lead out of the sysroot
  find "$into" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    ln -sfn "$(realpath -ms --relative-to="${link%/*}" "$into$(readlink "$link")")" "$link"
  done
  rm -rf "$debs"
}

# What the tests call by the hundred starts in 8 ms from a static busybox, in 32 ms otherwise.
quick_tools() {
  local name
  mkdir -p "$1/usr/local/bin"
  for name in cat cmp cut diff dirname grep head mkdir mkfifo mktemp rm sed sleep tail touch tr uname wc; do
    ln -s /usr/bin/busybox "$1/usr/local/bin/$name"
  done
}

# What is imported is compiled once here, and not at each start there.
compile_python() {
  local python
  for python in "$1"/usr/lib/python3.[0-9]*; do
    # another version would compile for itself
    if [[ -x /usr/bin/${python##*/} ]]; then
      "/usr/bin/${python##*/}" -m compileall -q --invalidation-mode unchecked-hash \
        -s "$1" "$python" "$1/usr/lib/python3/dist-packages"
    fi
  done
}

# What maintainer scripts would have made, and none has run.
finish_root() {
  local root=$1
  mkdir -p "$root"/{dev,etc,proc,root,run,sys,tmp,var/empty}
  ln -sf mawk "$root/usr/bin/awk"
  ln -sf tclsh8.6 "$root/usr/bin/tclsh"
  ln -sf vim.tiny "$root/usr/bin/vim"
  printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n' \
    > "$root/etc/passwd"
  printf 'root:x:0:\ntty:x:5:\nnogroup:x:65534:\n' > "$root/etc/group"
  printf '127.0.0.1 localhost\n::1 localhost\n' > "$root/etc/hosts"
  printf 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\n' \
    > "$root/etc/nsswitch.conf"
  # What is big, and no test needs.
  rm -rf "${root:?}"/{boot,media,mnt,srv} \
    "$root"/usr/share/{doc,man,info,locale,lintian,bash-completion,perl,nodejs/@types,git-core} \
    "$root"/usr/lib/gcc/aarch64-linux-gnu/*/{lto1,lto-wrapper,*san*,plugin} \
    "$root"/usr/bin/*-{lto-dump,lto-dump-12,dwp,ld.gold,gp-*} \
    "$root"/usr/lib/git-core/git-{daemon,shell,http-*,imap-send,sh-i18n*} \
    "$root"/usr/lib/aarch64-linux-gnu/{gconv,perl,security,lib*san.so*,lib*san.a} \
    "$root"/usr/lib/aarch64-linux-gnu/lib{c,m,m-*,mvec,pthread,rt}.a
}

get_root() {
  local root=$dir/root debs=$dir/apt-arm64/cache/archives
  # shellcheck disable=SC2046 # a word a package
  quietly apt-get -y -qq --no-install-recommends --download-only install $(packages root) ||
    skip "apt-get --download-only install failed (offline, or no arm64 there)"
  merged "$root"
  unpack "$root" "$debs"/*.deb
  finish_root "$root"
  quick_tools "$root"
  compile_python "$root"
  archive "$root" "$dir/root.cpio"
  rm -rf "$root" "$debs"/*.deb
}

# newest_kernel SERIES - the newest cloud kernel of that series: a package of few megabytes
newest_kernel() {
  apt-cache pkgnames "linux-image-$1." |
    grep -E "^linux-image-$1\.[0-9].*-cloud-arm64\$" | sort -V | tail -n 1
}

# get_kernel SERIES
get_kernel() {
  local name into=$dir/kernel-$1 module from list=
  name=$(newest_kernel "$1")
  [[ -n $name ]] || skip "no kernel $1"
  rm -rf "$into"
  mkdir -p "$into/all" "$into/some/modules"
  (cd "$into" && quietly apt-get -qq download "$name") || skip "apt-get download $name failed"
  unpack "$into/all" "$into"/*.deb
  mv "$into"/all/boot/vmlinuz-* "$into/vmlinuz"
  for module in "${modules[@]}"; do
    from=$(compgen -G "$into/all/lib/modules/*/kernel/$module.ko*" || true)
    case $from in
      '') continue ;; # it is built in
      *.xz) xz -dc "$from" > "$into/some/modules/${module##*/}.ko" ;;
      *) cp "$from" "$into/some/modules" ;;
    esac
    list+=" ${module##*/}.ko"
  done
  echo "$list" > "$into/some/modules/list"
  archive "$into/some" "$into/modules.cpio"
  rm -rf "$into"/{all,some} "$into"/*.deb
}

# fetch WHAT - unless it is there
fetch() {
  local stamp=$dir/$1.stamp want
  want="$(cksum < "$here/fetch.sh") $(packages "$1")"
  if [[ -e $stamp && $(< "$stamp") == "$want" ]]; then return; fi
  rm -f "$stamp"
  : > "$dir/log"
  case $1 in
    sysroot32) own_apt armhf && get_sysroot "$1" ;;
    sysroot) own_apt arm64 && get_sysroot "$1" ;;
    root) own_apt arm64 && get_root ;;
    kernel-*) own_apt arm64 && get_kernel "${1#kernel-}" ;;
  esac
  echo "$want" > "$stamp"
}

shift
rm -rf "$dir"/apt-*
for what; do
  fetch "$what"
done
rm -rf "$dir"/apt-*
