#!/usr/bin/env python3
"""Each rule catches what breaks it, and lets pass what does not."""

import tempfile
import unittest
from pathlib import Path

import dead_files
import formatting
import guards
import includes
import machine_paths
import sizes
from tree import File, Tree, read_tree, without_noise


def tree(**files):
    """A tree of files given as path=text, with "__" for "/" and "_dot_" for "."."""
    return Tree(File(path.replace("__", "/").replace("_dot_", "."), text) for path, text in files.items())


def include(path, name, *others):
    """What the include rule says of `path` including `name`, among `others`."""
    files = [File(path, f"#include {name}\n")] + [File(other, "") for other in others]
    return includes.check(Tree(files))


class IncludesTest(unittest.TestCase):
    def test_refuses_the_wrong_direction(self):
        for path, name, words in [
            ("service/base/clock.cc", '"kv/engine.h"', "service/base may not know service/kv"),
            ("service/keys/name.h", '"kv/engine.h"', "service/keys may not know service/kv"),
            ("service/kv/engine.h", '"records/names.h"', "service/kv may not know service/records"),
            ("service/records/names.cc", '"ledger/log.h"', "service/records may not know service/ledger"),
            ("service/provenance/lines.cc", '"database/database.h"', "may not know service/database"),
            ("service/database/database.cc", '"request/methods.h"', "may not know service/request"),
            ("service/rpc/server.cc", '"gateway/http.h"', "service/rpc may not know service/gateway"),
            ("service/rpc/server.cc", '"daemon/serve.h"', "service/rpc may not know service/daemon"),
            ("service/nowhere/x.cc", '"base/clock.h"', "has no place in the order"),
        ]:
            found = include(path, name)
            self.assertEqual(len(found), 1, path)
            self.assertIn(words, found[0])
            self.assertTrue(found[0].startswith(path + ":1: "), found[0])

    def test_allows_the_right_direction(self):
        for path, name in [
            ("service/keys/name.h", '"base/ids.h"'),
            ("service/kv/engine.cc", '"kv/batch.h"'),
            ("service/records/names.h", '"headwater/v1/claim.pb.h"'),
            ("service/rpc/server.cc", "<grpcpp/grpcpp.h>"),
            ("service/kv/rocksdb_engine.cc", "<rocksdb/db.h>"),
            ("service/daemon/serve.cc", '"rpc/server.h"'),
            ("service/main.cc", '"daemon/serve.h"'),
            ("service/keys/name_test.cc", '"kv/engine.h"'),
        ]:
            self.assertEqual(include(path, name), [], path)

    def test_keeps_libraries_in_their_folders(self):
        for path, name in [
            ("service/records/names.cc", "<rocksdb/db.h>"),
            ("service/main.cc", "<rocksdb/db.h>"),
            ("tests/crash/crash_test.cc", '"rocksdb/db.h"'),
            ("service/database/database.cc", "<grpcpp/grpcpp.h>"),
            ("service/request/methods.cc", '"headwater/v1/claim_service.grpc.pb.h"'),
            ("service/kv/engine.cc", '"headwater/v1/claim.pb.h"'),
            ("service/base/clock.h", '"google/protobuf/timestamp.pb.h"'),
        ]:
            self.assertEqual(len(include(path, name)), 1, path)
        self.assertEqual(include("tests/bench/bare.cc", "<rocksdb/db.h>"), [])

    def test_keeps_client_and_service_apart(self):
        self.assertEqual(len(include("client/src/client.cc", '"base/clock.h"')), 1)
        self.assertEqual(len(include("client/cli/main.cc", '"../../service/base/clock.h"', "service/base/clock.h")), 1)
        self.assertEqual(len(include("client/cli/main.cc", '"retry.h"', "client/src/retry.h")), 1)
        self.assertEqual(include("client/cli/main.cc", '"headwater/client.h"', "client/include/headwater/client.h"), [])
        self.assertEqual(include("client/src/client.cc", '"retry.h"', "client/src/retry.h"), [])
        self.assertEqual(len(include("service/main.cc", '"headwater/client.h"', "client/include/headwater/client.h")), 1)


