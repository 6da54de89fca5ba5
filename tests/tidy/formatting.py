"""C++ stands as .clang-format says. Versions of clang-format differ, so only Debian 12's is asked."""

import os
import shutil
import subprocess

_VERSION = "version 14."


def find_formatter():
    """The clang-format to ask, or None where the right one is not here."""
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if path and _VERSION in subprocess.run([path, "--version"], capture_output=True, text=True).stdout:
            return path
    return None


def check(tree, root, formatter):
    paths = [file.path for file in tree.of_kind(".cc", ".h")]
    if not paths:
        return []
    run = subprocess.run(
        [formatter, "--style=file", "--dry-run", "-Werror", *(os.path.join(root, path) for path in paths)],
        capture_output=True,
        text=True,
    )
    if run.returncode == 0:
        return []
    prefix = root.rstrip("/") + "/"
    broken = sorted({line.split(":")[0].removeprefix(prefix) for line in run.stderr.splitlines() if ": error: " in line})
    if not broken:  # not a matter of style: the program itself failed
        return [f"clang-format failed: {run.stderr.strip()}"]
    return [f"{path}:1: not as clang-format wants it: clang-format -i {path}" for path in broken]
