"""A header's guard is named after the path by which the header is included."""

import re

# Where headers are included from, and what stands for that in a guard; the first that fits counts.
_ROOTS = (("service/", ""), ("client/include/headwater/", ""), ("client/src/", "client/"), ("client/", ""), ("", ""))


def guard_of(path):
    root, instead = next(entry for entry in _ROOTS if path.startswith(entry[0]))
    return "HEADWATER_" + re.sub(r"[^A-Za-z0-9]", "_", instead + path[len(root):]).upper() + "_"


def check(tree):
    problems = []
    for file in tree.of_kind(".h"):
        guard = guard_of(file.path)
        wanted = f"#ifndef {guard}\n#define {guard}\n"
        end = f"#endif  // {guard}\n"
        code = re.sub(r"\A(//[^\n]*\n|\n)*", "", file.text)
        if not code.startswith(wanted) or not file.text.endswith(end):
            problems.append(f"{file.path}:1: its guard must be {guard}, closed by '{end.strip()}'")
    return problems