class SizesTest(unittest.TestCase):
    def lines(self, body, head="int Do(int x) {", tail="}"):
        return "\n".join([head, *["  Step(x);"] * (body - 2), tail]) + "\n"

    def test_long_files(self):
        self.assertEqual(len(sizes.check(tree(a_dot_proto="// x\n" * 451))), 1)
        self.assertEqual(sizes.check(tree(a_dot_proto="// x\n" * 450)), [])

    def test_long_functions(self):
        for head, tail in [
            ("int Do(int x) {", "}"),
            ("absl::Status Store::Put(Name name) const {", "}"),
            ("Store::Store(Name name) : name_(std::move(name)), x_{1} {", "}"),
            ("template <typename T> auto Make(T x) -> Thing {", "}"),
            ("Store::Store(Name name) : lock_{[] { return 1; }}, x_(2) {", "}"),
            ("TEST(Suite, Name) {", "}"),
            ("namespace a {\nclass B : public C {\n public:\n  void F() override {", "}\n};\n}"),
            ("void F(\n    int x) {\n  auto g = [](int y) {", "};\n}"),
        ]:
            found = sizes.check(Tree([File("a.cc", self.lines(81, head, tail))]))
            self.assertEqual(len(found), 1, head)
            self.assertIn("at most", found[0])
        self.assertEqual(sizes.check(Tree([File("a.cc", self.lines(80))])), [])

    def test_what_is_no_function_may_be_long(self):
        for head, tail in [
            ("namespace headwater {", "}  // namespace headwater"),
            ("class Store : public Base {", "};"),
            ("constexpr int kTable[] = {", "};"),
            ("enum class Kind : int {", "};"),
        ]:
            self.assertEqual(sizes.check(Tree([File("a.cc", self.lines(100, head, tail))])), [], head)

    def test_braces_in_text_do_not_count(self):
        text = 'int A() {\n  return F("}{", R"(})", \'{\');  // }\n}\nint B() { return 1\'000; }\n'
        self.assertEqual(sizes.functions(text), [(1, 3), (4, 1)])
        self.assertEqual(len(without_noise(text)), len(text))

    def test_directives_are_no_part_of_a_function(self):
        text = "#include <a>\n#define X(y) \\\n  { y; }\n\nint A() { return 1; }\n"
        self.assertEqual(sizes.functions(text), [(5, 1)])

    def test_python(self):
        self.assertEqual(len(sizes.check(Tree([File("a.py", "def f():\n" + "    x = 1\n" * 80)]))), 1)
        self.assertEqual(sizes.check(Tree([File("a.py", "def f():\n" + "    x = 1\n" * 79)])), [])


class GuardsTest(unittest.TestCase):
    def test_names(self):
        self.assertEqual(guards.guard_of("service/kv/engine.h"), "HEADWATER_KV_ENGINE_H_")
        self.assertEqual(guards.guard_of("client/include/headwater/client.h"), "HEADWATER_CLIENT_H_")
        self.assertEqual(guards.guard_of("client/src/retry.h"), "HEADWATER_CLIENT_RETRY_H_")
        self.assertEqual(guards.guard_of("client/cli/flags.h"), "HEADWATER_CLI_FLAGS_H_")
        self.assertEqual(guards.guard_of("tests/bench/echo.h"), "HEADWATER_TESTS_BENCH_ECHO_H_")

    def test_wrong_ones(self):
        good = "// Why.\n#ifndef HEADWATER_KV_A_H_\n#define HEADWATER_KV_A_H_\n\n#endif  // HEADWATER_KV_A_H_\n"
        self.assertEqual(guards.check(tree(service__kv__a_dot_h=good)), [])
        for bad in [good.replace("KV", "K"), "#pragma once\n", good.replace("#define HEADWATER_KV_A_H_", ""),
                    good.replace("  // HEADWATER_KV_A_H_", "")]:
            self.assertEqual(len(guards.check(tree(service__kv__a_dot_h=bad))), 1, bad)


