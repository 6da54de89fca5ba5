#!/usr/bin/python3
"""cli_test.py HEADWATERD HEADWATER ROOT: the command line as scripts and people use it, against a real server."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import unittest

from cli_case import HEADWATER, ROOT, CliTest

PEOPLE = "three people close to the matter"


class Reading(CliTest):
    def test_the_reading_comes_out_as_asked(self):
        self.read_sample()
        for lines, arguments in (
            (26, ("claim", "list")),
            (2, ("attribution", "list", "claims/-", "--source", "sources/reuters")),
            (10, ("attribution", "list", "-", "--source", "ft")),
            (1, ("attribution", "list", "-", "--stance", "denies")),
        ):
            out = self.ok(*arguments, "--output", "ndjson")
            self.assertEqual(len(out.splitlines()), lines, arguments)
        trace = json.loads(self.ok("trace", "huawei-engineers-failed", "--output", "json"))
        self.assertEqual([voice["displayName"] for voice in trace["voices"]], ["Trí Đạt", "Financial Times", PEOPLE])
        self.assertIn(f"Trí Đạt ← Financial Times ← {PEOPLE}\n", self.ok("trace", "claims/huawei-engineers-failed"))
        self.assertEqual(len(self.ok("trace", "huawei-engineers-failed", "--output", "ndjson").splitlines()), 3)
        self.assertIn("v1 -> v2", self.ok("trace", "huawei-engineers-failed", "--output", "dot"))
        merged = json.loads(self.ok("source", "list", "--output", "json"))
        self.assertEqual(len(merged["sources"]), 13)
        self.assertNotIn("nextPageToken", merged)
        self.assertIn("ft", self.ok("source", "lookup", "--domain", "www.ft.com"))
        self.fails(3, "source", "lookup", "nobody")

    def test_what_a_program_suggests_waits_for_a_person(self):
        self.read_sample()
        for claim, target in (("r2-missed-may", "r2-launch-delayed"), ("r1-0528-released", "r1-launched-january")):
            flags = ("--kind", "same-as", "--state", "suggested", "--suggested-by", "a program", "--target", target)
            self.ok("relation", "create", f"{claim}/same", *flags)
        waiting = ("relation", "list", "claims/-", "--state", "SUGGESTED")
        self.assertRegex(self.ok(*waiting), r"r2-missed-may/same +SAME_AS +r2-launch-delayed +SUGGESTED +20\S+Z +a program")
        self.assertIn("--by", self.fails(2, "relation", "confirm", "r2-missed-may/same"))
        self.assertIn("confirmed ", self.ok("relation", "confirm", "r2-missed-may/same", "--by", "Ann"))
        self.assertIn("refused ", self.ok("relation", "refuse", "r1-0528-released/same", "--by", "Bo"))
        self.assertEqual(self.ok(*waiting, "--output", "ndjson"), "")
        confirmed = json.loads(self.ok("relation", "get", "r2-missed-may/same", "--output", "json"))
        self.assertEqual((confirmed["state"], confirmed["confirmedBy"]), ("RELATION_STATE_CONFIRMED", "Ann"))
        self.assertTrue(confirmed["confirmTime"].startswith("20"))
        self.assertEqual(confirmed["suggestedBy"], "a program")
        again = self.fails(4, "relation", "confirm", "r2-missed-may/same", "--by", "Bo")
        self.assertIn("confirmed already, by Ann on 20", again)
        self.assertRegex(self.ok("relation", "list", "-", "--state", "refused"), r"REFUSED +20\S+Z +Bo")
        # Taken back it is the other thing, and says nothing of who had confirmed it.
        self.ok("relation", "refuse", "r2-missed-may/same", "--by", "Bo")
        refused = json.loads(self.ok("relation", "get", "r2-missed-may/same", "--output", "json"))
        self.assertNotIn("confirmedBy", refused)
        self.fails(4, "relation", "confirm", "r2-missed-may/same", "--by", "Ann", "--etag", confirmed["etag"])
        self.fails(3, "relation", "confirm", "r2-missed-may/none", "--by", "Ann")

    def test_an_assessment_reads_like_a_page(self):
        self.read_sample()
        page = self.ok("assess", "huawei-engineers-failed")
        self.assertIn(f"\nTrí Đạt speaks on the word of {PEOPLE} (unnamed), through Financial Times.\n", page)
        self.assertRegex(page, r"\nstanding +SINGLE_LINE\n")
        self.assertRegex(page, r"\nlines +1\n +[^\n]* ← " + PEOPLE + r"\n")
        self.assertRegex(page, r"\nANONYMOUS_ONLY  No origin of it has a name")
        message = json.loads(self.ok("assess", "claims/huawei-engineers-failed", "--output", "json"))
        self.assertEqual(message["standing"], "STANDING_SINGLE_LINE")
        lines = self.ok("assess", "huawei-engineers-failed", "--output", "ndjson").splitlines()
        self.assertEqual([json.loads(line) for line in lines], [message])
        denied = ("assess", "nvidia-gpus-have-backdoors")
        self.assertRegex(self.ok(*denied), r"\ndenied by +Nvidia \(2025-08-06\)\n")
        self.assertNotIn("denied", self.ok(*denied, "--published-until", "2025-08-05"))
        self.fails(3, *denied, "--as-of", "1")
        self.assertIn("published_until", self.fails(1, *denied, "--published-until", "soon"))
        self.fails(2, *denied, "--output", "dot")

    def test_claims_are_found(self):
        self.read_sample()
        claim = json.loads(self.ok("claim", "get", "huawei-engineers-failed", "--output", "json"))
        listed = json.loads(self.ok("claim", "list", "--output", "json"))
        fresh = ("--at-least", listed["readSequence"])
        page = self.ok("search", "huawei engineers", "--facets", *fresh)
        self.assertRegex(page, r"(?m)^ *huawei-engineers-failed  SINGLE_LINE, 1 line")
        self.assertRegex(page, r"(?m)^source +\S+ \(\d+\)")
        found = json.loads(self.ok("search", "huawei engineers", "--output", "json", *fresh))
        self.assertIn(claim["name"], [result["claim"]["claim"] for result in found["results"]])
        self.assertIn("nothing found", self.fails(3, "search", "zyzzyva", *fresh))
        self.assertEqual(self.run_cli("search", "zyzzyva", *fresh).stdout, "")
        article = f"{claim['text']}\n\nNobody ever saw a zyzzyva.\n"
        page = self.ok("verify", "--file", "-", "--all", *fresh, stdin=article)
        self.assertRegex(page, r"(?m)^  the same text \(\d\.\d\d\)$")
        self.assertIn("Nobody ever saw a zyzzyva.\n  nothing found\n", page)
        self.assertRegex(page, r"2 sentences: 1 matches \d+ claims?; nothing found for 1")
        self.assertIn("nothing found", self.run_cli("verify", "Nobody ever saw a zyzzyva.", *fresh).stdout)
        self.fails(3, "verify", "Nobody ever saw a zyzzyva.", *fresh)
        uri = "https://news.example/1"
        self.ok("document", "create", "d1", "--publisher", "ft", "--title", "News", "--uri", uri)
        told = ("huawei-engineers-failed/d1", "--source", "ft", "--stance", "asserts", "--document", "d1")
        written = self.ok("attribution", "create", *told, "--output", "json")
        page = self.ok("verify", uri, "--at-least", json.loads(written)["sequence"])
        self.assertTrue(page.startswith("News\ndocuments/d1, ft\n\n- Huawei"), page)
        self.assertTrue(page.endswith("\n1 claim; cited 0 times\n"), page)
        self.fails(3, "verify", "https://nowhere.example/none", *fresh)

    def test_lists_longer_than_a_page_are_whole(self):
        claims = "".join(
            json.dumps({"claim": {"name": f"claims/c{i}", "text": "T", "language": "en", "nature": "CLAIM_NATURE_FACT"}})
            + "\n"
            for i in range(2345)
        )
        self.assertEqual(self.ok("import", "-", stdin=claims), "2345 rows: 2345 created, 0 unchanged, 0 rejected\n")
        names = [json.loads(line)["name"] for line in self.ok("claim", "list", "--output", "ndjson").splitlines()]
        self.assertEqual(len(set(names)), 2345)
        merged = json.loads(self.ok("claim", "list", "--output", "json"))
        self.assertEqual([claim["name"] for claim in merged["claims"]], names)
        self.assertEqual(merged["readSequence"], "2345")

    def test_the_past_is_there(self):
        self.read_sample()
        before = json.loads(self.ok("claim", "get", "r2-missed-may", "--output", "json"))
        self.ok("claim", "update", "r2-missed-may", "--note", "Checked.", HEADWATER_ACTOR="desk")
        after = json.loads(self.ok("claim", "get", "r2-missed-may", "--output", "json"))
        self.assertEqual(after["note"], "Checked.")
        for point in (str(int(after["sequence"]) - 1), before["updateTime"]):
            earlier = json.loads(self.ok("claim", "get", "r2-missed-may", "--as-of", point, "--output", "json"))
            self.assertEqual(earlier, before)
        self.assertRegex(self.ok("claim", "revisions", "r2-missed-may"), "desk +note")
        self.ok("claim", "update", "r2-missed-may", "--note", "Checked again.", "--actor", "Trí Đạt")
        self.assertRegex(self.ok("claim", "revisions", "r2-missed-may"), "Trí Đạt +note")
        self.fails(1, "claim", "get", "r2-missed-may", "--as-of", "99999")


class Writing(CliTest):
    def test_a_record_from_nothing(self):
        self.ok("source", "create", "desk", "--kind", "news-outlet", "--display-name", "The Desk", "--aliases", "TD")
        self.ok("document", "create", "d", "--publisher", "desk", "--title", "Rain", "--text-file", "-", stdin="It rains.")
        self.ok("claim", "create", "rain", "--text", "It rains.", "--language", "en", "--nature", "fact")
        self.ok("attribution", "create", "rain/desk", "--source", "desk", "--document", "d", "--stance", "asserts")
        self.assertIn("It rains.", self.ok("document", "get", "d", "--include-text"))
        self.assertIn("The Desk\n", self.ok("trace", "rain"))
        # An etag as a shell passes it on: without its quotes.
        etag = json.loads(self.ok("claim", "get", "rain", "--output", "json"))["etag"].strip('"')
        self.ok("claim", "update", "rain", "--text", "It pours.", "--etag", etag)
        self.assertIn("stale", self.fails(4, "claim", "update", "rain", "--text", "It snows.", "--etag", etag))
        self.assertIn("rain/desk", self.fails(4, "document", "delete", "d", "--reason", "Mistake").replace("attributions/", ""))
        self.ok("attribution", "withdraw", "rain/desk", "--kind", "retracted", "--reason", "It was the hose.")
        self.assertIn("WITHDRAWN", self.ok("trace", "rain"))
        self.ok("attribution", "delete", "rain/desk", "--reason", "Mistake")
        self.fails(3, "attribution", "get", "rain/desk")
        self.ok("attribution", "get", "rain/desk", "--show-deleted")
        self.ok("attribution", "undelete", "rain/desk")
        operations = self.ok("attribution", "revisions", "rain/desk")
        for operation in ("CREATE", "WITHDRAW", "DELETE", "UNDELETE"):
            self.assertIn(operation, operations)

    def test_refusals_name_the_field(self):
        self.assertIn("claim.text", self.fails(1, "claim", "create", "x", "--language", "en", "--nature", "fact"))
        self.assertIn("source_id", self.fails(1, "source", "create", "Bad Id", "--kind", "person", "--display-name", "x"))
        self.ok("source", "create", "x", "--kind", "person", "--display-name", "X")
        self.fails(4, "source", "create", "x", "--kind", "person", "--display-name", "Y")
        self.ok("source", "create", "x", "--kind", "person", "--display-name", "X", "--accept-identical")
        self.fails(2, "source", "create", "x", "--kind", "king", "--display-name", "Y")
        self.fails(3, "claim", "get", "x")
        self.assertIn("no server at 127.0.0.1:1", self.fails(5, "claim", "get", "x", server="127.0.0.1:1"))

    def test_a_request_id_is_done_once(self):
        create = ("claim", "create", "--text", "T", "--language", "en", "--nature", "fact", "--request-id", "once")
        self.assertEqual(self.ok(*create), self.ok(*create))
        self.assertEqual(len(self.ok("claim", "list", "--output", "ndjson").splitlines()), 1)


class Terminals(CliTest):
    def on_terminal(self, *arguments, **environment):
        """What a command prints on a terminal of 80 columns."""
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        process = subprocess.Popen(
            [HEADWATER, "--server", self.server.address, *arguments],
            stdout=follower,
            env={**os.environ, "TERM": "xterm", **environment},
        )
        os.close(follower)
        printed = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            printed += chunk
        os.close(leader)
        self.assertEqual(process.wait(60), 0)
        return printed.decode().replace("\r\n", "\n")

    def test_tables_fit_and_colours_are_for_terminals(self):
        self.read_sample()
        colored = self.on_terminal("claim", "list")
        self.assertIn("\033[1m", colored)
        plain = self.on_terminal("claim", "list", NO_COLOR="1")
        self.assertNotIn("\033", plain)
        self.assertEqual(len(plain.splitlines()), 27)
        self.assertLessEqual(max(len(line) for line in plain.splitlines()), 80)
        self.assertIn("…", plain)
        piped = self.ok("claim", "list")
        self.assertNotIn("…", piped)
        self.assertNotIn("\033", piped)


class Example(CliTest):
    def test_python_traces_and_records(self):
        self.read_sample()
        with tempfile.TemporaryDirectory() as modules:
            subprocess.run([os.path.join(ROOT, "client/examples/generate"), modules], check=True, capture_output=True)

            def example(*arguments):
                return subprocess.run(
                    ["/usr/bin/python3", os.path.join(ROOT, "client/examples/trace.py"), *arguments],
                    capture_output=True,
                    text=True,
                    timeout=60,
                    check=False,
                    env={**os.environ, "HEADWATER_SERVER": self.server.address, "HEADWATER_PYTHON": modules},
                )

            chain = example("huawei-engineers-failed").stdout.splitlines()
            self.assertEqual(
                chain[1:], ["Trí Đạt (relays)", "  ← Financial Times (relays)", f"    ← {PEOPLE} (asserts)"]
            )
            add = "huawei-engineers-failed --add rfi --cites ft --document deepseek-huawei".split()
            added = example(*add)
            self.assertEqual(added.returncode, 0, added.stderr)
            self.assertIn("recorded claims/huawei-engineers-failed/attributions/rfi", added.stdout)
            self.assertIn("RFI (relays)", added.stdout)
            self.assertIn("NOT_FOUND", example("nothing").stderr)
            self.assertIn("trace.py", self.ok("attribution", "revisions", "huawei-engineers-failed/rfi"))
            again = example("huawei-engineers-failed", "--add", "reuters", *add[3:], "--actor", "Trí Đạt")
            self.assertEqual(again.returncode, 0, again.stderr)
            self.assertIn("Trí Đạt", self.ok("attribution", "revisions", "huawei-engineers-failed/reuters"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
