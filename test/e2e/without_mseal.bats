#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# As on a kernel before Linux 6.10, which has no mseal(2): AF_UNIX and netlink are carried out.

load helper

# old_kernel NAME OPTION... -- COMMAND...
old_kernel() {
  local name=$1
  shift
  capture "$name" "$VICTIMS/without_mseal" "$NETJAIL" trace -o "$TRACE" "$@"
}

local_program() {
  need_victim without_mseal
  cat >local.py <<'EOF'
import os, socket, sys
os.makedirs("sub", exist_ok=True)
os.chdir("sub")
listener = socket.socket(socket.AF_UNIX)
listener.bind("stream")
listener.listen(2)
client = socket.socket(socket.AF_UNIX)
client.connect("stream")
peer, _ = listener.accept()
client.sendall(b"one")
print(peer.recv(9))
client.sendmsg([b"t", b"wo"])
print(peer.recv(9))
absolute = socket.socket(socket.AF_UNIX)
absolute.connect(os.getcwd() + "/stream")
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind("datagrams")
sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
print(sender.sendto(b"three", "datagrams"), receiver.recv(9))
try:
    sender.sendto(b"four", "missing")
except OSError as error:
    print(error)
print(socket.getaddrinfo("127.0.0.1", 80)[0][4])
EOF
}

@test "AF_UNIX by relative and absolute paths, streams and datagrams, netlink" {
  local_program
  capture native "$(python_program)" local.py
  [ "$STATUS" = 0 ]
  rm -r sub
  old_kernel jailed -- "$(python_program)" local.py
  sed -i '/^netjail: /d' jailed.err
  assert_same native jailed
  assert_line 'no mseal\(2\)'
  # A rule that can refuse something takes rights away, from both alike.
  rm -r sub
  old_kernel jailed -r 'refuse 192.0.2.1' -- "$(python_program)" local.py
  sed -i '/^netjail: /d' jailed.err
  assert_same native jailed
}

# bind_program: makes sockets by paths as long as an IPv6 address, where a umask and a folder count
bind_program() {
  need_victim without_mseal
  cat >bind.py <<'EOF'
import ctypes, os, socket, stat
os.makedirs("sub", exist_ok=True)
os.umask(0o027)
os.chdir("sub")
for path in ["a-relative-path-that-is-long-enough", os.getcwd() + "/an-absolute-path"]:
    for _ in range(2):
        bound = socket.socket(socket.AF_UNIX)
        try:
            bound.bind(path)
        except OSError as error:
            print(error)
            continue
        print(bound.getsockname(), oct(os.lstat(path).st_mode), os.path.exists(path))
os.mkdir("root")
os.chmod(".", 0o500)
for path in ["\0an-abstract-name-that-is-long-enough", "missing/folder/of-a-path-long-enough",
             "root/" + "x" * 102]:
    bound = socket.socket(socket.AF_UNIX)
    try:
        bound.bind(path)
        print(bound.getsockname())
    except OSError as error:
        print(error)
netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
libc = ctypes.CDLL(None)
print(libc.bind(netlink.fileno(), bytes([16]) + bytes(99), 100), netlink.getsockname()[0] == os.getpid())
EOF
}

@test "bind by netjail: names, modes and errors are the program's" {
  bind_program
  capture native "$(python_program)" bind.py
  [ "$STATUS" = 0 ]
  grep -q 0o140750 native.out
  for rule in 'refuse 192.0.2.1' 'refuse bind 192.0.2.1'; do
    chmod 700 sub
    rm -r sub
    old_kernel jailed -r "$rule" -- "$(python_program)" bind.py
    sed -i '/^netjail: /d' jailed.err
    assert_same native jailed
  done
}

@test "bind by netjail: what has another root is refused" {
  need_victim without_mseal
  old_kernel jailed -r 'refuse 192.0.2.1' -- "$(python_program)" -c '
import os, socket
os.makedirs("root", exist_ok=True)
try:
    os.chroot("root")
except PermissionError:
    print("no chroot")
    raise SystemExit
socket.socket(socket.AF_UNIX).bind("short")
try:
    socket.socket(socket.AF_UNIX).bind("/a-path-that-is-long-enough")
except OSError as error:
    print(error)
'
  [ "$(cat jailed.out)" != 'no chroot' ] || skip 'chroot(2) is not allowed here'
  grep -q 'Connection refused\|Permission denied' jailed.out
  assert_line 'a-path-that-is-long-enough.* cannot be carried out for other rights or roots'
}

