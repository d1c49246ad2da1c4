#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test/aarch64/judge.py README LOG [VARIABLE=VALUE...] - counts what ran in a guest, and what was skipped is listed

LOG is the serial line's. The rows of README that begin with "| `" are the tests that cannot run
there: `TEST: CASE`, when (always, short, before VERSION), why. Exit status 1 when a test was skipped
that is not listed, or one ran that is listed: neither goes unnoticed. With ATTACKS_ONLY among the
VARIABLEs some of the listed ones are not meant to run.
"""
import collections
import re
import sys

UNSEEN = "unseen by an attach: "  # test/attacks/run

Row = collections.namedtuple("Row", "name when why")


def rows(readme):
    found = re.findall(r"^\| `([^|]+)` \| ([^|]+) \| ([^|]+) \|$", readme, re.M)
    return [Row(name, when.strip(), why.strip()) for name, when, why in found]


def version(text):
    return [int(word) for word in re.findall(r"\d+", text)[:2]]


def applies(row, kernel):
    """True, False, or None where it may be either."""
    if row.when == "short":
        return None
    return row.when == "always" or version(kernel) < version(row.when)


class Log:
    """The tests that were begun, and what became of the cases in them."""

    def __init__(self, text):
        self.kernel = re.search(r"^# guest: Linux (\S+)", text, re.M).group(1)
        self.begun, self.skipped = set(), {}
        self.counts = collections.Counter()
        test = ""
        for line in text.splitlines():
            if match := re.match(r"guest: begin (\S+)", line):
                # which part of the attacks it is does not matter, nor with which rights
                test = re.sub(r"^attacks/\d+$", "attacks", match.group(1)).removesuffix("-plain")
                self.begun.add(test)
            elif match := re.match(r"guest: skipped (\S+)", line):
                self.skipped[match.group(1)] = "the test says so"
            elif match := re.match(r"(not )?ok \d*(?: -|-)? ?(.*)$", line):
                self.case(test, bool(match.group(1)), match.group(2))

    def case(self, test, failed, text):
        if skip := re.match(r"(.*?) # skip:? ?(.*)", text, re.I):
            self.skipped[f"{test}: {skip.group(1)}"] = skip.group(2)
        else:
            self.counts["failed" if failed else "passed"] += 1


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        listed = rows(file.read())
    with open(sys.argv[2], encoding="utf-8", errors="replace") as file:
        log = Log(file.read())
    names = {row.name: row for row in listed}
    wrong = []
    for name, why in log.skipped.items():
        # what is attached to lacks what a run lacks, and what doc/threats.md says
        row = names.get(name.replace("attacks/attached:", "attacks:"))
        if why.startswith(UNSEEN) and name.startswith("attacks/attached:"):
            continue
        if not row or applies(row, log.kernel) is False:
            wrong.append(f"skipped, and not listed: {name}: {why}")
    whole = not any("ATTACKS_ONLY=" in variable for variable in sys.argv[3:])
    for row in listed if whole else []:
        if row.name.split(":")[0] in log.begun and applies(row, log.kernel) \
                and row.name not in log.skipped:
            wrong.append(f"listed, and not skipped: {row.name}")
    print(f"# {log.counts['passed']} cases passed, {log.counts['failed']} failed; "
          f"{len(log.skipped)} cannot run on Linux {log.kernel} here:")
    for name, why in sorted(log.skipped.items()):
        print(f"#   {name}: {names[name].why if name in names else why}")
    print("".join(f"judge: {line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