class DeadFilesTest(unittest.TestCase):
    def test_finds_what_nothing_builds(self):
        lists = "headwater_library(kv HEADERS engine.h SOURCES engine.cc)  # not old.cc\n"
        files = dict(
            service__kv__CMakeLists_dot_txt=lists,
            service__kv__engine_dot_h="",
            service__kv__engine_dot_cc='#include "kv/private.h"\n',
            service__kv__private_dot_h="",
        )
        self.assertEqual(dead_files.check(tree(**files)), [])
        found = dead_files.check(tree(**files, service__kv__old_dot_cc='#include "kv/lonely.h"\n', service__kv__lonely_dot_h=""))
        self.assertEqual([problem.split(":")[0] for problem in found], ["service/kv/lonely.h", "service/kv/old.cc"])

    def test_files_named_by_a_variable(self):
        files = dict(
            client__src__CMakeLists_dot_txt='headwater_library(client HEADERS "${CLIENT_ROOT}/include/headwater/a.h")',
            client__include__headwater__a_dot_h="",
            client__include__headwater__b_dot_h="",
        )
        self.assertEqual(len(dead_files.check(tree(**files))), 1)

    def test_protos(self):
        lists = "set(SERVICES claim)\nset(MESSAGES headwater/v1/claim)\n"
        protos = dict(
            proto__CMakeLists_dot_txt=lists,
            proto__headwater__v1__claim_dot_proto="",
            proto__headwater__v1__claim_service_dot_proto="",
        )
        self.assertEqual(dead_files.check(tree(**protos)), [])
        self.assertEqual(len(dead_files.check(tree(**protos, proto__headwater__v1__old_service_dot_proto=""))), 1)


class MachinePathsTest(unittest.TestCase):
    def test_finds_them(self):
        for folder in ("home", "root", "Users", "mnt"):
            text = f"cd /{folder}/somebody/x\n"
            self.assertEqual(len(machine_paths.check(tree(run_dot_sh=text))), 1, text)
        for text in ("frame/" "work/x\n", "https://example.org/" "home/x\n", "$DIR/" "root/x\n", "/usr/bin/env\n"):
            self.assertEqual(machine_paths.check(tree(run_dot_sh=text)), [], text)


class FormattingTest(unittest.TestCase):
    def test_finds_the_unformatted_file(self):
        formatter = formatting.find_formatter()
        if not formatter:
            self.skipTest("clang-format 14 is not installed")
        with tempfile.TemporaryDirectory() as root:
            Path(root, ".clang-format").write_text("BasedOnStyle: Google\n")
            Path(root, "good.cc").write_text("int x = 1;\n")
            Path(root, "bad.cc").write_text("int   x=1;\n")
            found = formatting.check(read_tree(root), root, formatter)
        self.assertEqual(found, ["bad.cc:1: not as clang-format wants it: clang-format -i bad.cc"])


class TreeTest(unittest.TestCase):
    def test_reads_scripts_and_skips_what_is_built(self):
        with tempfile.TemporaryDirectory() as root:
            Path(root, "build").mkdir()
            Path(root, "build", "x.cc").write_text("")
            Path(root, "run").write_text("#!/bin/sh\n")
            Path(root, "picture").write_bytes(b"\x89P")
            Path(root, "a.cc").write_text("one\ntwo\n")
            read = read_tree(root)
        self.assertEqual(sorted(read.files), ["a.cc", "run"])
        self.assertEqual(read.files["a.cc"].lines, ["one", "two"])


if __name__ == "__main__":
    unittest.main()
