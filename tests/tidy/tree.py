"""The files of the project that its rules are held against."""

import os
import re

# Not ours, or not kept: never looked into.
SKIPPED_FOLDERS = {".git", "build", "data", "node_modules", "__pycache__", ".cache", "gen"}

CODE = (".cc", ".h")
TEXT = CODE + (".proto", ".py", ".ts", ".sh", ".md", ".cmake", ".txt", ".json", ".yaml", ".yml")


class File:
    """One file: its path from the project's root with '/', its text and lines."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        if self.lines[-1] == "":
            self.lines.pop()

    @property
    def folder(self):
        return self.path.rpartition("/")[0]

    @property
    def name(self):
        return self.path.rpartition("/")[2]


class Tree:
    """The project's files by path."""

    def __init__(self, files):
        self.files = {file.path: file for file in files}

    def of_kind(self, *endings):
        return [self.files[path] for path in sorted(self.files) if path.endswith(endings)]


def read_tree(root):
    """Reads every text file below `root`, scripts without an ending included."""
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
        for name in sorted(names):
            full = os.path.join(folder, name)
            path = os.path.relpath(full, root).replace(os.sep, "/")
            if os.path.islink(full):
                continue
            with open(full, "rb") as stream:
                start = stream.read(2)
                if not name.endswith(TEXT) and start != b"#!":
                    continue
                data = start + stream.read()
            files.append(File(path, data.decode("utf-8", "replace")))
    return Tree(files)


_NOISE = re.compile(
    r'R"(?P<tag>[^()\\ ]{0,16})\(.*?\)(?P=tag)"'  # raw strings
    r"|//[^\n]*|/\*.*?\*/"  # comments
    r'|"(?:\\.|[^"\\\n])*"'  # strings
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",  # characters, not digit separators
    re.DOTALL,
)


def without_noise(text):
    """C++ `text` with comments and literals blanked out; lines stay where they are."""
    return _NOISE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
