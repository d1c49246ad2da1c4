#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test/log/validate.py [--ended] [--sample] LOG... - every line of the logs: the JSON schema beside this file, the
# sequence without gaps, the chain of hashes, no process or call out of its order
#
# --ended: each run must have its last line. --sample: the schema is held against the first lines of each
# shape and one in ten of the others; the rest against every line. Prints what is wrong, and the
# number of lines.
import hashlib
import json
import os
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: no jsonschema for python3 (package python3-jsonschema)")
    sys.exit(77)


SAMPLE_FIRST = 20


def shape(value):
    """The keys of an object and what they hold, without the values."""
    if isinstance(value, dict):
        return tuple((key, shape(entry)) for key, entry in sorted(value.items()))
    if isinstance(value, list):
        return (list, *sorted({shape(entry) for entry in value}, key=repr))
    return type(value)


class Checker:
    def __init__(self, ended, sample):
        here = os.path.dirname(os.path.abspath(__file__))
        with open(os.path.join(here, "schema.json"), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft7Validator.check_schema(schema)
        self.validator = jsonschema.Draft7Validator(
            schema, format_checker=jsonschema.FormatChecker(("ipv4", "ipv6")))
        self.ended = ended
        self.sample = sample
        self.seen = {}
        self.lines = 0
        self.wrong = 0

    def complain(self, where, what):
        self.wrong += 1
        if self.wrong <= 20:
            print(f"{where}: {what}")

    def check_order(self, where, entry, run):
        """What a reader may rely on beside the shape of single lines."""
        action = entry["event"]["action"]
        entity = entry["process"].get("entity_id")
        if run["ended"]:
            self.complain(where, "a line after run-end")
        if (action == "run-start") != (entry["event"]["sequence"] == 0):
            self.complain(where, "run-start is not the first line, or not the only one")
        if action == "run-end":
            run["ended"] = True
        if action in ("fork", "exec", "attach"):
            run["live"].add(entity)
        if action == "exit":
            if entity not in run["live"]:
                self.complain(where, f"{entity} ends and never began")
            run["live"].discard(entity)

    def is_sampled(self, entry):
        """Whether it is one that the schema is held against."""
        if not self.sample:
            return True
        form = (entry["event"]["action"], shape(entry))
        count = self.seen[form] = self.seen.get(form, 0) + 1
        return count <= SAMPLE_FIRST or count % 10 == 0

    def check_line(self, where, line, runs):
        try:
            entry = json.loads(line.decode("utf-8"))
        except ValueError as error:
            self.complain(where, error)
            return
        try:
            if self.is_sampled(entry):
                for error in self.validator.iter_errors(entry):
                    path = "/".join(map(str, error.absolute_path))
                    self.complain(where, f"{path}: {error.message[:300]}")
            run = runs.setdefault(entry["agent"]["id"],
                                  {"next": 0, "chain": "0" * 64, "ended": False, "live": set()})
            if entry["event"]["sequence"] != run["next"]:
                self.complain(where, f"sequence {entry['event']['sequence']}, not {run['next']}")
            if entry["netjail"]["chain"] != run["chain"]:
                self.complain(where, "the chain is broken")
            self.check_order(where, entry, run)
            run["next"] = entry["event"]["sequence"] + 1
            run["chain"] = hashlib.sha256(line).hexdigest()
        except (KeyError, TypeError) as error:
            self.complain(where, f"lacks {error}")

    def check_file(self, name):
        runs = {}
        with open(name, "rb") as file:
            for number, line in enumerate(file, 1):
                self.lines += 1
                if not line.endswith(b"\n"):
                    self.complain(f"{name}:{number}", "half a line")
                self.check_line(f"{name}:{number}", line.rstrip(b"\n"), runs)
        for run in runs.values():
            if self.ended and not run["ended"]:
                self.complain(name, "no run-end")


def main():
    options = [word for word in sys.argv[1:] if word.startswith("--")]
    checker = Checker("--ended" in options, "--sample" in options)
    files = []
    for name in sys.argv[1 + len(options):]:
        if not os.path.exists(name) or (os.path.isdir(name) and not os.listdir(name)):
            print(f"skipped: no logs at {name} (the end-to-end tests leave them)")
            return 77
        if os.path.isdir(name):
            files += [os.path.join(name, entry) for entry in sorted(os.listdir(name))]
        else:
            files.append(name)
    for name in files:
        checker.check_file(name)
    print(f"{checker.lines} lines in {len(files)} logs, {checker.wrong} wrong")
    if not checker.lines:
        print("nothing to check")
        return 1
    return 1 if checker.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
