#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# netjail trace -p: in and out again, many times, leaves every program as though nothing had been.

load helper
load attach

# under_load PID: a web server on $PORT answers every request meanwhile.
under_load() {
  background wrk -t1 -c4 -d600s --timeout "$((PATIENCE / 100))s" "http://127.0.0.1:$PORT/"
  local load=$LAST
  attach_times "$1"
  kill -INT "$load"
  wait "$load" || true
}

# wrk's own words, where it prints them.
assert_answered() {
  grep -q 'requests in' wrk.out || fail 'wrk did not finish' "$(cat wrk.out)"
  ! grep -E 'Socket errors|Non-2xx' wrk.out || fail 'requests failed'
}

listens() {
  : 2>/dev/null <"/dev/tcp/127.0.0.1/$PORT"
}

@test "nginx under wrk" {
  need nginx
  need wrk
  cat >nginx.conf <<END
daemon off; worker_processes 2; pid $PWD/pid; error_log $PWD/error.log;
events { worker_connections 64; }
http { access_log off; server { listen 127.0.0.1:$PORT; location / { return 200 hello; } } }
END
  background nginx -c "$PWD/nginx.conf"
  local server=$LAST
  eventually listens
  under_load "$server" >wrk.out
  kill -QUIT "$server"
  wait "$server"
  assert_answered
}

@test "redis-server under redis-benchmark" {
  need redis-server
  need redis-benchmark
  background redis-server --port "$PORT" --save '' --appendonly no --dir "$PWD" >redis.out
  local server=$LAST
  eventually listens
  background redis-benchmark -p "$PORT" -c 4 -l -q -t ping,set,lpush >bench.out 2>&1
  attach_times "$server"
  eventually grep -q 'requests per second\|rps=' bench.out || fail 'no request answered' "$(cat bench.out)"
  kill "$LAST"
  wait "$LAST" || true
  ! grep -i 'error\|reset\|closed' bench.out
}

@test "a Go web server under wrk" {
  need_victim http_go
  need wrk
  background_ready "$VICTIMS/http_go" "127.0.0.1:$PORT"
  under_load "$LAST" >wrk.out
  assert_answered
}

@test "a python asyncio server under wrk" {
  need wrk
  cat >server.py <<'END'
import asyncio, sys
async def serve(reader, writer):
    try:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]))
    print("ready", flush=True)
    await server.serve_forever()
asyncio.run(main())
END
  background_ready "$(python_program)" server.py "$PORT"
  under_load "$LAST" >wrk.out
  assert_answered
}

@test "a node server under wrk" {
  need node
  need wrk
  background_ready node -e 'require("http").createServer((q, a) => a.end("hello"))
    .listen(+process.argv[1], "127.0.0.1", () => console.log("ready"))' "$PORT"
  under_load "$LAST" >wrk.out
  assert_answered
}

@test "a program that makes and ends a thousand threads a second" {
  background_ready "$VICTIMS/thread_churn"
  attach_times "$LAST"
  kill -TERM "$LAST"
  wait "$LAST"
  grep -qx failed=0 ready.*
}

@test "a shell at its prompt" {
  cat >shell.py <<'END'
import os, pty, subprocess, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.environ["PS1"] = "@ "
    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
seen = b""
def until(text):
    global seen
    while text not in seen:
        seen += os.read(fd, 1000)
    seen = seen.split(text, 1)[1]
def asleep():
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rsplit(") ", 1)[1][0] == "S"
until(b"@ ")
if subprocess.call(sys.argv[1:] + [str(pid)]):
    sys.exit("attach failed")
os.write(fd, b"echo a$((6*7))z\n")
until(b"a42z")
until(b"@ ")
# A ^C between the prompt and the wait for a key is seen with the next key only.
while not asleep():
    time.sleep(0.01)
os.write(fd, b"\x03")
until(b"@ ")
os.write(fd, b"exit 5\n")
until(b"exit")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
END
  cat >loop <<END
#!/bin/bash
for ((i = 0; i < $TIMES; i++)); do
  "$NETJAIL" trace -qq -o "$TRACE" -r 'refuse 203.0.113.99' --for 20ms -p "\$1" || exit
done
END
  chmod +x loop
  capture shell "$(python_program)" shell.py ./loop
  [ "$STATUS" = 5 ] || fail "status $STATUS" "$(cat shell.err)"
}

@test "sleep 1000, and one that is stopped and stays so" {
  background sleep 1000
  local pid=$LAST
  attach_times "$pid"
  [ "$(state_of "$pid")" = S ]
  kill -STOP "$pid"
  eventually is_stopped "$pid"
  attach_times "$pid"
  [ "$(state_of "$pid")" = T ]
  kill -CONT "$pid"
  eventually is_asleep "$pid"
}

