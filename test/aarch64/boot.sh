#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/aarch64/boot.sh KERNEL CPUS SECONDS ARCHIVE... - boots a guest from initramfs archives; its verdict
#
# KERNEL is a folder with vmlinuz. The serial line goes to standard output. The verdict is what the
# guest's init prints after the marker that it got, and nothing else: qemu's own exit status is 0
# after a panic, too. A guest that does not end within SECONDS is ended.
set -euo pipefail

kernel=$1 cpus=$2 limit=$3
shift 3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
marker=verdict-$RANDOM$RANDOM$RANDOM

for archive; do
  cat "$archive" >> "$work/initrd"
  truncate -s %512 "$work/initrd"
done
# max: pointer authentication, which is slow unless by the algorithm that qemu itself defined. The
# vector registers nobody uses here, and what guards against other users, would cost at each switch.
# What costs most is translation: programs that lie at the same addresses each time they start
# (norandmaps) are translated once. GUEST_CPU names a simpler CPU, which is a third cheaper. A kernel whose
# own text may be written, and without huge pages and security modules that no test asks for, does less.
cpu=${GUEST_CPU:-max,pauth-impdef=on,sve=off,sme=off}
kernel_line="console=ttyAMA0 panic=-1 quiet norandmaps mitigations=off nokaslr audit=0 \
hardened_usercopy=off randomize_kstack_offset=off kfence.sample_interval=0 cgroup_disable=memory psi=0 \
rodata=off lsm=landlock,yama transparent_hugepage=never nowatchdog rcupdate.rcu_expedited=1 \
init_on_alloc=0 init_on_free=0 secretmem.enable=1"
timeout -k 5 "$limit" qemu-system-aarch64 -M virt -cpu "$cpu" -smp "$cpus" -m 3G -nographic -nic none \
  -no-reboot -kernel "$kernel/vmlinuz" -initrd "$work/initrd" \
  -append "$kernel_line guest.marker=$marker" < /dev/null 2>&1 |
  sed -u 's/\r$//' | tee "$work/serial" | grep --line-buffered -v "^$marker" || true
verdict=$(sed -n "s/^$marker \([0-9]*\)\$/\1/p" "$work/serial" | tail -n 1)
case $verdict in
  0) ;;
  '')
    echo "boot: no verdict: the guest panicked, hung for $limit s, or ended without"
    exit 1
    ;;
  *)
    echo "boot: tests failed in the guest"
    exit 1
    ;;
esac
