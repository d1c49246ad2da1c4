#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/e2e/pty_jobs.py SCENE COMMAND... - job control in a terminal; COMMAND runs what follows it
#
# COMMAND is empty or "netjail trace -o FILE --": each scene must play the same way with both.
import fcntl
import os
import shlex
import signal
import struct
import sys
import termios

from pty_drive import PROMPT, Terminal, end, eventually, pids_of, state_of

TICKER = os.path.join(os.environ["VICTIMS"], "ticker")


def ticker_is(states):
    return lambda: all(state_of(p) in states for p in pids_of("ticker")) and pids_of("ticker")


def ticker_in_front():
    """The terminal is its group's: until then ^\\ would go to the shell."""
    for pid in pids_of("ticker"):
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(") ")[2].split()
        return fields[2] == fields[5]
    return False


def shell_with_job(command):
    """An untraced interactive shell with the ticker as its foreground job."""
    term = Terminal("bash", "--norc", "--noprofile", "-i")
    term.expect(PROMPT)
    term.type(shlex.join([*command, TICKER]) + "\r")
    term.expect(r"tick 3\r")
    return term


def stop(term):
    term.type("\x1a")
    term.expect(r"Stopped")
    eventually("the ticker is stopped", ticker_is("Tt"))
    term.expect(PROMPT)
    term.quiet(0.3)


def leave(term):
    term.skip()
    term.type("exit\r")
    return term.status()


def stop_and_fg(command):
    term = shell_with_job(command)
    for _ in range(3):
        stop(term)
        term.type("fg\r")
        term.expect(r"tick \d+\r\n.*tick \d+\r")
    term.type("\x03")
    term.expect(PROMPT)
    term.type("echo status=$?\r")
    term.expect(r"status=130\r")
    return leave(term)


def stop_and_bg(command):
    term = shell_with_job(command)
    stop(term)
    term.type("bg\r")
    term.expect(r"tick \d+\r\n.*tick \d+\r")
    eventually("the ticker runs", ticker_is("SRD"))
    term.type("fg\r")
    eventually("the ticker is in front", ticker_in_front)
    term.type("\x1c")
    term.expect(r"Quit")
    term.type("echo status=$?\r")
    term.expect(r"status=131\r")
    return leave(term)


def sigcont(command):
    term = shell_with_job(command)
    stop(term)
    term.type("kill -CONT %1\r")
    term.expect(r"tick \d+\r\n.*tick \d+\r")
    term.type("kill %1; wait; echo gone\r")
    term.expect(r"gone\r")
    eventually("the ticker ends", lambda: not pids_of("ticker"))
    return leave(term)


def kill_a_stopped_job(command):
    term = shell_with_job(command)
    stop(term)
    term.type("kill -KILL %1\r")
    term.expect(PROMPT)
    term.type("while [ -n \"$(jobs -s)\" ]; do sleep 0.05; done; echo no longer\r")
    term.expect(r"no longer\r.*" + PROMPT)
    eventually("the ticker ends", lambda: not pids_of("ticker"))
    # The shell tells it when it prints a prompt: the one before the loop, or after.
    if b"Killed" not in term.seen:
        term.fail("the shell does not know of the job's death")
    return leave(term)


def stop_the_program_only(command):
    term = shell_with_job(command)
    (ticker,) = pids_of("ticker")
    os.kill(ticker, signal.SIGSTOP)
    eventually("the ticker is stopped", ticker_is("Tt"))
    term.expect("Stopped")
    term.type("fg\r")
    term.expect(r"tick \d+\r\n.*tick \d+\r")
    term.type("\x03")
    term.expect(PROMPT)
    return leave(term)


