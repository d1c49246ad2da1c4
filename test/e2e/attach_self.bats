#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p: a program that was there first does not get at netjail.

load helper
load attach

has_own_group() {
  [ "$(ps -o pgid= -p "$1" | tr -d ' ')" = "$1" ]
}

@test "a terminal that stops who writes in the background does not stop the tracer" {
  cat >caller.py <<'END'
import errno, socket, sys
print("ready", flush=True)
sys.stdin.readline()
print(errno.errorcode[socket.socket().connect_ex(("127.0.0.1", int(sys.argv[1])))], flush=True)
sys.stdin.readline()
END
  cat >terminal.py <<'END'
import os, pty, sys, termios
leader, fd = pty.fork()
if leader == 0:
    modes = termios.tcgetattr(0)
    modes[3] |= termios.TOSTOP
    termios.tcsetattr(0, termios.TCSANOW, modes)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.execv(sys.argv[1], sys.argv[1:])
    print("job", job, flush=True)
    os.waitpid(job, 0)
    os._exit(0)
try:
    while True:
        os.write(1, os.read(fd, 4096))
except OSError: # EIO: it is over
    pass
END
  mkfifo go
  background_ready bash -c 'exec "$1" caller.py "$2" <>go' bash "$(python_program)" "$PORT"
  local caller=$LAST
  background "$(python_program)" terminal.py "$NETJAIL" trace -r "refuse 127.0.0.1:$PORT" -p "$caller" >shown
  local terminal=$LAST
  eventually grep -q 'attached to' shown
  echo >go
  eventually grep -qx ECONNREFUSED ready.*
  eventually grep -q 'connect(.*REFUSED' shown
  kill -TERM "$(sed -n 's/^job \([0-9]*\).*/\1/p' shown)"
  wait "$terminal"
  grep -qx $'TracerPid:\t0' "/proc/$caller/status"
}

@test "signals by pidfd are what they are natively" {
  cat >sender.py <<'END'
import ctypes, errno, os, signal, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGRTMIN})
dead = os.fork() or os._exit(0)
zombie = os.fork() or os._exit(0)
places = {"own": os.pidfd_open(os.getpid()), "dead": os.pidfd_open(dead), "zombie": os.pidfd_open(zombie),
          "thread": libc.syscall(434, os.getpid(), os.O_EXCL), "directory": os.open("/proc/self", os.O_RDONLY),
          "file": os.open("/dev/null", os.O_RDWR), "closed": 999}
os.waitpid(dead, 0)
os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
def info(number, code, pid):
    return ctypes.create_string_buffer(struct.pack("iiiiiiQ", number, 0, code, 0, pid, os.getuid(), 77), 128)
def look(out):
    for name, fd in places.items():
        for flags in 0, 1, 2, 4, 3, 8:
            for number, data in ((10, None), (0, None), (99, None), (34, info(34, -1, 5)), (10, info(34, -1, 5)),
                                 (10, info(10, 0, 5)), (10, info(10, -6, 5))):
                done = libc.syscall(424, fd, number, data, flags)
                got = signal.sigtimedwait({signal.SIGUSR1, signal.SIGRTMIN}, 0)
                print(name, flags, number, bool(data), errno.errorcode.get(ctypes.get_errno()) if done else "done",
                      got and (got.si_signo, got.si_code, got.si_pid == os.getpid(), got.si_pid == 5), file=out)
os.setpgid(0, 0)
look(open("native", "w"))
print("ready", flush=True)
sys.stdin.readline()
look(open("attached", "w"))
END
  mkfifo go
  background_ready bash -c 'exec "$1" sender.py <>go' bash "$(python_program)"
  local sender=$LAST
  start_attach -r 'refuse 203.0.113.9' -p "$sender"
  echo >go
  wait "$sender"
  wait "$JAIL"
  [ "$(grep -c 'done (' native)" -gt 5 ]
  # a group's signal with the sender's own words is refused
  diff <(sed '/ 4 [0-9]* True done /s/ True .*/ True EPERM None/' native) attached
}

