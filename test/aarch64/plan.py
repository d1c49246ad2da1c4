#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""test/aarch64/plan.py BUILD PATTERN [VARIABLE=VALUE...] - the guest's tests, from ctest's own list

Prints a call of run_test (test/aarch64/guest/run) for each test of the build folder whose name is
matched by PATTERN, with the VARIABLEs in its environment. Paths are the same in the guest.
"""
import json
import re
import shlex
import subprocess
import sys


def properties(test):
    return {entry["name"]: entry["value"] for entry in test.get("properties", [])}


def line(test, variables):
    has = properties(test)
    # what runs in seconds runs in minutes there, and this machine may be busy
    limit = str(int(has.get("TIMEOUT", 300) * 5))
    patience = ["PATIENCE=1800", "LIMIT=300"]
    words = [test["name"], has["WORKING_DIRECTORY"], limit, str(has.get("SKIP_RETURN_CODE", -1))]
    return shlex.join(["run_test", *words, *has.get("ENVIRONMENT", []), *patience,
                       *variables, *test["command"]])


def main():
    build, pattern, *variables = sys.argv[1:]
    shown = subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, check=True,
                           stdout=subprocess.PIPE)
    tests = json.loads(shown.stdout)["tests"]
    wanted = [test for test in tests if re.search(pattern, test["name"])]
    if not wanted:
        sys.exit(f"{sys.argv[0]}: no test is matched by {pattern}")
    for test in wanted:
        print(line(test, variables))


if __name__ == "__main__":
    main()
