#!/usr/bin/python3
"""exchange_test.py HEADWATERD HEADWATER ROOT: what goes out of a server and into another, by the command line."""

import base64
import json
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

from cli_case import HEADWATER, SAMPLE, CliTest, Server


class Exchange(CliTest):
    def test_export_and_import_are_each_others_inverse(self):
        self.read_sample()
        self.ok("attribution", "withdraw", "r2-missed-may/ft", "--kind", "corrected", "--reason", "The month.")
        exported = self.ok("export")
        lines = exported.splitlines(keepends=True)
        random.Random(7).shuffle(lines)
        other = Server()
        self.addCleanup(other.stop)
        out = self.ok("import", "-", stdin="".join(lines), server=other.address)
        created = f"{len(lines)} rows: {len(lines)} created, 0 unchanged, 0 rejected"
        self.assertRegex(out, f"^{created}; [0-9]+ had waited for what they refer to\n$")
        self.assertEqual(self.ok("export", server=other.address), exported)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "all.ndjson")
            self.ok("export", "--to", path)
            self.assertEqual(os.listdir(folder), ["all.ndjson"])
            with open(path, encoding="utf-8") as file:
                self.assertEqual(file.read(), exported)

    def test_what_the_server_suggests_is_exported_once_it_is_decided_on(self):
        def relations(server=None):
            lines = self.ok("relation", "list", "-", "--output", "ndjson", server=server).splitlines()
            return {one["name"].split("/")[1]: one for one in map(json.loads, lines)}

        def all_three(server=None):
            for _ in range(300):
                if len(found := relations(server)) == 3:
                    return found
                time.sleep(0.1)
            self.fail(f"not three, but {relations(server)}")

        rows = []
        for number, bridge in enumerate(("The old bridge", "The new bridge", "The railway bridge")):
            for end, mark in (("x", "."), ("y", "!")):
                claim = {"name": f"claims/{end}{number}", "text": f"{bridge} across the river is closed{mark}"}
                rows.append({"claim": {**claim, "language": "en", "nature": "CLAIM_NATURE_FACT"}})
        self.ok("import", "-", stdin="\n".join(map(json.dumps, rows)))
        suggested = all_three()
        self.assertEqual(len(self.ok("export").splitlines()), 6)
        self.ok("relation", "confirm", suggested["x0"]["name"], "--by", "Ann")
        self.ok("relation", "refuse", suggested["x1"]["name"], "--by", "Ann")
        exported = self.ok("export")
        self.assertEqual(len(exported.splitlines()), 8)
        other = Server()
        self.addCleanup(other.stop)
        # What is decided on comes late: the other server has suggested it by then.
        lines = exported.splitlines(keepends=True)
        self.ok("import", "-", stdin="".join(lines[:6]), server=other.address)
        all_three(other.address)
        self.ok("import", "-", stdin="".join(lines[6:]), server=other.address)
        there = all_three(other.address)
        states = {name: one["state"].removeprefix("RELATION_STATE_") for name, one in there.items()}
        self.assertEqual(states, {"x0": "CONFIRMED", "x1": "REFUSED", "x2": "SUGGESTED"})
        self.assertEqual(self.ok("export", server=other.address), exported)

    def test_other_formats_bring_all_back(self):
        self.read_sample()
        exported = self.ok("export")
        for form in ("prov", "ftm", "ftm-csv"):
            with self.subTest(form=form), tempfile.NamedTemporaryFile(suffix=".json") as file:
                self.ok("export", "--format", form, "--to", file.name)
                other = Server()
                self.addCleanup(other.stop)
                self.ok("import", file.name, server=other.address)
                self.assertEqual(self.ok("export", server=other.address), exported)
        self.assertIn("prov", self.fails(2, "export", "--format", "song"))

    def test_vectors_come_back_to_the_bit(self):
        chance = random.Random(11)
        edges = [-0.0, 0.0, 1.401298464324817e-45, -1.1754942106924411e-38, 3.4028234663852886e38, 16777216.0, 1e-7]
        drawn = (struct.unpack("<f", struct.pack("<I", chance.getrandbits(32)))[0] for _ in range(4000))
        floats = edges + [number for number in drawn if abs(number) <= 3.4e38]
        claim = {"name": "claims/v", "text": "It has vectors.", "language": "en", "nature": "CLAIM_NATURE_FACT"}
        signed = {"model": "signed", "dimensions": 256, "int8Values": base64.b64encode(bytes(range(256))).decode()}
        claim["embeddings"] = [{"model": "floats", "dimensions": len(floats), "values": floats}, signed]
        self.ok("import", "-", stdin=json.dumps({"claim": claim}) + "\n")
        exported = self.ok("export")
        kept = json.loads(exported)["claim"]["embeddings"]
        bits = [struct.pack("<f", number) for number in floats]
        self.assertEqual([struct.pack("<f", number) for number in kept[0]["values"]], bits)
        self.assertEqual(kept[1], signed)
        for form in ("native", "prov", "ftm", "ftm-csv"):
            with self.subTest(form=form):
                other = Server()
                self.addCleanup(other.stop)
                self.ok("import", "-", stdin=self.ok("export", "--format", form), server=other.address)
                self.assertEqual(self.ok("export", server=other.address), exported)
                again = self.ok("import", "-", stdin=exported, server=other.address)
                self.assertIn("0 created, 1 unchanged, 0 rejected", again)
        for number in ("NaN", '"NaN"', '"-Infinity"', "1e39"):
            with self.subTest(number=number):
                row = {"claim": {**claim, "name": "claims/w", "embeddings": [{"model": "m", "dimensions": 1}]}}
                line = json.dumps(row).replace('"dimensions": 1', f'"dimensions": 1, "values": [{number}]')
                self.assertIn("values[0]" if number != "NaN" else "JSON", self.fails(6, "import", "-", stdin=line))

    def test_an_export_tells_what_no_import_takes(self):
        self.read_sample()
        self.assertEqual(self.run_cli("export").stderr, "")
        self.ok("source", "delete", "ft-three-people", "--reason", "Not to be kept.", "--force")
        exported = self.run_cli("export")
        self.assertEqual(exported.returncode, 0)
        first, *told = exported.stderr.splitlines()
        self.assertIn(f"severed: {len(told)} references lead to what is deleted.", first)
        self.assertIn(
            "  claims/huawei-engineers-failed/attributions/ft-three-people refers to sources/ft-three-people", told
        )
        other = Server()
        self.addCleanup(other.stop)
        rejected = self.run_cli("import", "-", stdin=exported.stdout, server=other.address)
        self.assertEqual(rejected.returncode, 6)
        for line in told:
            self.assertIn(line.split()[0] + ": ", rejected.stderr)

    def test_good_rows_go_in_beside_bad_ones(self):
        self.read_sample()
        with open(SAMPLE, encoding="utf-8") as file:
            rows = file.readlines()
        rows[0] = rows[0].replace('"country":"CN"', '"country":"VN"')
        rows.append('{"claim":{"name":"claims/new","text":"T","language":"en","nature":"CLAIM_NATURE_FACT"}}\n')
        rows.append('{"claim":{"name":"claims/bad","text":"","language":"en","nature":"CLAIM_NATURE_FACT"}}\n')
        rows.append('{"claim":\n')
        done = self.run_cli("import", "-", stdin="".join(rows))
        self.assertEqual(done.returncode, 6)
        self.assertEqual(
            done.stdout,
            "100 rows: 1 created, 96 unchanged, 3 rejected (1 differing, 1 invalid, 1 not a record)\n",
        )
        self.assertIn('line 1: sources/cac: differs from what stands\n    country\n      stands:   "CN"\n', done.stderr)
        self.assertIn("line 99: claims/bad: claim.text", done.stderr)
        self.assertIn("line 100: not a record", done.stderr)
        self.ok("claim", "get", "new")

    def test_an_import_that_is_interrupted_says_how_to_go_on(self):
        self.read_sample()  # into an empty store all would go in one chunk
        rows = [f'{{"source":{{"name":"sources/s{i}","kind":"SOURCE_KIND_PERSON","displayName":"S {i}"}}}}\n' for i in range(5000)]
        with tempfile.TemporaryDirectory() as folder:
            process = subprocess.Popen(
                [HEADWATER, "--server", self.server.address, "import", "--import-id", "the-pipe", "-"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "XDG_STATE_HOME": folder},
            )
            process.stdin.write("".join(rows[:4000]))
            process.stdin.flush()
            for _ in range(600):
                if "sources/s1500" in self.run_cli("source", "get", "s1500", "--output", "json").stdout:
                    break
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, err)
            self.assertRegex(out, "^[0-9]+ rows: [0-9]+ created")
            command = err.splitlines()[-1].strip()
            self.assertEqual(command, f"headwater import --server {self.server.address} --import-id the-pipe --resume -")
            self.assertIn("the same bytes on standard input", err)
            done = self.ok("import", "--import-id", "the-pipe", "--resume", "-", stdin="".join(rows))
            self.assertEqual(done, "5000 rows: 5000 created, 0 unchanged, 0 rejected\n")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