@test "bind by netjail: what ends its waits is not told to the program" {
  need_victim without_mseal
  mkdir -p sub
  old_kernel jailed -r 'refuse 192.0.2.1' -- "$(python_program)" -c '
import os, socket
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(9)
for number in range(300):
    with socket.socket() as near, socket.socket(socket.AF_UNIX) as bound:
        near.connect(listener.getsockname())
        listener.accept()[0].close()
        bound.bind("sub/a-relative-path-that-is-long-enough-%d" % number)
print(len(os.listdir("sub")))'
  [ "$(cat jailed.out)" = 300 ]
}

@test "bind by netjail: an absolute path needs no working directory, a relative one does" {
  need_victim without_mseal
  cat >searched.py <<'EOS'
import os, socket
os.makedirs("sub/shut", exist_ok=True)
outer = os.getcwd() + "/sub/"
for folder in ["shut", "gone"]:
    os.makedirs(outer + folder, exist_ok=True)
    os.chdir(outer + folder)
    os.chmod(".", 0)
    if folder == "gone":
        os.rmdir(outer + folder)
    for path in [outer + "absolute-path-from-" + folder, "a-relative-path-from-" + folder]:
        try:
            socket.socket(socket.AF_UNIX).bind(path)
            print("bound")
        except OSError as error:
            print(error)
EOS
  capture native "$(python_program)" searched.py
  grep -q bound native.out
  chmod 700 sub/shut
  rm -r sub
  old_kernel jailed -r 'refuse 192.0.2.1' -- "$(python_program)" searched.py
  chmod 700 sub/shut
  sed -i '/^netjail: /d' jailed.err
  assert_same native jailed
}

@test "bind by netjail: what a program forbids itself by Landlock stays forbidden" {
  need_victim without_mseal
  cat >locked.py <<'EOS'
import ctypes, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
make_sock, no_new_privs, create_ruleset, restrict_self = 1 << 9, 38, 444, 446
ruleset = libc.syscall(create_ruleset, ctypes.byref(ctypes.c_uint64(make_sock)), 8, 0)
libc.prctl(no_new_privs, 1, 0, 0, 0)
if ruleset < 0 or libc.syscall(restrict_self, ruleset, 0) < 0:
    print("no Landlock")
    sys.exit()
for path in ["a-path-that-is-long-enough-for-a-device", "\0an-abstract-name-that-is-long-enough"]:
    try:
        socket.socket(socket.AF_UNIX).bind(path)
        print("bound", repr(path))
    except OSError:
        print("not allowed")
EOS
  capture native "$(python_program)" locked.py
  [ "$(cat native.out)" != 'no Landlock' ] || skip 'no Landlock'
  grep -q 'not allowed' native.out
  old_kernel jailed -r 'refuse 192.0.2.1' -- "$(python_program)" locked.py
  sed -i '/^netjail: /d' jailed.err
  assert_same native jailed
  assert_line 'a-path-that-is-long-enough.* cannot be carried out for other rights or roots'
}

@test "every odd pointer and length of connect and sendto" {
  need_victim without_mseal
  capture native "$VICTIMS/bad_pointers"
  old_kernel jailed -- "$VICTIMS/bad_pointers"
  assert_same native jailed
}

@test "a path that a rule refuses is refused" {
  local_program
  old_kernel refused -r 'refuse unix:*stream' -- "$(python_program)" local.py
  [ "$STATUS" = 1 ]
  grep -q ConnectionRefusedError refused.err
  assert_line 'stream\) = -1 ECONNREFUSED .* refused -r:1$'
}

@test "descriptors cannot be passed, and the trace says why" {
  need_victim without_mseal
  old_kernel passed -- "$(python_program)" -c '
import socket
a, b = socket.socketpair()
socket.send_fds(a, [b"x"], [0])'
  [ "$STATUS" = 1 ]
  assert_line 'refused netjail: its control data cannot be carried out$'
}
