#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
#
# With all allowed nobody can tell that netjail is there: output, status and signals are the same.

load helper

# With a listener: the record must be the same as well.
served() {
  start_recorder
  run_both "$@"
  barrier
}

@test "curl" {
  need curl
  served curl -sS -i "http://$V4:$PORT/x" "http://$V4:$PORT/y"
}

@test "curl, a connection that is refused by the network" {
  need curl
  run_both curl -sS "http://$V4:9/"
}

@test "wget" {
  need wget
  served wget -nv -t 1 -O - "http://$V4:$PORT/"
}

@test "python: http, subprocess, threads, asyncio servers and clients" {
  served "$(python_program)" -c '
import asyncio, http.client, socketserver, subprocess, sys, threading
c = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2])); c.request("GET", "/")
print(c.getresponse().read())
class Echo(socketserver.StreamRequestHandler):
    def handle(self): self.wfile.write(self.rfile.readline())
# A queue shorter than the crowd drops connections, which come back after 1 s, 2 s, 4 s ...
socketserver.ThreadingTCPServer.request_queue_size = 64
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Echo)
threading.Thread(target=server.serve_forever, daemon=True).start()
async def one(i):
    r, w = await asyncio.open_connection(*server.server_address)
    w.write(b"%d\n" % i); line = await r.readline(); w.close(); return int(line)
async def main(): return await asyncio.gather(*[one(i) for i in range(50)])
print(asyncio.run(main()))
server.shutdown()
print(subprocess.run(["sh", "-c", "echo sub; exit 3"], capture_output=True))' "$V4" "$PORT"
}

@test "python: many processes by multiprocessing" {
  run_both "$(python_program)" -c '
import multiprocessing as m
if __name__ == "__main__":
    with m.Pool(4) as pool: print(sum(pool.map(abs, range(-500, 500))))'
}

@test "perl" {
  need perl
  served perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(PeerAddr => $ARGV[0],
    PeerPort => $ARGV[1]) or die; print $s "hi\n"; print <$s>; exit 4' "$V4" "$PORT"
}

@test "tclsh" {
  need tclsh
  echo 'set s [socket 203.0.113.7 8080]; puts $s hi; flush $s; puts [gets $s]; exit 5' >client.tcl
  served tclsh client.tcl
}

@test "node: http, child processes, workers" {
  need node
  served node -e 'const {spawnSync} = require("child_process");
require("http").get({host: process.argv[1], port: process.argv[2]}, r => {
  r.on("data", d => console.log(d.toString()));
  r.on("end", () => { const c = spawnSync("sh", ["-c", "echo child; kill -9 $$"]);
    console.log(c.stdout.toString(), c.signal); process.exit(6); }) })' "$V4" "$PORT"
}

@test "Go" {
  need_victim connect_go
  served "$VICTIMS/connect_go" "$V4" "$PORT"
}

@test "a Go build" {
  need go
  mkdir module
  printf 'package main\nfunc main() { println("built") }\n' >module/main.go
  printf 'module x\ngo 1.19\n' >module/go.mod
  export GOCACHE=$PWD/cache GOFLAGS=-buildvcs=false GOPROXY=off CGO_ENABLED=0
  run_both bash -c 'cd module && go vet . && go run .'
}

@test "a static program" {
  served "$VICTIMS/connect_static" "$V4" "$PORT"
}

@test "a 32-bit program" {
  need_victim connect_tcp_32
  served "$VICTIMS/connect_tcp_32" "$V4" "$PORT"
}

@test "threads and forks" {
  served "$VICTIMS/connect_threads" "$V4" "$PORT"
  run_both "$VICTIMS/connect_fork" "$V4" "$PORT" "$MANY"
}

@test "each kind of datagram" {
  start_recorder
  for kind in sendto sendmsg sendmmsg connected; do
    run_both "$VICTIMS/send_udp" "$V4" "$PORT" "$kind"
  done
}

@test "ssh" {
  need ssh
  served ssh -F /dev/null -o BatchMode=yes -p "$PORT" "$V4" true
}

