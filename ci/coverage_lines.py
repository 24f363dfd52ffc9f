#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What the scenarios reach of the model: functions, lines and branches. See ci/coverage.

    ci/coverage_lines.py OBJECTS

OBJECTS is the directory with gcov's files of scenario_coverage. Templates count as reached if one
instantiation is. Exit code: 0 if every function, line and branch is reached or excused, else 1.

What no scenario can reach is in ci/coverage_excuses: see there.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COVERED = ("model/memcg", "model/kernel")
EXCUSES = "ci/coverage_excuses"


def headers():
    return sorted(h.relative_to(ROOT) for d in COVERED for h in (ROOT / d).glob("*.hpp"))


def functions():
    """The definitions in all headers, as ctags sees them: also those never instantiated."""
    found = subprocess.run(
        ["ctags", "--languages=C++", "--kinds-c++=f", "--fields=+neas", "--sort=no",
         "--output-format=json", "-f", "-", *map(str, headers())],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in found.stdout.splitlines()]


def gcov_files(objects):
    """What gcov says of each header in each object file."""
    data = sorted(pathlib.Path(objects).resolve().glob("*.gcda"))
    if not data:
        sys.exit(f"{sys.argv[0]}: no gcov files in {objects}")
    for one in data:
        text = subprocess.run(["gcov", "--branch-probabilities", "--json-format", "--stdout", one],
                              cwd=ROOT, check=True, capture_output=True, text=True).stdout
        for file in json.loads(text)["files"]:
            if str(pathlib.Path(file["file"]).parent) in COVERED:
                yield file


def conditions(branches):
    """How often each way out of each condition was taken. gcov lists the ways out of a block one
    after the other; where an exception may leave a call there are two of them, and no condition."""
    pairs = [branches[i:i + 2] for i in range(0, len(branches), 2)]
    return [way["count"] for pair in pairs if not any(way["throw"] for way in pair) for way in pair]


class Reached:
    """Counts of lines and of ways out of conditions, summed over instantiations and objects."""

    def __init__(self, objects):
        self.lines = collections.defaultdict(collections.Counter)
        ways = collections.defaultdict(collections.Counter)
        for file in gcov_files(objects):
            for line in file["lines"]:
                self.lines[file["file"]][line["line_number"]] += line["count"]
                counts = conditions(line["branches"])
                # Instantiations may have different conditions: `if constexpr` leaves some out.
                for index, count in enumerate(counts):
                    ways[file["file"], line["line_number"], len(counts)][index] += count
        self.ways = ways

    def branches(self, file):
        """Of a file: (line, number, taken) for each way out of the conditions of a line. Where
        instantiations differ those that never ran say nothing."""
        ran = {line for (of, line, _), counts in self.ways.items()
               if of == file and any(counts.values())}
        return sorted((line, index, count > 0)
                      for (of, line, _), counts in self.ways.items()
                      if of == file and (any(counts.values()) or line not in ran)
                      for index, count in counts.items())


class Excuse:
    """A line of the list of excuses: of a file, a function, or the lines that contain a text."""

    def __init__(self, number, line):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 3 or not all(parts):
            sys.exit(f"{EXCUSES}:{number}: not 'FILE | WHAT | WHY'")
        self.number, self.file, self.what = number, parts[0], parts[1]
        self.is_needed = False

    def lines(self, source, tags):
        if self.what == "*":
            return set(range(1, len(source) + 1))
        if self.what.endswith("()"):
            of = [tag for tag in tags if tag["name"] == self.what[:-2]]
            return {n for tag in of for n in range(tag["line"], tag["end"] + 1)}
        return {n for n, text in enumerate(source, 1) if self.what in text}


def excuses():
    lines = enumerate((ROOT / EXCUSES).read_text().splitlines(), 1)
    return [Excuse(n, line) for n, line in lines if line.startswith(COVERED)]


def statements(source):
    """The number of the statement that each line belongs to, by the parentheses that are open. gcov
    counts a call that goes over several lines at one of them."""
    of, number, depth = {}, 0, 0
    for n, text in enumerate(source, 1):
        number += depth == 0
        of[n] = number
        code = text.split("//")[0]
        depth = max(0, depth + code.count("(") - code.count(")"))
    return of


def missing_in(file, source, tags, reached, totals):
    """What is not reached in a file, as (line, what); counts what there is."""
    lines = {n: c for n, c in reached.lines[file].items() if source[n - 1].strip() not in ("}", "};")}
    statement_of = statements(source)
    counts = collections.Counter()
    for n, count in lines.items():
        counts[statement_of[n]] += count
    for tag in tags:
        is_reached = any(reached.lines[file][n] > 0 for n in range(tag["line"], tag["end"] + 1))
        totals["functions"].add(is_reached)
        if not is_reached:
            yield tag["line"], f"function {tag['name']}"
    for n in lines:
        is_reached = counts[statement_of[n]] > 0
        totals["lines"].add(is_reached)
        if not is_reached:
            yield n, "line: " + source[n - 1].strip()
    for n, index, taken in reached.branches(file):
        totals["branches"].add(taken)
        # Of a line that is not reached no branch is: that goes without saying.
        if not taken and counts[statement_of[n]] > 0:
            yield n, f"branch {index + 1}: {source[n - 1].strip()}"


class Total:
    def __init__(self):
        self.reached = self.all = 0

    def add(self, is_reached):
        self.reached += bool(is_reached)
        self.all += 1


def report(file, tags, reached, totals, excused):
    """Prints what is missing in a file and not excused; False if something is."""
    source = (ROOT / file).read_text().splitlines()
    is_complete = True
    for n, what in sorted(set(missing_in(file, source, tags, reached, totals))):
        by = [e for e in excused if e.file == file and n in e.lines(source, tags)]
        for excuse in by:
            excuse.is_needed = True
        if not by:
            is_complete = False
            print(f"{file}:{n}: never reached by a scenario: {what}")
    return is_complete


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("objects")
    reached = Reached(parser.parse_args().objects)
    tags = collections.defaultdict(list)
    for tag in functions():
        tags[tag["path"]].append(tag)
    excused = excuses()
    is_complete = True
    for directory in COVERED:
        totals = {what: Total() for what in ("functions", "lines", "branches")}
        for file in map(str, headers()):
            if file.startswith(directory + "/"):
                is_complete &= report(file, tags[file], reached, totals, excused)
        print(f"{directory}: scenarios reach " + ", ".join(
            f"{of.reached} of {of.all} {what}" for what, of in totals.items()))
    for excuse in excused:
        if not excuse.is_needed:
            is_complete = False
            print(f"{EXCUSES}:{excuse.number}: excuses nothing: {excuse.file} | {excuse.what}")
    return 0 if is_complete else 1


if __name__ == "__main__":
    sys.exit(main())
