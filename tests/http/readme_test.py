#!/usr/bin/python3
"""readme_test.py HEADWATERD HEADWATER ROOT: the commands under "HTTP and browsers" in README do what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from server import Server

HEADWATERD, HEADWATER, ROOT = sys.argv[1:4]
SKIPPED = 77


def commands():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        section = re.search(r"^## HTTP and browsers$(.*?)^## ", file.read(), re.DOTALL | re.MULTILINE).group(1)
    return [line for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for line in block.splitlines()]


class ReadmeTest(unittest.TestCase):
    def test_every_command(self):
        server = Server(HEADWATERD)
        self.addCleanup(server.stop)
        sample = os.path.join(ROOT, "client/samples/deepseek-huawei.ndjson")
        subprocess.run([HEADWATER, "--server", server.addresses["grpc"], "import", sample], check=True, capture_output=True)
        wanted = {
            "GetClaim": lambda out: json.loads(out)["name"] == "claims/huawei-engineers-failed",
            "AssessClaim": lambda out: "claims/nvidia-gpus-have-backdoors" in out and json.loads(out),
            "CreateSource": lambda out: json.loads(out)["name"] == "sources/curl",
            "healthz": lambda out: out == "ok\n",
            "metrics": lambda out: 'headwater_http_calls_total{' in out,
        }
        seen = commands()
        self.assertEqual(len(seen), len(wanted))
        for line, (word, holds) in zip(seen, wanted.items()):
            self.assertIn(word, line)
            line = line.replace("127.0.0.1:7412", server.address)
            run = subprocess.run(["bash", "-c", line], check=True, capture_output=True, text=True, timeout=60)
            self.assertTrue(holds(run.stdout), run.stdout)


if __name__ == "__main__":
    if not shutil.which("curl"):
        print("SKIPPED: curl is not installed (deploy/install-packages test)")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])
