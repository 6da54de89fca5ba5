"""Who may include whom: base → keys, kv → records, ledger, search → provenance → database → request
→ rpc, gateway → daemon → main; the client knows the protos alone."""

import posixpath
import re

_BELOW_RECORDS = {"base", "keys", "kv"}
_BELOW_PROVENANCE = _BELOW_RECORDS | {"records", "ledger", "search"}
_BELOW_REQUEST = _BELOW_PROVENANCE | {"provenance", "database"}
_BELOW_DAEMON = _BELOW_REQUEST | {"request", "rpc", "gateway"}

# Each folder of service/, and those that it may include besides itself.
MAY_INCLUDE = {
    "base": set(),
    "keys": {"base"},
    "kv": {"base"},
    "records": _BELOW_RECORDS,
    "ledger": _BELOW_RECORDS,
    "search": _BELOW_RECORDS,
    "provenance": _BELOW_PROVENANCE,
    "database": _BELOW_PROVENANCE | {"provenance"},
    "request": _BELOW_REQUEST,
    "rpc": _BELOW_REQUEST | {"request"},
    "gateway": _BELOW_REQUEST | {"request"},
    "daemon": _BELOW_DAEMON,
    "main": _BELOW_DAEMON | {"daemon"},
}

# Folders that know no messages, only bytes.
_WITHOUT_PROTOS = {"base", "keys", "kv"}

# What the command line may include of the client; testing/ is for its tests.
_CLI_MAY_INCLUDE = {"cli", "include", "exchange", "testing"}

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[">]')


def _owner(path):
    """The part of the project that `path` belongs to: ("service", "kv"), ("client", "cli"), …"""
    parts = path.split("/")
    if parts[0] == "service":
        return ("service", parts[1] if len(parts) > 2 else "main")
    if parts[0] == "client" and len(parts) > 2:
        return ("client", parts[1])
    return (parts[0], "")


def resolve(tree, file, included):
    """The project's file that `included` names, or None for a foreign or generated one."""
    for root in (file.folder + "/", "service/", "client/include/", "client/", "client/src/", "", "tests/"):
        path = posixpath.normpath(root + included)
        if path in tree.files:
            return path
    # A missing or generated file still tells by its first part where it would lie.
    first = included.split("/")[0]
    return "service/" + included if first in MAY_INCLUDE and "/" in included else None


def _foreign(file, owner, name):
    """Why `file` may not include the foreign header `name`, or None."""
    kind, folder = owner
    if name.startswith("rocksdb/") and owner != ("service", "kv") and not file.path.startswith("tests/bench/"):
        return "only service/kv knows RocksDB"
    if kind == "service" and folder not in ("rpc", "daemon"):
        if name.startswith(("grpc/", "grpcpp/")) or name.endswith(".grpc.pb.h"):
            return "only service/rpc and daemon know gRPC"
    if kind == "service" and folder in _WITHOUT_PROTOS:
        if name.startswith(("headwater/v1/", "google/")):
            return f"service/{folder} knows no messages"
    return None


def _ours(file, owner, target):
    """Why `file` may not include the project's file `target`, or None."""
    kind, folder = owner
    other_kind, other_folder = _owner(target)
    if kind == "service" and other_kind == "service" and folder != other_folder:
        # A folder's unit tests may look around; what is shipped may not.
        if file.name.endswith("_test.cc"):
            return None
        if folder not in MAY_INCLUDE:
            return f"service/{folder} has no place in the order of folders yet: give it one in tests/tidy/includes.py"
        if other_folder not in MAY_INCLUDE[folder]:
            return f"service/{folder} may not know service/{other_folder}"
    if kind == "service" and other_kind != "service":
        return f"the service may not know {target}"
    if kind == "client" and other_kind == "service":
        return "the client knows the protos, never the service"
    if owner == ("client", "cli") and other_kind == "client" and other_folder not in _CLI_MAY_INCLUDE:
        return "the command line knows the client's public headers alone"
    return None


def includes_of(file):
    """What `file` includes: (line, name, whether in quotes)."""
    for number, line in enumerate(file.lines, 1):
        match = _INCLUDE.match(line)
        if match:
            yield number, match.group(2), match.group(1) == '"'


def check(tree):
    problems = []
    for file in tree.of_kind(".cc", ".h"):
        owner = _owner(file.path)
        for number, name, quoted in includes_of(file):
            why = _foreign(file, owner, name)
            target = resolve(tree, file, name) if quoted else None
            if not why and target:
                why = _ours(file, owner, target)
            if why:
                problems.append(f"{file.path}:{number}: includes {name}: {why}")
    return problems
