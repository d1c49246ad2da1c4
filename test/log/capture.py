#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""What a packet capture of the loopback saw, against what logs of the same runs say.

capture.py capture FILE       writes each flow once, a line a flow, until it is ended; says "ready"
capture.py check FLOWS LOG    every flow is in the log, and every logged success is a flow

A flow is "tcp SOURCE PORT DESTINATION PORT", begun by a SYN, or the same of a datagram ("udp").
"""
import json
import socket
import struct
import sys

TCP, UDP, SYN, ACK = 6, 17, 2, 16
NAMES = {TCP: "tcp", UDP: "udp"}


def flow_of(packet):
    """The flow that an IP packet begins or belongs to; None when it is none of those."""
    if packet[0] >> 4 == 4:
        protocol, start = packet[9], (packet[0] & 15) * 4
        ends, family = (packet[12:16], packet[16:20]), socket.AF_INET
    elif packet[0] >> 4 == 6:
        protocol, start = packet[6], 40
        ends, family = (packet[8:24], packet[24:40]), socket.AF_INET6
    else:
        return None
    if protocol not in NAMES or len(packet) < start + 14 and protocol == TCP:
        return None
    if protocol == TCP and packet[start + 13] & (SYN | ACK) != SYN:
        return None
    ports = struct.unpack_from("!HH", packet, start)
    names = [socket.inet_ntop(family, end) for end in ends]
    return f"{NAMES[protocol]} {names[0]} {ports[0]} {names[1]} {ports[1]}"


def capture(path):
    every = 3  # ETH_P_ALL, <linux/if_ether.h>
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(every))
    sock.setsockopt(socket.SOL_SOCKET, 33, 64 << 20)  # SO_RCVBUFFORCE
    sock.bind(("lo", every))
    seen = set()
    with open(path, "w", buffering=1, encoding="ascii") as out:
        print("ready", flush=True)
        while True:
            flow = flow_of(sock.recv(65536))
            if flow and flow not in seen:
                seen.add(flow)
                print(flow, file=out)


def plain(address):
    return address[7:] if address.startswith("::ffff:") else address


def read_log(path):
    """Flows that began; ends of calls whose own end is not known (a connect that failed, a datagram
    socket without an address); flows that must have been captured."""
    known, ends, successes = set(), set(), set()
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        network, netjail = record.get("network", {}), record.get("netjail", {})
        source, to = record.get("source", {}), record.get("destination", {})
        if netjail.get("phase") != "end" or "ip" not in to and "ip" not in source:
            continue
        action, transport = record["event"]["action"], network.get("transport", "?")
        to = to if "ip" in to else record.get("server", {})
        if not to.get("ip"):
            continue
        end = f"{plain(to['ip'])} {to.get('port', 0)}"
        began = record["event"]["outcome"] == "success" or \
            record.get("error", {}).get("code") == "EINPROGRESS"
        if began and source.get("ip"):
            flow = f"{transport} {plain(source['ip'])} {source['port']} {end}"
            known.add(flow)
            # connect(2) of a datagram socket sends nothing
            if transport == "tcp" and record["event"]["outcome"] == "success" or action.startswith("send"):
                successes.add(flow)
        elif not netjail.get("injected"):
            ends.add(f"{transport} {end}")
    return known, ends, successes


def check(flows_path, log_path):
    flows = [line.split() for line in open(flows_path, encoding="ascii")]
    known, ends, successes = read_log(log_path)
    captured = {" ".join(flow) for flow in flows}

    def is_logged(kind, source, port, to, to_port):
        return f"{kind} {source} {port} {to} {to_port}" in known or f"{kind} {to} {to_port}" in ends

    wrong = 0
    for kind, source, port, to, to_port in flows:
        # a datagram may be the answer to one
        if not is_logged(kind, source, port, to, to_port) and not (
                kind == "udp" and is_logged(kind, to, to_port, source, port)):
            print(f"captured, not in the log: {kind} {source} {port} {to} {to_port}")
            wrong += 1
    for flow in sorted(successes - captured):
        print(f"in the log, not captured: {flow}")
        wrong += 1
    print(f"{len(flows)} flows, {len(successes)} successes in the log")
    return wrong or not flows or not successes


if __name__ == "__main__":
    if sys.argv[1] == "capture":
        capture(sys.argv[2])
    sys.exit(1 if check(sys.argv[2], sys.argv[3]) else 0)