@test "a terminal's foreground is no way to netjail" {
  cat >member.py <<'END'
import errno, fcntl, os, pty, signal, socket, struct, sys, time
def attempt(what, call, *args):
    try:
        call(*args)
        print(what, "done", flush=True)
    except OSError as error:
        print(what, errno.errorcode[error.errno], flush=True)
def tracer():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("TracerPid"))
def attached(port):
    while not tracer():
        time.sleep(0.01)
    os.tcsetpgrp(0, os.getpgid(tracer()))
    here, there = socket.socketpair()
    attempt("socket", fcntl.fcntl, here, fcntl.F_SETFL, os.O_ASYNC)
    for name in 0, os.open("/dev/tty", os.O_RDWR):
        fcntl.fcntl(name, 10, signal.SIGKILL) # F_SETSIG
        attempt("O_ASYNC", fcntl.fcntl, name, fcntl.F_SETFL, os.O_ASYNC)
        attempt("FIOASYNC", fcntl.ioctl, name, 0x5452, struct.pack("i", 1))
    attempt("connect", socket.create_connection, ("127.0.0.1", port), 5)
    print("traced", tracer() != 0, flush=True)
leader, fd = pty.fork()
if leader:
    try:
        while True: # whatever is written to a terminal is a signal, too
            os.write(1, os.read(fd, 4096).replace(b"\r", b""))
    except OSError: # EIO: it is over
        sys.exit()
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
member = os.fork()
if member == 0:
    os.setpgid(0, 0)
    attached(int(sys.argv[1]))
    os._exit(0)
jail = os.fork()
if jail == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    os.execv(sys.argv[2], sys.argv[2:] + [str(member)])
os.waitpid(member, 0)
os.waitpid(jail, 0)
END
  background "$(python_program)" member.py "$PORT" "$NETJAIL" trace -o "$TRACE" -r 'refuse 127.0.0.1' -p >said
  wait "$LAST"
  diff - <(grep -v 'attached\|^netjail' said) <<'END'
socket done
O_ASYNC EPERM
FIOASYNC EPERM
O_ASYNC EPERM
FIOASYNC EPERM
connect ECONNREFUSED
traced True
END
}

@test "netjail's process group counts as netjail" {
  cat >member.py <<'END'
import ctypes, errno, fcntl, os, signal, socket, struct, sys
joins = sys.argv[2] == "joins"
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.setpgid(0, 0)
print("ready", flush=True)
jail = int(sys.stdin.readline())
here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
def attempt(what, call, *args):
    try:
        call(*args)
        print(what, "done", flush=True)
    except OSError as error:
        print(what, errno.errorcode[error.errno], flush=True)
def owner_ex(kind, number):
    fcntl.fcntl(here, 15, struct.pack("ii", kind, number)) # F_SETOWN_EX
def terminated():
    if joins:
        os.setpgid(0, jail)
        print("joined", flush=True)
        sys.stdin.readline()
        attempt("kill own", os.kill, 0, signal.SIGTERM)
        attempt("probe own", os.kill, 0, 0)
        return
    attempt("join", os.setpgid, 0, jail)
    tracer = next(int(line.split()[1]) for line in open("/proc/self/status")
                  if line.startswith("TracerPid"))
    attempt("join the tracer", os.setpgid, 0, tracer)
    attempt("kill group", os.kill, -jail, signal.SIGKILL)
    fcntl.fcntl(here, 10, signal.SIGKILL) # F_SETSIG
    fcntl.fcntl(here, fcntl.F_SETFL, os.O_ASYNC)
    attempt("own", fcntl.fcntl, here, fcntl.F_SETOWN, -jail)
    attempt("own, from memory", owner_ex, 2, jail)
    attempt("own, by ioctl", fcntl.ioctl, here, 0x8901, struct.pack("i", -jail))
    there.send(b"x")
    attempt("own group", os.kill, 0, signal.SIGTERM)
    attempt("own owner", owner_ex, 1, os.getpid())
    print("owner", fcntl.fcntl(here, fcntl.F_GETOWN) == os.getpid(), flush=True)
terminated()
attempt("connect", socket.create_connection, ("127.0.0.1", int(sys.argv[1])), 5)
END
  local how member group
  for how in outside joins; do
    rm -f go start ready.*
    mkfifo go start
    background_ready bash -c 'exec "$1" member.py "$2" "$3" <>go' bash \
      "$(python_program)" "$PORT" $how
    member=$LAST
    : >"$TRACE"
    background "$(python_program)" -c 'import os, sys
os.setpgid(0, 0)
open("start").readline()
os.execv(sys.argv[1], sys.argv[1:])' "$NETJAIL" trace -o "$TRACE" -r 'refuse 127.0.0.1' -p "$member"
    JAIL=$LAST
    group=$LAST
    if [ $how = joins ]; then
      eventually has_own_group "$group"
      echo "$group" >go
      eventually grep -q joined ready.*
    fi
    echo >start
    eventually grep -q 'attached to' "$TRACE"
    echo "$group" >go
    wait "$member"
    grep -v 'ready\|joined' ready.* >said.$how || true
    wait "$JAIL"
  done
  diff - said.outside <<'END'
join EPERM
join the tracer EPERM
kill group EPERM
own EPERM
own, from memory EPERM
own, by ioctl EPERM
own group done
own owner done
owner True
connect ECONNREFUSED
END
  diff - said.joins <<'END'
kill own EPERM
probe own done
connect ECONNREFUSED
END
}

