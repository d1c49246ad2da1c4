#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/log/kill_moments.py NETJAIL VICTIMS [TIMES] - SIGKILL of netjail at random moments: the log has
# whole lines (but the last, where a page of the file ends), numbers and chain without a gap, and every
# call that a listener saw
#
# The kernel ends a write(2) of a killed process between two pages (mm/filemap.c): the last line may
# be cut off. The call that it tells of must not have been made.
#
# Either of netjail's processes is killed, the one that was started or the tracer. Run in a network
# namespace (test/e2e/netns). An emulated machine has TRIES_DIVISOR.
import hashlib
import json
import mmap
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

ADDRESS = ("127.0.0.1", 9191)
PATIENCE = float(os.environ.get("PATIENCE", "600")) / 10


def listeners():
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    udp.bind(ADDRESS)
    tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    tcp.bind(ADDRESS)
    tcp.listen(4096)
    tcp.setblocking(False)
    udp.setblocking(False)
    return udp, tcp


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def drain(udp, tcp):
    """How many datagrams (by the highest number) and connections came."""
    datagrams = connections = 0
    while select.select([udp, tcp], [], [], 0.02)[0]:
        try:
            while True:
                datagrams = max(datagrams, struct.unpack("=I", udp.recv(64))[0] + 1)
        except BlockingIOError:
            pass
        try:
            while True:
                tcp.accept()[0].close()
                connections += 1
        except BlockingIOError:
            pass
    return datagrams, connections


def read_log(name):
    """Announced datagrams and connections; what is wrong with the lines."""
    chain, number, told = "0" * 64, 0, {"sendto": 0, "connect": 0}
    with open(name, "rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                # the kernel ends the write of a process that is killed at a page's border
                if not file.read(1) and file.tell() % mmap.PAGESIZE == 0:
                    break
                raise ValueError(f"half a line: {line[-80:]}")
            entry = json.loads(line)
            if entry["event"]["sequence"] != number or entry["netjail"]["chain"] != chain:
                raise ValueError(f"line {number + 1}: number or chain")
            chain = hashlib.sha256(line[:-1]).hexdigest()
            number += 1
            if entry["netjail"].get("phase") == "begin":
                told[entry["event"]["action"]] += 1
    return told


def once(netjail, victims, udp, tcp, name):
    log = f"{name}.log"
    process = subprocess.Popen([netjail, "trace", "-o", "/dev/null", "--log", log, "--",
                                os.path.join(victims, "many_calls"), *map(str, ADDRESS)],
                               stdin=subprocess.DEVNULL)
    limit = time.monotonic() + PATIENCE
    while not (os.path.exists(log) and b"phase" in open(log, "rb").read(1 << 16)):
        if time.monotonic() > limit or process.poll() is not None:
            raise ValueError("the program did not begin")
        time.sleep(0.002)
    time.sleep(random.random() * 0.03)
    tracers = [os.pidfd_open(pid) for pid in children(process.pid)]
    victim = random.choice([process.pid, *children(process.pid)])
    os.kill(victim, signal.SIGKILL)
    process.wait(PATIENCE)
    for pidfd in tracers:
        if not select.select([pidfd], [], [], PATIENCE)[0]:
            raise ValueError("a process of netjail lives")
        os.close(pidfd)
    datagrams, connections = drain(udp, tcp)
    told = read_log(log)
    if datagrams > told["sendto"] or connections > told["connect"]:
        raise ValueError(f"{datagrams} datagrams and {connections} connections, told {told}")
    os.unlink(log)
    return datagrams, connections


def main():
    netjail, victims = sys.argv[1:3]
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    times = -(-times // int(os.environ.get("TRIES_DIVISOR", "1")))
    udp, tcp = listeners()
    seed = random.randrange(1 << 32)
    random.seed(seed)
    total = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(times):
            try:
                reached = once(netjail, victims, udp, tcp, os.path.join(folder, str(turn)))
            except (ValueError, OSError, subprocess.TimeoutExpired) as error:
                print(f"seed {seed}, turn {turn}: {error}")
                return 1
            total = [a + b for a, b in zip(total, reached)]
    print(f"{times} kills; {total[0]} datagrams and {total[1]} connections, all told")
    return 0 if total[0] and total[1] else 1


if __name__ == "__main__":
    sys.exit(main())