@test "one that is stopped where it computes does not run, not while netjail leaves" {
  mkfifo go
  background_ready bash -c 'exec "$1" count <>go' bash "$VICTIMS/counts"
  local pid=$LAST count
  start_attach -r 'refuse 203.0.113.99' -p "$pid"
  echo >go
  eventually grep -q counting ready.*
  kill -STOP "$pid"
  eventually is_stopped "$pid"
  count=$(od -An -tu8 count)
  [ "$count" -gt 0 ]
  kill -TERM "$JAIL"
  wait "$JAIL"
  [ "$(state_of "$pid")" = T ]
  [ "$(od -An -tu8 count)" = "$count" ]
  kill -CONT "$pid"
  nap 0.1
  [ "$(od -An -tu8 count)" -gt "$count" ]
}

@test "a process in vfork" {
  mkfifo go
  background_ready bash -c 'exec "$1" <>go' bash "$VICTIMS/vfork_wait"
  local pid=$LAST
  attach_times "$pid"
  echo >go
  wait "$pid"
  grep -qx 'exit 3' ready.*
}

@test "threads that are in calls on netjail's memory when it is taken away" {
  background_ready "$VICTIMS/unix_threads" 16
  attach_times "$LAST"
  kill -TERM "$LAST"
  wait "$LAST" || true
  grep -qx failed=0 ready.* || fail "$(sort ready.* | uniq -c)"
}

@test "a process whose threads execute something all the time" {
  background "$VICTIMS/exec_relay" $((TIMES < 40 ? TIMES * 60 : 6000))
  local pid=$LAST attached=0
  while kill -0 "$pid" 2>/dev/null; do
    if attach -qq -r 'refuse 203.0.113.99' --for 5ms -p "$pid" 2>err; then
      attached=$((attached + 1))
    else # it may have ended meanwhile
      ! kill -0 "$pid" 2>/dev/null || fail "$(cat err)"
    fi
  done
  wait "$pid"
  [ "$attached" -gt 2 ]
}

@test "a call that is restarted is its own, to the program's filter too" {
  background_ready "$VICTIMS/restart_filtered" kill
  background_ready "$VICTIMS/restart_filtered" refuse
  local pid
  for _ in 1 2 3; do
    for pid in "${BACKGROUND[@]}"; do
      attach -qq --for 100ms -p "$pid"
      attach -qq -r 'refuse 203.0.113.99' --for 100ms -p "$pid"
    done
  done
  wait "${BACKGROUND[@]}"
  local out
  for out in ready.*.1 ready.*.2; do
    [ "$(cat "$out")" = $'ready\nslept\ntimed out' ] || fail "$(cat "$out")"
  done
}

