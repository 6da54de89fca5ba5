"""Nothing names a folder of somebody's machine."""

import re

# Split, so that this file does not name one itself.
_PATH = re.compile(r"(?<![\w.$}/-])/(?:" + "|".join(["home", "root", "Users", "work", "mnt"]) + r")/[\w.]")


def check(tree):
    return [
        f"{file.path}:{number}: names a folder of one machine: {line.strip()[:80]}"
        for file in tree.files.values()
        for number, line in enumerate(file.lines, 1)
        if _PATH.search(line)
    ]