@test "a program that reads what netjail says of it" {
  cat >reader.py <<'END'
import fcntl, os, socket, sys, threading
said = os.open("said", os.O_RDWR)
fcntl.fcntl(said, 1031, 4096) # F_SETPIPE_SZ
print("ready", flush=True)
sys.stdin.readline()
def call():
    with socket.socket() as sock:
        sock.connect_ex(("203.0.113.99", int(sys.argv[1])))
for _ in range(45):
    call()
text = b""
while text.count(b"connect(") < 45:
    text += os.read(said, 65536)
call()
while text.count(b"connect(") < 46:
    text += os.read(said, 65536)
print("lines", text.count(b"connect("), flush=True)
END
  mkfifo go said
  background_ready bash -c 'exec "$1" reader.py "$2" <>go' bash "$(python_program)" "$PORT"
  local pid=$LAST
  background "$NETJAIL" trace -o said -r 'refuse 203.0.113.99' -p "$pid"
  local jail=$LAST
  eventually grep -q $'TracerPid:\t[1-9]' "/proc/$pid/status"
  echo >go
  wait "$pid"
  wait "$jail"
  grep -qx 'lines 46' ready.*
}

# netjail's memory lands between others, which grow and go.
@test "memory next to netjail's is the program's own" {
  need_kernel 6.10 'nothing is mapped'
  cat >maps.py <<'END'
import mmap, socket, sys, threading
above = [mmap.mmap(-1, 1 << 20) for _ in range(8)]
print("ready", flush=True)
sys.stdin.readline()
try: socket.socket(socket.AF_UNIX).connect("/nowhere")
except FileNotFoundError: pass
assert "memfd:netjail" in open("/proc/self/maps").read()
below = [mmap.mmap(-1, 1 << 20) for _ in range(8)]
for it in below: it.resize(1 << 22)
for it in above + below: it.close()
print("done", flush=True)
END
  mkfifo go
  background bash -c 'exec 3<>go; exec "$0" maps.py <&3 >maps.out 2>&1' "$(python_program)"
  local program=$LAST
  eventually grep -q ready maps.out
  start_attach -r 'default refuse' -p "$program"
  echo >go
  wait "$program" || true
  [ "$(tail -1 maps.out)" = 'done' ] || fail "$(<maps.out)"
}

@test "a program signals itself by PIDFD_SELF_THREAD and PIDFD_SELF_THREAD_GROUP" {
  cat >own.py <<'END'
import ctypes, errno, signal, sys
signal.signal(signal.SIGUSR1, lambda *_: print("got", end=" "))
print("ready", flush=True)
sys.stdin.readline()
libc = ctypes.CDLL(None, use_errno=True)
for number in -10000, -10001, -10002: # Linux 6.14; not the last
    failed = libc.syscall(424, number, signal.SIGUSR1, None, 0) # pidfd_send_signal
    print(errno.errorcode[ctypes.get_errno()] if failed else "sent", flush=True)
END
  capture native "$(python_program)" own.py
  mkfifo line
  background_ready bash -c 'exec "$0" own.py <>line' "$(python_program)"
  local pid=$LAST
  start_attach -r 'refuse 203.0.113.99' -p "$pid"
  echo >line
  wait "$pid"
  diff native.out "$(echo ready.*)"
}