@test "openssl" {
  need openssl
  run_both openssl dgst -sha256 "$VICTIMS/connect_tcp"
  run_both openssl s_client -connect 127.0.0.1:1
}

@test "git, over a protocol that fails and locally" {
  need git
  git init -q repo
  git -C repo -c user.name=n -c user.email=e@example.com commit -q --allow-empty -m one
  run_both sh -c 'git clone -q repo copy && rm -rf copy'
  run_both git -C repo log --format=%s
  run_both git ls-remote http://127.0.0.1:1/x.git
}

@test "a compiler" {
  need gcc
  printf '#include <stdio.h>\nint main(void) { puts("hi"); return 8; }\n' >x.c
  run_both sh -c 'gcc -O2 -Wall x.c -o x && ./x'
}

@test "make, in parallel" {
  need make
  printf 'all: a b c d\n%%:\n\t@sleep 0.05; touch made.$@\n' >Makefile
  run_both sh -c 'make -s -j4 && ls made.* && rm made.*'
}

@test "tar, gzip, find, sort, xargs" {
  run_both sh -c 'tar -cf - -C /usr/include linux | gzip -1 | gzip -dc | tar -tf - | sort | tail -3'
  run_both sh -c 'find /usr/include/linux -name "*.h" -print0 | xargs -0 -P 4 -n 50 wc -c | sort |
    tail -2'
}

@test "pipes, SIGPIPE, traps and death in a shell" {
  run_both bash -o pipefail -c 'yes | head -n 2; echo "${PIPESTATUS[@]}"'
  run_both bash -c 'trap "echo bye" EXIT; kill -SEGV $$'
  run_both bash -c '"$0" 11; echo $?; "$0" 6; echo $?; "$0" 15; echo $?' "$VICTIMS/exit_signal"
  run_both bash -c 'sleep 100 & kill -STOP $!; kill -CONT $!; kill $!; wait $!; echo $?'
}

@test "timeout" {
  run_both timeout 0.3 sleep 100
  run_both timeout -s KILL 0.3 sleep 100
  run_both timeout 5 true
}

@test "a missing command in a shell" {
  run_both bash -c 'no-such-command; echo $?; /no/such/file; echo $?'
}

@test "getent and name lookups that fail" {
  run_both getent ahosts 203.0.113.7
  run_both getent hosts no-such-host.invalid
  run_both "$(python_program)" -c 'import socket; socket.getaddrinfo("no-such.invalid", 1)'
}

@test "every odd pointer and length of connect and sendto" {
  run_both "$VICTIMS/bad_pointers"
  [ "$(wc -l <jailed.out)" -gt 800 ]
}

@test "batches of messages that are received, whatever may be refused" {
  capture native "$VICTIMS/recv_batches"
  capture jailed jail -r 'refuse 203.0.113.99' -- "$VICTIMS/recv_batches"
  assert_same native jailed
}

@test "tmux" {
  need tmux
  need_kernel 6.10 'descriptors cannot be passed'
  run_both bash -c 'tmux -S "$PWD/tmux.$$" -f /dev/null new-session -d "echo inside >inside; sleep 600"
    for i in {1..900}; do [ -s inside ] && break; sleep 0.1; done
    cat inside; rm inside; tmux -S "$PWD/tmux.$$" kill-server; echo $?'
  assert_nothing_left
}

@test "a program that forbids itself connections by Landlock" {
  need_kernel 6.10 'netjail makes its connections'
  capture native "$VICTIMS/own_landlock" "$V4" "$PORT"
  [ "$(<native.status)" != 77 ] || skip 'no Landlock for ports'
  served "$VICTIMS/own_landlock" "$V4" "$PORT"
  assert_line 'blocking, port 1: Permission denied' jailed.out
  assert_line '^pairs of children, refused: 300$' jailed.out
  capture jailed jail -r "allow $V4" -r 'default refuse' -- "$VICTIMS/own_landlock" "$V4" "$PORT"
  assert_same native jailed
}
