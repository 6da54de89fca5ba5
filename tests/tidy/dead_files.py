"""Every source file is built: a CMakeLists.txt on its way to the root names it, or, for a folder's
private header, a file that is built includes it."""

import re

from includes import includes_of, resolve


def _words(lists):
    return set(re.split(r'[\s()"]+', re.sub(r"#[^\n]*", "", lists.text)))


def _named(tree, file):
    """Whether a CMakeLists.txt in the file's folder or above names the file by its path from there, or any by a
    variable: ${CLIENT_ROOT}/include/headwater/client.h."""
    for lists in tree.of_kind("CMakeLists.txt"):
        tails = (word.partition("}/")[2] for word in _words(lists) if word.startswith("${"))
        if any(tail and ("/" + file.path).endswith("/" + tail) for tail in tails):
            return True
    parts = file.path.split("/")
    for depth in range(len(parts)):
        lists = tree.files.get("/".join(parts[:depth] + ["CMakeLists.txt"]))
        if not lists:
            continue
        words = _words(lists)
        path = "/".join(parts[depth:])
        if path in words:
            return True
        if path.endswith(".proto"):
            # proto/CMakeLists.txt names protos without their ending, and services by their resource.
            stem = path[: -len(".proto")]
            if stem in words or re.sub(r"^.*/(\w+)_service$", r"\1", stem) in words:
                return True
    return False


def check(tree):
    files = tree.of_kind(".cc", ".h", ".proto")
    built = {file.path for file in files if _named(tree, file)}
    to_read = sorted(built)
    while to_read:
        file = tree.files[to_read.pop()]
        for _, name, quoted in includes_of(file):
            target = resolve(tree, file, name) if quoted else None
            if target in tree.files and target not in built:
                built.add(target)
                to_read.append(target)
    return [
        f"{file.path}:1: no CMakeLists.txt names it and nothing that is built includes it: build it or delete it"
        for file in files
        if file.path not in built
    ]
