#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test/e2e/pty_ask.py ANSWER COMMAND... - runs it on a terminal of its own and answers questions

Prints what the terminal showed. ANSWER is typed at each question; "hangup" closes the terminal.
"""
import os
import pty
import select
import sys
import time

PATIENCE = float(os.environ.get("PATIENCE", "500")) / 10


def main():
    answer, command = sys.argv[1], sys.argv[2:]
    pid, master = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    shown, answered = b"", 0
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not select.select([master], [], [], 0.5)[0]:
            continue
        try:
            data = os.read(master, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
        if shown.count(b"allow") > answered and shown.rstrip().endswith(b":"):
            if answer == "hangup":
                os.close(master)
                break
            os.write(master, answer.encode() + b"\n")
            answered = shown.count(b"allow") + answer.count("allow")
    _, status = os.waitpid(pid, 0)
    sys.stdout.write(shown.decode(errors="replace").replace("\r", ""))
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


main()
