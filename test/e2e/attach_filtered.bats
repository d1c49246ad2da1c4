#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p of programs with a seccomp filter of their own.

load helper
load attach

# forbidden HOW: what a program prints whose own filter forbids its calls, attached to.
forbidden() {
  local pid status=0
  rm -f ready.* go
  mkfifo go
  background_ready bash -c 'exec "$@" <>go' bash "$VICTIMS/own_forbids" "$1" 127.0.0.1 "$PORT"
  pid=$LAST
  start_attach -r 'refuse 203.0.113.99' -p "$pid"
  echo >go
  wait "$pid" || status=$?
  wait "$JAIL"
  sed '/^ready$/d' ready.*
  echo "status $status"
}

@test "what a program's own filter forbids is not made by netjail" {
  start_recorder
  forbidden errno >said
  diff - said <<'END'
connect: Invalid cross-device link
sendto: Invalid cross-device link
sendmsg: Invalid cross-device link
status 0
END
  assert_line "connect\(.*127.0.0.1:$PORT.*\) = -1 EXDEV"
  assert_line "sendto\(.*127.0.0.1:$PORT.*\) = -1 EXDEV"
  forbidden trap >said
  diff - said <<'END'
trapped connect: Invalid cross-device link
trapped sendto: Invalid cross-device link
trapped sendmsg: Invalid cross-device link
status 0
END
  forbidden kill >said
  diff - said <<<'status 159'
  assert_silent
  forbidden allow >said
  diff - said <<'END'
connect: done
sendto: done
sendmsg: done
status 0
END
  assert_reached 1 tcp
  assert_reached 2 udp
  assert_line "connect\(.*127.0.0.1:$PORT.*\) = 0 .*allowed"
}

@test "with threads, such a program's signals by pidfd come from itself" {
  cat >sender.py <<'END'
import ctypes, errno, os, signal, struct, sys, threading
libc = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGRTMIN})
allow = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7fff0000))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 1, ctypes.addressof(allow)))
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, program):
    sys.exit("no filter")
threading.Thread(target=signal.pause, daemon=True).start()
dead = os.fork() or os._exit(0)
places = {"own": os.pidfd_open(os.getpid()), "dead": os.pidfd_open(dead), "init": os.pidfd_open(1),
          "file": os.open("/dev/null", os.O_RDWR), "closed": 999}
os.waitpid(dead, 0)
def info(number, code):
    return ctypes.create_string_buffer(struct.pack("iiiiiiQ", number, 0, code, 0, 5, os.getuid(), 77), 128)
def look(out):
    for name, fd in places.items():
        for number, data in (10, None), (0, None), (99, None), (34, info(34, -1)), (10, info(34, -1)), (10, info(10, 0)):
            if name == "init" and number in (10, 34): # whatever the first process makes of them
                continue
            done = libc.syscall(424, fd, number, data, 0)
            got = signal.sigtimedwait({signal.SIGUSR1, signal.SIGRTMIN}, 0)
            print(name, number, bool(data), errno.errorcode.get(ctypes.get_errno()) if done else "done",
                  got and (got.si_signo, got.si_code, got.si_pid == os.getpid(), got.si_pid == 5), file=out)
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
  [ "$(grep -c 'done (' native)" -ge 2 ]
  # as by sigqueue(3); and what the kernel alone may say, netjail may not either
  diff <(sed 's/^own 10 False done (10, 0,/own 10 False done (10, -1,/
    /^own 10 True done (10, 0,/s/ done .*/ EPERM None/' native) attached
  assert_no_line 'evasion'
}
