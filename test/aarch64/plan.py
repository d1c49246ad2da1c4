#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test/aarch64/plan.py BUILD PATTERN [[START/]VARIABLE=VALUE...] - the guest's tests, from ctest's list

Prints a call of run_test (test/aarch64/guest/run) for each test of the build folder whose name is
matched by PATTERN, with the VARIABLEs in its environment; one that begins with START/ is for tests
whose names do. Paths are the same in the guest. The longest come first: programs, then units.
"""
import json
import re
import shlex
import subprocess
import sys

ORDER = ["e2e", "attacks", "unit", "fuzz"]


def properties(test):
    return {entry["name"]: entry["value"] for entry in test.get("properties", [])}


def meant(test, variables):
    """The VARIABLEs that are for this test, without their START/."""
    for variable in variables:
        start, slash, rest = variable.partition("/")
        if not slash or "=" in start:
            yield variable
        elif test["name"].startswith(start + slash):
            yield rest


def line(test, variables):
    has = properties(test)
    # what runs in seconds runs in minutes there, and this machine may be busy
    limit = str(int(has.get("TIMEOUT", 300) * 5))
    patience = ["PATIENCE=6000", "LIMIT=600", "LATE=60", "LINK_MS=300"]
    words = [test["name"], has["WORKING_DIRECTORY"], limit, str(has.get("SKIP_RETURN_CODE", -1))]
    return shlex.join(["run_test", *words, *has.get("ENVIRONMENT", []), *patience,
                       *meant(test, variables), *test["command"]])


def main():
    build, pattern, *variables = sys.argv[1:]
    shown = subprocess.run(["ctest", "-C", "full", "--show-only=json-v1"], cwd=build, check=True,
                           stdout=subprocess.PIPE)
    tests = json.loads(shown.stdout)["tests"]
    wanted = [test for test in tests if re.search(pattern, test["name"])]
    if not wanted:
        sys.exit(f"{sys.argv[0]}: no test is matched by {pattern}")
    wanted.sort(key=lambda test: ORDER.index(test["name"].split("/")[0]))
    if "e2e/logs" not in [test["name"] for test in wanted]:
        # nobody would look at what they log
        variables.append("NETJAIL_LOGS=")
    for test in wanted:
        print(line(test, variables))


if __name__ == "__main__":
    main()
