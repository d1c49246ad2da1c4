# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/e2e/timed.py - connect and accept with a time limit, to a full queue at 127.0.0.1:7000
#
# timed.py LIMIT SLACK CALL...: how each ended. Signals that are ignored come all the time, until a
# call has taken LIMIT + SLACK seconds. "handled": a handled one comes, and the call is made twice.
import ctypes, errno, signal, socket, struct, sys, threading, time

LIMIT, SLACK = float(sys.argv[1]), float(sys.argv[2])
TO = struct.pack("=HH", socket.AF_INET, socket.htons(7000)) + socket.inet_aton("127.0.0.1") + bytes(8)
libc = ctypes.CDLL(None, use_errno=True)

def limited(option):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(LIMIT), int(LIMIT % 1 * 1e6)))
    return sock

def said(result):
    return errno.errorcode[ctypes.get_errno()] if result < 0 else str(result)

def connect(sock):
    return libc.connect(sock.fileno(), TO, len(TO))

def accept(sock):
    sock.bind(("127.0.0.1", 7001))
    sock.listen()
    return libc.accept(sock.fileno(), None, None)

def storm(over):
    end = time.monotonic() + LIMIT + SLACK
    while not over.is_set() and time.monotonic() < end:
        time.sleep(0.05)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGWINCH)

def timed(name, call, option):
    sock = limited(option)
    over = threading.Event()
    signals = threading.Thread(target=storm, args=(over,))
    signals.start()
    begun = time.monotonic()
    result = said(call(sock))
    took = time.monotonic() - begun
    over.set()
    signals.join()
    print(name, result, "early" if took < LIMIT else "late" if took > LIMIT + SLACK else "in time", flush=True)

def handled():
    sock = limited(socket.SO_SNDTIMEO)
    signal.signal(signal.SIGALRM, lambda *unused: None)
    signal.setitimer(signal.ITIMER_REAL, LIMIT / 4)
    first = said(connect(sock))
    print("handled", first, said(connect(sock)), flush=True)

def found(): # the signals, if any, are the test's
    sock = limited(socket.SO_SNDTIMEO)
    print("ready", flush=True)
    print("found", said(connect(sock)), flush=True)

for name in sys.argv[3:]:
    if name == "connect":
        timed(name, connect, socket.SO_SNDTIMEO)
    elif name == "accept":
        timed(name, accept, socket.SO_RCVTIMEO)
    elif name == "wait":
        print("ready", flush=True)
        sys.stdin.readline()
    else:
        globals()[name]()
