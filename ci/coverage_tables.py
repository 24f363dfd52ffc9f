#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Which contexts and which pairs of operations the scenarios bring together. See ci/coverage.

    ci/coverage_tables.py CALLS TABLES

CALLS is what scenario_coverage wrote; TABLES, Markdown, is written. Prints the pairs of operations
that are in no scenario. Exit code: 0 if there are none but those of ci/coverage_excuses, else 1.
"""

import argparse
import collections
import itertools
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXCUSES = "ci/coverage_excuses"
# Classes of model/memcg with their operations that are not functions of the class.
ALGORITHMS = {
    "page_counter": ["calculate_protection"],
    "page_counter_stock": [],
    "page_counter_trylock_stock": [],
    "page_counter_refilled_stock": [],
    "counter_stocks": [],
    "one_slot_stock": ["one_slot_stock::drain_local"],
    "seven_slot_stock": ["seven_slot_stock::drain_local"],
    "socket_charge": [],
    "obj_stock": ["obj_stock::drain_local"],
    "multi_obj_stock": ["multi_obj_stock::drain_local"],
    "obj_cgroup": ["obj_cgroup_put", "memcg_reparent_objcgs", "get_obj_cgroup_from_memcg"],
    "slab_charge": [],
    "percpu_accounting": ["percpu_accounting::obj_cgroup::reparent"],
    "charge_path": ["charge_folio", "uncharge_folio"],
}
# What a class inherits keeps its name, and is looked at there; but not against what is new.
INHERITED = {"page_counter_refilled_stock": "page_counter_trylock_stock"}
# Stocks must be used in every context.
STOCKS = [of for of in ALGORITHMS if of.endswith(("_stock", "_stocks"))]
# Set-up, not operations.
SET_UP = {"add"}
# A task of a scenario is in such a context if it runs one of these functions.
CONTEXTS = {
    "CPU hotplug": ["kernel::cpu_mask::take_down", "kernel::numa_topology::numa_remove_cpu",
                    "memcg::page_counter_trylock_stock::drain"],  # of a dead CPU, there
    "drain work": ["kernel::percpu_work::schedule_on", "kernel::work_on_cpu::call"],
    "offline": ["checks::memcg_group::go_offline", "checks::memcg_group::put_own_reference",
                "checks::object_group::go_offline", "checks::percpu_group::go_offline",
                "checks::counter_group::free_stock", "checks::counter_group::disable_stock"],
    "grace period": ["kernel::rcu::synchronize"],
}
NAMES = ["softirq", "hardirq", "shared CPU", "migration", *CONTEXTS, "allocation failure"]


def operations():
    """Of each algorithm: what changes something, with memcg:: in front."""
    headers = sorted(map(str, (ROOT / "model/memcg").glob("*.hpp")))
    tags = subprocess.run(
        ["ctags", "--languages=C++", "--kinds-c++=f", "--fields=+neasSt", "--sort=no",
         "--output-format=json", "-f", "-", *headers], check=True, capture_output=True, text=True)
    found = collections.defaultdict(dict)
    for tag in map(json.loads, tags.stdout.splitlines()):
        of = tag.get("scope", "").removeprefix("stockcheck::memcg::")
        name = tag["name"]
        looks = tag.get("signature", "").rstrip().endswith("const") or "&" in tag.get("typeref", "")
        if of in ALGORITHMS and tag.get("access") == "public" and not looks:
            if name not in SET_UP | {of} and not name.startswith("__anon"):
                found[of][f"memcg::{of}::{name}"] = name
    for of, others in ALGORITHMS.items():
        for other in others:
            found[of][f"memcg::{other}"] = other.split("::")[-1]
    return {of: found[of] for of in ALGORITHMS}


def plain(name):
    """A demangled name without return type, template arguments and parameters."""
    while True:
        shorter = re.sub(r"<[^<>]*>", "", name)
        if shorter == name:
            break
        name = shorter
    return name.split("(")[0].split(" ")[-1].removeprefix("stockcheck::")


class Scenario:
    def __init__(self, name, facts):
        self.name, self.facts = name, set(facts)
        self.calls = collections.defaultdict(set)  # of (task, whether in a handler)

    def runs(self, function):
        return any(function in called for (task, _), called in self.calls.items() if task != "alone")

    def brings_together(self, one, other):
        """By two tasks, or by a task and a handler."""
        who = [(task, called) for task, called in self.calls.items() if task[0] != "alone"]
        return any(one in a and other in b for (_, a), (_, b) in itertools.permutations(who, 2))

    def makes(self, algorithm):
        return any(f.startswith(f"memcg::{algorithm}::") for f in self.calls["alone", False])

    def contexts(self, algorithm, functions):
        """In which the scenario runs at least one of the functions."""
        if not self.makes(algorithm) or not any(self.runs(f) for f in functions):
            return
        in_handler = {f for (_, handler), called in self.calls.items() if handler for f in called}
        for level in ("softirq", "hardirq"):
            if level in self.facts and in_handler & set(functions):
                yield level
        if "shared_cpu" in self.facts:
            yield "shared CPU"
        if "migration" in self.facts:
            yield "migration"
        for context, by in CONTEXTS.items():
            if any(self.runs(f) for f in by):
                yield context
        if "kernel::machine::let_allocations_fail" in self.calls["alone", False]:
            yield "allocation failure"


def read(file):
    scenarios, calls = {}, collections.defaultdict(list)
    names = {}
    with open(file, encoding="utf-8") as lines:
        for kind, number, *rest in (line.rstrip("\n").split("\t") for line in lines):
            if kind == "scenario":
                scenarios[number] = Scenario(rest[0], rest[1].split())
            else:
                calls[number].append(rest)
    for number, rows in calls.items():
        for task, how, function in rows:
            if function not in names:
                names[function] = plain(function)
            scenarios[number].calls[task, how == "handler"].add(names[function])
    return [s for s in scenarios.values() if not s.name.startswith("learn/")]


class Excuses:
    """The lines of the list that are about algorithms: two operations, of which one may be any, or
    a context."""

    def __init__(self):
        self.why, self.unused = {}, set()
        for line in (ROOT / EXCUSES).read_text().splitlines():
            parts = [part.strip() for part in line.split("|")]
            if len(parts) == 3 and parts[0] in ALGORITHMS:
                self.why[parts[0], frozenset(parts[1].split(" + "))] = parts[2]
        self.unused = set(self.why)

    def has(self, of, *what):
        """Whether there is one for this, which is not in any scenario."""
        for key in ((of, frozenset(what)), *((of, frozenset((w, "*"))) for w in what)):
            if key in self.why:
                self.unused.discard(key)
                return True
        return False

    def table(self):
        yield "| algorithm | what | why |"
        yield "| --- | --- | --- |"
        for (of, what), why in self.why.items():
            both = sorted(what - {"*"}) + (["anything"] if "*" in what else [])
            twice = " twice at once" if len(what) == 1 and both[0] not in NAMES else ""
            yield f"| {of} | {' and '.join(both)}{twice} | {why} |"


def contexts_table(scenarios, algorithms, excused, missing):
    yield "| algorithm | " + " | ".join(NAMES) + " |"
    yield "| --- |" + " ---: |" * len(NAMES)
    for of, functions in algorithms.items():
        counts = collections.Counter(c for s in scenarios for c in s.contexts(of, functions))
        cells = []
        for context in NAMES:
            cells.append(str(counts[context] or "-"))
            if counts[context] == 0 and of in STOCKS and not excused.has(of, context):
                missing.append(f"{of} is in no scenario with: {context}")
        yield f"| {of} | " + " | ".join(cells) + " |"


def contexts_list(scenarios, algorithms):
    """A few names for each number in the table."""
    most = 3
    for of, functions in algorithms.items():
        yield f"\n**{of}**\n"
        by = collections.defaultdict(list)
        for s in scenarios:
            for context in s.contexts(of, functions):
                by[context].append(f"`{s.name}`")
        for context in NAMES:
            # Those of the algorithm itself first.
            names = sorted(by[context], key=lambda name: not name.startswith(f"`{of}/"))
            more = f" and {len(names) - most} more" if len(names) > most else ""
            if names:
                yield f"- {context}: {', '.join(names[:most])}{more}"


def pairs_tables(scenarios, algorithms, excused, missing):
    """Of each algorithm a triangle with the number of scenarios."""
    for of, functions in algorithms.items():
        others = algorithms.get(INHERITED.get(of), {})
        names = [*others.items(), *functions.items()]
        made_by = [s for s in scenarios if s.makes(of)]
        yield f"\n**{of}**\n"
        yield "| | " + " | ".join(name for _, name in names) + " |"
        yield "| --- |" + " ---: |" * len(names)
        for row, (one, name) in enumerate(names):
            cells = []
            for other, other_name in names[:row + 1]:
                if one in others:
                    cells.append("")
                    continue
                count = sum(s.brings_together(one, other) for s in made_by)
                cells.append(str(count or "-"))
                if count == 0 and not excused.has(of, name, other_name):
                    missing.append(f"{of}: no scenario has {name} and {other_name} at once")
            yield f"| {name} | " + " | ".join(cells + [""] * (len(names) - row - 1)) + " |"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("calls")
    parser.add_argument("tables")
    chosen = parser.parse_args()
    scenarios = read(chosen.calls)
    algorithms = operations()
    excused = Excuses()
    missing = []
    text = ["## Contexts\n", *contexts_table(scenarios, algorithms, excused, missing),
            *contexts_list(scenarios, algorithms),
            "\n## Pairs of operations",
            *pairs_tables(scenarios, algorithms, excused, missing),
            "\n## Left out, and why\n", *excused.table()]
    pathlib.Path(chosen.tables).write_text("\n".join(text) + "\n")
    for of, what in sorted(excused.unused, key=str):
        missing.append(f"{EXCUSES}: excuses nothing: {of} | {' + '.join(sorted(what))}")
    print("\n".join(missing), end="\n" if missing else "")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
