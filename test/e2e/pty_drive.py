#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/e2e/pty_drive.py - a terminal with a program in it: types, reads, and knows the time limit
import os
import pty
import re
import select
import signal
import sys
import termios
import time

PATIENCE = float(os.environ.get("PATIENCE", "300")) / 10
PROMPT = "type> "


class Terminal:
    """A program with a pseudo-terminal as its controlling terminal."""

    started = []

    def __init__(self, *argv):
        self.seen = b""
        self.at = 0
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="vt100", PS1=PROMPT, HISTFILE="", LC_ALL="C")
            os.execvp(argv[0], argv)
        self.started.append(self.pid)

    def type(self, text):
        os.write(self.fd, text.encode())

    def fill(self, seconds):
        """Reads what comes within the time; False when nothing did."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            got = os.read(self.fd, 65536)
        except OSError:
            got = b""
        self.seen += got
        return bool(got)

    def expect(self, pattern):
        """Waits for what was not yet matched; returns the match."""
        end = time.monotonic() + PATIENCE
        while True:
            found = re.compile(pattern.encode(), re.DOTALL).search(self.seen, self.at)
            if found:
                self.at = found.end()
                return found
            if time.monotonic() > end or (not self.fill(0.1) and self.ended()):
                self.fail(f"'{pattern}' did not come")

    def ended(self):
        return state_of(self.pid) in ("Z", None)

    def skip(self):
        """Forgets what has come up to now."""
        while self.fill(0):
            pass
        self.at = len(self.seen)

    def quiet(self, seconds):
        """Nothing may come for so long."""
        self.skip()
        if self.fill(seconds):
            self.fail("it is not stopped")

    def settings(self):
        return termios.tcgetattr(self.fd)

    def status(self):
        """The exit status as a shell gives it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.fill(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status) % 256 if os.WIFEXITED(status) \
                    else 128 + os.WTERMSIG(status)
        self.fail("it does not end")

    def fail(self, why):
        sys.stderr.write(f"{why}\n--- terminal\n{self.seen[-4000:]!r}\n")
        sys.exit(1)


def end(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def state_of(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(") ")[2][0]
    except OSError:
        return None


def pids_of(name):
    """The processes whose program is called so."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as cmdline:
                argv0 = cmdline.read().split(b"\0")[0].decode()
        except OSError:
            continue
        if os.path.basename(argv0) == name:
            found.append(int(pid))
    return found


def eventually(what, condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"did not come true: {what}")
        time.sleep(0.05)
