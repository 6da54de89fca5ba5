"""A header's guard is named after the path by which the header is included."""

import re

# Where headers are included from; the first that fits counts.
_ROOTS = ("service/", "client/include/", "")


def guard_of(path):
    for root in _ROOTS:
        if path.startswith(root):
            name = re.sub(r"[^A-Za-z0-9]", "_", path[len(root):]).upper()
            return (name if name.startswith("HEADWATER_") else "HEADWATER_" + name) + "_"
    raise AssertionError(path)


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
