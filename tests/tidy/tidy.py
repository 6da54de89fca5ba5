#!/usr/bin/env python3
"""Holds the project to its own rules: tidy.py ROOT [rules|format]. Prints each breach as path:line: what."""

import sys

import dead_files
import formatting
import guards
import includes
import machine_paths
import sizes
from tree import read_tree

RULES = (includes, sizes, guards, dead_files, machine_paths)
SKIPPED = 77  # tells ctest so


def main(root, what):
    tree = read_tree(root)
    if len(tree.of_kind(".cc")) == 0:
        print(f"{root} has no code: not the project's root?")
        return 1
    if what == "format":
        formatter = formatting.find_formatter()
        if not formatter:
            print("SKIPPED: clang-format 14 is not installed (deploy/install-packages tools)")
            return SKIPPED
        problems = formatting.check(tree, root, formatter)
    else:
        problems = [problem for rule in RULES for problem in rule.check(tree)]
    for problem in problems:
        print(problem)
    print(f"{len(tree.files)} files, {len(problems)} breaches")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "rules"))
