# SPDX-License-Identifier: GPL-2.0-or-later
"""What one step of an attack runs in: the recorder, a limit of time, and the netjail that attaches.

Environment: see run.
"""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import forms

BUILT = pathlib.Path(os.environ.get("ATTACKS", "."))
RECORDER = os.environ.get("RECORDER", "recorder")
PORT = "8080"
LIMIT = int(os.environ.get("LIMIT", "120"))


class Step:
    """One run of an attack: how it ended and what the recorder saw."""

    def __init__(self, status, record, output, seconds):
        self.status, self.record = status, record
        self.output, self.seconds = output, seconds


class Bench:
    """The recorder and the folder of one run."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.chmod(0o777)
        self.record = self.folder / "record"
        self.barriers = 0
        self.recorder = None
        self.unix = False

    def start(self, unix=False):
        self.record.write_text("")
        self.unix = unix
        argv = [RECORDER, str(self.record), PORT]
        if unix:
            argv = [str(BUILT / "unix_recorder"), str(self.record),
                    str(self.folder / "allowed"), str(self.folder / "denied")]
        self.recorder = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        if self.recorder.stdout.readline() != "ready\n":
            sys.exit("the recorder does not start")

    def stop(self):
        self.recorder.kill()
        self.recorder.wait()
        self.recorder.stdout.close()

    def settle(self):
        """The record once all that was sent before is in it, as test/victims/recorder.c says."""
        self.barriers += 1
        line = f"barrier {self.barriers}"
        for _ in range(LIMIT * 5):
            if self.unix:
                forms.unix_barrier(str(self.folder / "allowed.dgram"), line)
            else:
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                    sock.sendto(line.encode(), ("127.0.0.1", int(PORT)))
            for _ in range(10):
                text = self.record.read_text()
                if f"\n{line}\n" in f"\n{text}":
                    return text
                time.sleep(0.02)
        sys.exit("the recorder does not answer")

    def step(self, argv, limit, around, jail=None):
        self.record.write_text("")
        begin = time.monotonic()
        with open(self.folder / "out", "w+b") as out:
            child = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                     start_new_session=True, cwd=self.folder,
                                     env=around.env)
            attached = jail and attach(jail, child)
            try:
                status = child.wait(limit)
            except subprocess.TimeoutExpired:
                status = None
            if attached:
                leave(attached)
            end_children({self.recorder.pid} | around.pids())
            child.poll()
            out.seek(0)
            output = out.read(4000).decode(errors="replace")
        return Step(status, self.settle(), output, time.monotonic() - begin)


def state_of(pid):
    """The letter of proc(5); "" for a process that is gone."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    except OSError:
        return ""


def read_by(log):
    """Where the trace can be read: where what drains a pipe puts it."""
    return log.with_name("trace.text") if log.is_fifo() else log


def trace_of(log):
    try:
        return read_by(log).read_text(errors="replace")
    except FileNotFoundError:
        return ""


def attach(jail, child):
    """Attaches to a child that stops itself, and lets it go on; the netjail that watches it."""
    argv, log = jail
    for _ in range(LIMIT * 100):
        if state_of(child.pid) in ("T", "Z", ""):
            break
        time.sleep(0.01)
    watcher = subprocess.Popen(argv + ["-p", str(child.pid)], stdin=subprocess.DEVNULL,
                               start_new_session=True)
    for _ in range(LIMIT * 100):
        if watcher.poll() is not None or "attached to" in trace_of(log):
            break
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGCONT)
    return watcher


def leave(watcher):
    """Within the time of one attack, or it is a hang that the next step would meet."""
    watcher.terminate()
    try:
        status = watcher.wait(20)
    except subprocess.TimeoutExpired:
        watcher.kill()
        status = "none"
        watcher.wait()
    if status != 0:
        print(f"# netjail: status {status}", flush=True)


def end_children(keep):
    """Ends whatever a step left behind: this process adopts all orphans."""
    for _ in range(100):
        me = str(os.getpid())
        pids = pathlib.Path(f"/proc/{me}/task/{me}/children").read_text().split()
        pids = [int(pid) for pid in pids if int(pid) not in keep]
        if not pids:
            return
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