@test "every blocking call returns what it returns natively" {
  local way
  for way in native watched judged; do
    mkdir $way
    mkfifo $way/in
    (cd $way && exec "$VICTIMS/blocked" <>in >out 3>&-) &
    BACKGROUND+=($!)
    eval "$way=$!"
  done
  for way in native watched judged; do eventually grep -q ready $way/out; done
  for _ in 1 2 3; do
    attach -qq --for 20ms -p "$watched"
    attach -qq -r 'refuse 203.0.113.99' --for 20ms -p "$judged"
    attach -qq --log /dev/full -p "$watched" || [ $? = 125 ] # is let go as well
  done
  for way in native watched judged; do echo >$way/in; done
  wait "$native" "$watched" "$judged"
  [ "$(wc -l <native/out)" -gt 50 ]
  # A connect with a time limit that goes on after netjail has left says so (connect(2)); it
  # cannot say any more that it was the first.
  sed -i 's/^connect SO_SNDTIMEO: -1 EALREADY$/connect SO_SNDTIMEO: -1 EINPROGRESS/' ./*/out
  diff native/out watched/out
  # where something can be refused a ring is, once its call is made again
  sed -i '/^io_uring_enter/d' native/out judged/out
  diff native/out judged/out
  # before Linux 6.5 a socket that is full takes a page all the same (sendpage)
  is_kernel 6.5 || sed -i '/^\(splice\|sendfile\) to socket SO_SNDTIMEO: 1 early$/d' native/out
  ! grep early native/out
}

@test "calls in a delay, a question, a time-out and on their way are left, and told" {
  cat >middle.py <<'END'
import errno, os, socket, sys, threading
full = socket.create_server(("127.0.0.1", 8090), backlog=0)
backlog = [socket.socket() for _ in range(2)]
for sock in backlog:
    sock.setblocking(False)
    sock.connect_ex(("127.0.0.1", 8090))
print("ready", flush=True)
sys.stdin.readline()
def say(*words): # a line of a thread's is one write
    os.write(1, (" ".join(map(str, words)) + "\n").encode())
def call(host, port):
    with socket.socket() as sock:
        error = sock.connect_ex((host, port))
    say(host, port, errno.errorcode.get(error, "reached"))
def send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        say("sent", sock.sendto(b"x", ("127.0.0.8", 8091)))
for target, args in ((call, ("127.0.0.5", 8080)), (call, ("127.0.0.6", 8080)), (call, ("127.0.0.7", 8080)),
                     (call, ("127.0.0.1", 8090)), (send, ())):
    threading.Thread(target=target, args=args).start()
sys.stdin.readline()
for _ in range(3): # who waits in the queue comes first
    full.accept()
END
  printf 'delay 127.0.0.5 by 1h\ndelay 127.0.0.8 by 1h\ntimeout 127.0.0.6 after 1h\nask 127.0.0.7\n' >m.rules
  printf '#!/bin/sh\necho >asked\nexec sleep 1000\n' >never
  chmod +x never
  start_recorder
  local format program
  for format in text strace; do
    rm -f go asked ready.*
    mkfifo go
    background_ready bash -c 'exec "$1" middle.py <>go' bash "$(python_program)"
    program=$LAST
    start_attach --format $format --log $format.log --rules m.rules --ask-with "$PWD/never" -p "$program"
    echo >go
    eventually test -e asked
    nap 0.3
    kill -TERM "$JAIL"
    wait "$JAIL"
    cp "$TRACE" $format
    echo >go
    wait "$program"
    [ "$(sort ready.* | tr '\n' ,)" = \
      '127.0.0.1 8090 reached,127.0.0.5 8080 reached,127.0.0.6 8080 ECONNREFUSED,127.0.0.7 8080 reached,ready,sent 1,' ] ||
      fail "$(cat ready.*)"
    [ "$(grep -c '"reason":"detached"' $format.log)" = 5 ] || fail "$(cat $format.log)"
  done
  local left='= \? \(netjail has left\) +'
  for line in "127.0.0.5:8080\) $left""delayed m.rules:1" "127.0.0.8:8091\) $left""delayed m.rules:2" \
    "127.0.0.6:8080\) $left""timed out m.rules:3" "127.0.0.7:8080\) $left""unanswered, asked m.rules:4" \
    "127.0.0.1:8090.*\) $left""allowed default"; do
    grep -Eq "^python3?.* (connect|sendto)\(.*$line\$" text || fail "no $line" "$(cat text)"
  done
  [ "$(grep -c ', 16 <detached \.\.\.>' strace)" = 5 ] || fail "$(cat strace)"
  grep -q '127.0.0.7")}, 16 <detached ...> (UNANSWERED m.rules:4)' strace
}

@test "a call that a signal has ended is told as that, and --kill kills nobody at the leave" {
  cat >ended.py <<'END'
import os, signal, socket, threading
def stop(*unused):
    raise InterruptedError
signal.signal(signal.SIGALRM, stop)
print("ready", flush=True)
os.read(0, 1)
threading.Thread(target=socket.socket().connect_ex, args=(("127.0.0.6", 8080),), daemon=True).start()
signal.setitimer(signal.ITIMER_REAL, 0.2)
try:
    socket.socket().connect(("127.0.0.5", 8080))
except InterruptedError:
    print("interrupted", flush=True)
os.read(0, 1)
print("alive", flush=True)
os._exit(0)
END
  mkfifo go
  background_ready bash -c 'exec "$1" ended.py <>go' bash "$(python_program)"
  start_attach --kill -r 'delay 127.0.0.5 by 1h' -r 'timeout 127.0.0.6 after 1h' -p "$LAST"
  echo >go
  eventually grep -q interrupted ready.*
  kill -TERM "$JAIL"
  wait "$JAIL"
  echo >go
  eventually grep -q alive ready.*
  assert_line 'connect\(.*127.0.0.5:8080\) = -1 EINTR .* delayed -r:1$'
  assert_line 'connect\(.*127.0.0.6:8080\) = \? \(netjail has left\) +timed out -r:2$'
}

@test "one that is stopped while the kernel restarts its call does not keep netjail" {
  local pid
  background_ready "$VICTIMS/restart_filtered" refuse
  pid=$LAST
  start_attach -p "$pid"
  kill -CHLD "$pid"
  kill -STOP "$pid"
  eventually is_stopped "$pid"
  kill -TERM "$JAIL"
  eventually is_gone "$JAIL"
  kill -CONT "$pid"
  wait "$pid" || true
}
