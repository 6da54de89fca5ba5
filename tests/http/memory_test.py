#!/usr/bin/python3
"""memory_test.py HEADWATERD [--full]: what the server's memory grows by under clients that hold on to it.

Idle connections, large bodies that all come at once, and large answers that nobody reads. Fewer of each than
with --full, which takes 1,000, 200 of 16 MiB and 100 of 10 MB, and many minutes. Both hold the bounds.
"""

import http.client
import json
import resource
import socket
import sys
import threading
import time
import unittest

from server import SERVICE, Server

HEADWATERD = sys.argv[1]
FULL = "--full" in sys.argv
IDLE, BODIES, READERS = (1000, 200, 100) if FULL else (200, 24, 40)
JSON = {"Content-Type": "application/json"}
MIB = 1 << 20


class MemoryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4000)), hard))

    def setUp(self):
        self.server = Server(HEADWATERD)
        claim = {"text": "Долго" * 990, "language": "ru", "nature": "CLAIM_NATURE_FACT"}
        self.server.ok("ClaimService/CreateClaim", {"claimId": "one", "claim": claim})
        self.base = self.memory("VmRSS")

    def tearDown(self):
        self.assertEqual(self.server.stop(), 0)

    def memory(self, name):
        """In bytes: VmRSS now, VmHWM the most so far."""
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith(name)) << 10

    def grown(self, what, most):
        """Tells what the memory grew by at most since the start, and holds it against `most` bytes."""
        grown = self.memory("VmHWM") - self.base
        print(f"{what}: {grown / MIB:.0f} MiB more at most, {(self.memory('VmRSS') - self.base) / MIB:.0f} at the end")
        self.assertLess(grown, most)
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)

    def test_idle_connections(self):
        connections = []
        for _ in range(IDLE):
            connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
            connection.request("POST", SERVICE + "ClaimService/GetClaim", b'{"name":"claims/one"}', JSON)
            response = connection.getresponse()
            self.assertEqual(response.status, 200)
            response.read()
            connections.append(connection)
        self.grown(f"{IDLE} idle connections", IDLE * (64 << 10) + 16 * MIB)
        for connection in connections:
            connection.close()

    def test_large_bodies(self):
        claim = {"text": "A" * 900, "language": "en", "nature": "CLAIM_NATURE_FACT"}
        requests = [{"claimId": f"c{i}", "claim": claim} for i in range(9_999)] + [{"claim": {"text": ""}}]
        body = json.dumps({"requests": requests}).encode()
        body += b" " * (16 * MIB - len(body))
        statuses = []

        def send():
            for _ in range(200):
                status = "reset"
                try:
                    status = self.server.request("POST", SERVICE + "ClaimService/BatchCreateClaims", body, JSON).status
                except (OSError, http.client.HTTPException):
                    pass  # refused while it was sent, and closed before its answer was read
                statuses.append(status)
                if status == 400:
                    return
                time.sleep(0.5)

        threads = [threading.Thread(target=send) for _ in range(BODIES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(statuses.count(400), BODIES)  # in the end each was worked on
        self.assertLessEqual(set(statuses), {400, 429, "reset"})
        self.grown(f"{BODIES} connections with bodies of 16 MiB", 512 * MIB)

    def test_slow_readers(self):
        body = json.dumps({"names": ["claims/one"] * 1000}).encode()
        head = b"POST %sClaimService/BatchGetClaims HTTP/1.1\r\nHost: localhost\r\n" % SERVICE.encode()
        head += b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        statuses = []
        connections = []
        for _ in range(READERS):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(60)
            connection.connect((self.server.host, self.server.port))
            connection.sendall(head + body)
            statuses.append(connection.recv(12)[-3:])
            connections.append(connection)
        self.assertGreaterEqual(statuses.count(b"200"), 7)
        self.assertGreater(statuses.count(b"429"), 0)
        self.assertLessEqual(set(statuses), {b"200", b"429"})
        print(f"{statuses.count(b'200')} of {READERS} were answered")
        self.grown(f"{READERS} readers of 10 MB that do not read", 384 * MIB)
        for connection in connections:
            connection.close()
        for _ in range(100):  # and what they held is given back
            if self.server.request("POST", SERVICE + "ClaimService/BatchGetClaims", body, JSON).status == 200:
                return
            time.sleep(0.1)
        self.fail("no room again")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
