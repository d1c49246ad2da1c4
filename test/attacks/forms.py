# SPDX-License-Identifier: GPL-2.0-or-later
"""test/attacks/forms.py - what an attack needs around it besides the recorder

helper: yes             a process outside (helper/outside.c), in ATTACK_HELPER; ADDR is its peer
inherit: udp|cork|route|tcp|fastopen|packet|ring   a descriptor that was open before netjail started (helper/inherit.c)
form: unix              attack ALLOWED DENIED: paths of AF_UNIX, see helper/unix_recorder.c
output: fifo            netjail's trace goes to a pipe that nobody reads for a second, twice
"""
import os
import socket
import subprocess
import threading
import time

UNIX_RULES = ["refuse unix:*denied*", "refuse unix:@*denied*"]


class Surroundings:
    """The helper and the inherited descriptor of one step; as a context it ends them."""

    def __init__(self, attack, built, folder):
        self.fields, self.built, self.folder = attack.fields, built, folder
        self.helper = None
        self.env = dict(os.environ, ATTACK_HELPER=str(folder / "helper"))

    def start(self, user, address, port):
        if "helper" not in self.fields:
            return self
        # The socket of an earlier helper belongs to its user.
        (self.folder / "helper").unlink(missing_ok=True)
        (self.folder / "helper.sock").unlink(missing_ok=True)
        argv = user + [str(self.built / "outside"), str(self.folder / "helper"),
                       str(self.folder / "helper.sock"), address, port]
        self.helper = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        self.helper.stdout.readline()
        return self

    def wrap(self, argv, address, port):
        if "inherit" not in self.fields:
            return argv
        return [str(self.built / "inherit"), self.fields["inherit"], address, port] + argv

    def pids(self):
        return {self.helper.pid} if self.helper else set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.helper:
            self.helper.kill()
            self.helper.wait()
            self.helper.stdout.close()


def drain_late(log):
    """LOG becomes a pipe; it is read a second after netjail opened it, and only its first bytes
    for another second, into LOG.text. An emulated machine, whose LIMIT is larger, takes longer to fill it."""
    log.with_name("trace.text").unlink(missing_ok=True)
    os.mkfifo(log)
    log.chmod(0o666)

    def drain():
        with open(log, "rb") as pipe, open(f"{log}.text", "wb") as text:
            pause = int(os.environ.get("LIMIT", "120")) / 120
            time.sleep(pause)
            while data := os.read(pipe.fileno(), 65536):
                text.write(data)
                text.flush()
                time.sleep(pause)
                pause = 0

    threading.Thread(target=drain, daemon=True).start()


def unix_barrier(path, line):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.sendto(line.encode(), path)
