"""A server of the build that is tested, and its command line, for tests: arguments HEADWATERD HEADWATER ROOT."""

import os
import subprocess
import sys
import tempfile
import time
import unittest

HEADWATERD, HEADWATER, ROOT = sys.argv[1:4]
SAMPLE = os.path.join(ROOT, "client/samples/deepseek-huawei.ndjson")


class Server:
    """A server on memory, on a free port, until it is stopped."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        ready = os.path.join(self.folder.name, "ready")
        self.process = subprocess.Popen(
            [HEADWATERD, "--data-dir", os.path.join(self.folder.name, "db"), "--engine", "memory"]
            + ["--listen", "127.0.0.1:0", "--http-listen", "", "--ready-file", ready],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(600):
            if os.path.exists(ready):
                break
            time.sleep(0.05)
        with open(ready, encoding="utf-8") as lines:
            self.address = dict(line.strip().split("=", 1) for line in lines)["grpc"]

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.folder.cleanup()


class CliTest(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        self.addCleanup(self.server.stop)

    def run_cli(self, *arguments, stdin=None, server=None, **environment):
        return subprocess.run(
            [HEADWATER, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "HEADWATER_SERVER": server or self.server.address, **environment},
        )

    def ok(self, *arguments, **options):
        done = self.run_cli(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stderr}")
        return done.stdout

    def fails(self, code, *arguments, **options):
        done = self.run_cli(*arguments, **options)
        self.assertEqual(done.returncode, code, f"{arguments}: {done.stdout} {done.stderr}")
        return done.stderr

    def read_sample(self):
        self.ok("import", SAMPLE)