def shell_inside(command):
    """The shell itself is traced, and its jobs with it."""
    term = Terminal(*command, "bash", "--norc", "--noprofile", "-i")
    term.expect(PROMPT)
    term.type(TICKER + "\r")
    term.expect(r"tick 3\r")
    stop(term)
    term.type("jobs\r")
    term.expect(r"\[1\]\+ +Stopped")
    term.type("bg\r")
    term.expect(r"tick \d+\r\n.*tick \d+\r")
    term.type("fg\r")
    term.expect(r"tick \d+\r")
    term.type("\x03")
    term.expect(PROMPT)
    term.type("echo status=$?\r")
    term.expect(r"status=130\r")
    term.type("sleep 100 & kill %1; wait; echo all done\r")
    term.expect(r"all done\r")
    term.type("sleep 0.1 | cat; echo ${PIPESTATUS[*]}.\r")
    term.expect(r"0 0\.\r")
    term.type("read -t 20 -p $((40 + 2))? line && echo got-$line\r")
    term.expect(r"42\?")
    term.type("a line\r")
    term.expect(r"got-a line\r")
    term.type("exit 7\r")
    return term.status()


def ctrl_c(command):
    """Without a shell between: the program dies by SIGINT, and so does what runs it."""
    term = Terminal(*command, TICKER)
    term.expect(r"tick 3\r")
    term.type("\x03")
    return term.status()


def ctrl_c_handled(command):
    term = Terminal(*command, "bash", "-c",
                    'trap "echo caught; exit 9" INT; echo up; while :; do sleep 0.05; done')
    term.expect("up")
    term.type("\x03")
    term.expect("caught")
    return term.status()


def hangup(command):
    term = Terminal(*command, TICKER)
    term.expect(r"tick 3\r")
    os.close(term.fd)
    eventually("the ticker ends", lambda: not pids_of("ticker"))
    _, status = os.waitpid(term.pid, 0)
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def window_size(command):
    term = Terminal(*command, "bash", "-c",
                    'trap "stty size; exit 4" WINCH; echo up; while :; do sleep 0.05; done')
    term.expect("up")
    fcntl.ioctl(term.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 77, 0, 0))
    term.expect("33 77")
    return term.status()


def full_screen(command, program, first_sight, keys):
    """An untraced shell starts it, it is left again, the terminal is as it was."""
    term = Terminal("bash", "--norc", "--noprofile", "-i")
    term.expect(PROMPT)
    term.type("stty sane; echo ready to start\r")
    term.expect(r"ready to start\r\n.*" + PROMPT)
    # While the shell reads a line it has settings of its own: ask stty.
    term.type("before=$(stty -g)\r")
    term.expect(PROMPT)
    term.type(shlex.join([*command, *program]) + "\r")
    term.expect(first_sight)
    for key in keys:
        term.type(key)
    term.expect(PROMPT)
    term.type("echo status=$?; [ $before = $(stty -g) ] && echo restored\r")
    term.expect(r"status=0\r")
    term.expect(r"restored\r")
    return leave(term)


def less(command):
    with open("long.txt", "w") as text:
        text.writelines(f"line number {i}\n" for i in range(500))
    return full_screen(command, ["less", "long.txt"], "line number 5", ["G", "q"])


# vim without its questions to the terminal, to which nobody here would answer.
VIM = ["vim", "-u", "NONE", "-N", "--cmd", "set t_u7= t_RV= t_RB= t_RF="]


def vim(command):
    with open("some.txt", "w") as text:
        text.write("a short text\n")
    return full_screen(command, [*VIM, "some.txt"], "short text",
                       [":s/^/inserted /\r", ":wq\r"])


def suspend_vim(command):
    term = Terminal("bash", "--norc", "--noprofile", "-i")
    term.expect(PROMPT)
    term.type(shlex.join([*command, *VIM]) + "\r")
    term.expect("~")
    term.type("\x1a")
    term.expect("Stopped.*" + PROMPT)
    term.type("fg\r")
    term.expect("~")
    term.type(":q!\r")
    term.expect(PROMPT)
    term.type("echo status=$?\r")
    term.expect(r"status=0\r")
    return leave(term)


def main():
    scene, command = sys.argv[1], sys.argv[2:]
    try:
        print("status", globals()[scene](command))
        if pids_of("ticker"):
            sys.exit("a ticker was left running")
    finally:
        for pid in [*pids_of("ticker"), *Terminal.started]:
            end(pid)


main()
