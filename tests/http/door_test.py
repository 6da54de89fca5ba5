#!/usr/bin/python3
"""door_test.py HEADWATERD: who is let in over HTTP, for how long, and what of the page they get."""

import http.client
import json
import os
import re
import resource
import signal
import socket
import sys
import threading
import time
import unittest

from server import SERVICE, Server, new_claim

HEADWATERD = sys.argv[1]
GET_CLAIM = SERVICE + "ClaimService/GetClaim"
JSON = {"Content-Type": "application/json"}


class DoorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        page = {"index.html": "<!doctype html><title>Headwater</title>", "assets/app.js": "let x = 1;" * 500}
        cls.server = Server(HEADWATERD, "--http-allow-origin", "https://desk.example", page=page)
        cls.addClassCleanup(cls.end)
        cls.claim = new_claim(cls.server)

    @classmethod
    def end(cls):
        assert cls.server.stop() == 0

    def alive(self):
        self.assertEqual(self.server.request("GET", "/healthz").body, b"ok\n")

    def test_health_and_metrics(self):
        self.alive()
        self.server.ok("ClaimService/GetClaim", {"name": "claims/one"})
        self.server.call("ClaimService/GetClaim", {"name": "claims/none"})
        text = self.server.request("GET", "/metrics").body.decode()
        method = 'method="headwater.v1.ClaimService.GetClaim"'
        counts = [line for line in text.splitlines() if line.startswith("headwater_http_calls_total") and method in line]
        self.assertTrue(any('code="ok"' in line for line in counts), text)
        self.assertTrue(any('code="not_found"' in line for line in counts), text)
        self.assertIn("headwater_http_call_seconds_bucket", text)
        self.assertIn("headwater_http_connections", text)

    def test_page(self):
        answer = self.server.request("GET", "/")
        self.assertEqual((answer.status, answer.body), (200, b"<!doctype html><title>Headwater</title>"))
        self.assertIn("default-src 'self'", answer.headers["content-security-policy"])
        self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
        tag = answer.headers["etag"]
        again = self.server.request("GET", "/", headers={"If-None-Match": tag})
        self.assertEqual((again.status, again.body), (304, b""))
        script = self.server.request("GET", "/assets/app.js", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(script.plain, b"let x = 1;" * 500)
        self.assertEqual(script.headers["content-encoding"], "gzip")
        head = self.server.request("HEAD", "/assets/app.js")
        self.assertEqual((head.status, head.headers["content-length"], head.body), (200, "5000", b""))
        shown = self.server.request("GET", "/claims/one", headers={"Accept": "text/html"})
        self.assertEqual(shown.body, answer.body)
        self.assertEqual(self.server.request("GET", "/nothing.js").status, 404)
        self.assertEqual(self.server.request("POST", "/", b"x").status, 405)

    def test_no_way_out_of_the_page(self):
        for target in ("/../ready", "/%2e%2e/ready", "/..%2f..%2fetc/passwd", "//etc/passwd", "/assets/../../ready"):
            self.assertEqual(self.server.request("GET", target).status, 404, target)

    def test_host(self):
        for host in ("evil.example", "evil.example:7412", "localhost.evil.example", "10.0.0.1"):
            answer = self.server.request("GET", "/healthz", headers={"Host": host})
            self.assertEqual(answer.status, 421, host)
            self.assertEqual(self.server.request("POST", GET_CLAIM, b"{}", {**JSON, "Host": host}).status, 421)
        for host in ("localhost", "127.0.0.1", "[::1]:1"):
            self.assertEqual(self.server.request("GET", "/healthz", headers={"Host": host}).status, 200)
        self.assertIn(b" 421 ", self.server.raw(b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"))

    def test_framing_that_others_read_otherwise(self):
        inside = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        for coding in (b"gzip", b"xchunked", b"chunked, identity"):
            head = b"POST " + GET_CLAIM.encode() + b" HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: " + coding
            for length in (b"", b"\r\nContent-Length: %d" % len(inside)):
                received = self.server.raw(head + length + b"\r\n\r\n", inside)
                self.assertIn(b" 400 ", received, (coding, length))
                self.assertEqual(received.count(b"HTTP/1.1"), 1, (coding, length))
        self.alive()

    def test_heads_and_trailers_without_end(self):
        field = b"a: " + b"x" * 8000 + b"\r\n"
        start = b"POST " + GET_CLAIM.encode() + b" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        self.assertIn(b" 431 ", self.server.raw(start + field * 20))
        self.assertIn(b" 431 ", self.server.raw(start + b"a:\r\n" * 300 + b"\r\n"))
        with self.server.connect() as connection:  # each field is a read of its own
            connection.sendall(start)
            for _ in range(20):  # 160 kB
                connection.sendall(field)
                time.sleep(0.005)
            self.assertIn(b" 431 ", connection.recv(65536))
        chunked = start + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"
        self.server.raw(chunked + b"a:" + b"x" * 65540 + b"\r\n\r\n")
        self.server.raw(chunked + field * 40)
        self.alive()

    def test_origins(self):
        body = b'{"name":"claims/one"}'
        own = {**JSON, "Origin": f"http://{self.server.address}"}
        self.assertEqual(self.server.request("POST", GET_CLAIM, body, own).status, 200)
        for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
            answer = self.server.request("POST", GET_CLAIM, body, {**JSON, "Origin": origin})
            self.assertEqual((answer.status, answer.json["code"]), (403, "permission_denied"))
            self.assertNotIn("access-control-allow-origin", answer.headers)
        desk = {"Origin": "https://desk.example"}
        for sent, status in ((body, 200), (b'{"name":"claims/none"}', 404)):
            answer = self.server.request("POST", GET_CLAIM, sent, {**JSON, **desk})
            self.assertEqual(answer.status, status)
            self.assertEqual(answer.headers["access-control-allow-origin"], "https://desk.example")
        question = {**desk, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        answer = self.server.request("OPTIONS", GET_CLAIM, headers=question)
        self.assertEqual(answer.status, 204)
        self.assertIn("Content-Type", answer.headers["access-control-allow-headers"])
        question["Origin"] = "https://evil.example"
        self.assertEqual(self.server.request("OPTIONS", GET_CLAIM, headers=question).status, 403)

    def test_keeps_connections_and_answers_in_order(self):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=60)
        for i in range(200):
            name = "claims/one" if i % 2 else "claims/none"
            connection.request("POST", GET_CLAIM, json.dumps({"name": name}), JSON)
            response = connection.getresponse()
            self.assertEqual(response.status, 200 if i % 2 else 404)
            response.read()
        one = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" % GET_CLAIM.encode()
        sent = b""
        for i in range(50):
            body = b'{"name":"claims/%s"}' % (b"one" if i % 2 else b"none")
            sent += one + b"Content-Length: %d\r\n\r\n" % len(body) + body
        last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        received = self.server.raw(sent, last)
        statuses = re.findall(rb"HTTP/1\.1 (\d+) ", received)
        self.assertEqual(statuses, [b"404", b"200"] * 25 + [b"200"])

    def test_chunked_and_expected_bodies(self):
        head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        head %= GET_CLAIM.encode()
        chunked = b'Transfer-Encoding: chunked\r\n\r\n8\r\n{"name":\r\nd\r\n"claims/one"}\r\n0\r\n\r\n'
        self.assertIn(b"The sky is blue.", self.server.raw(head + chunked))
        with self.server.connect() as connection:
            connection.sendall(head + b"Content-Length: 21\r\nExpect: 100-continue\r\n\r\n")
            self.assertTrue(connection.recv(1000).startswith(b"HTTP/1.1 100 Continue\r\n\r\n"))
            connection.sendall(b'{"name":"claims/one"}')
            self.assertIn(b"200 OK", connection.recv(10000))

    def test_what_is_no_http(self):
        host = b"Host: localhost\r\n"
        for text, status in (
            (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 300, b" 400 "),  # TLS
            (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b""),
            (b"GET\r\n\r\n", b" 400 "),
            (b"GET / HTTP/1.1\r\n" + host + b"A" * 100000 + b": b\r\n\r\n", b" 431 "),
            (b"GET / HTTP/1.1\r\n" + host + b"no colon\r\n\r\n", b" 400 "),
            (b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", b" 400 "),
            (b"POST / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n", b" 400 "),
            (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n" + host + b"\r\n", b" 431 "),
        ):
            self.assertIn(status, self.server.raw(text)[:20], text[:40])
        self.alive()

    def test_slow_loris(self):
        connections = [self.server.connect() for _ in range(50)]
        begun = time.monotonic()
        for connection in connections:
            connection.sendall(b"POST /headwater.v1.ClaimService/GetClaim HTTP/1.1\r\nHost: loc")
        try:
            while time.monotonic() - begun < 8:
                for connection in connections:
                    connection.sendall(b"a")
                time.sleep(0.5)
                self.alive()
        except (BrokenPipeError, ConnectionResetError):
            self.fail("dropped before its time")
        for connection in connections:
            connection.settimeout(20)
            self.assertEqual(connection.recv(100), b"")
            connection.close()
        self.assertLess(time.monotonic() - begun, 20)

    def test_a_thousand_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4000)), hard))
        connections = []
        for _ in range(1000):
            connections.append(http.client.HTTPConnection(self.server.host, self.server.port, timeout=60))
        for connection in connections:
            connection.request("POST", GET_CLAIM, b'{"name":"claims/one"}', JSON)
        for connection in connections:
            response = connection.getresponse()
            self.assertEqual(response.status, 200)
            response.read()
        self.alive()
        for connection in connections:
            connection.close()

    def test_bodies_that_never_come_do_not_take_the_memory(self):
        head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        connections = [self.server.connect() for _ in range(50)]
        for connection in connections:
            connection.sendall(head % (GET_CLAIM.encode(), 16 << 20) + b"x" * 100_000)
        long = "x" * (12 << 20)  # a body that does come, beside 800 MiB that were announced
        answer = self.server.call("ClaimService/GetClaim", {"name": long})
        self.assertEqual((answer.status, answer.json["code"]), (400, "invalid_argument"))
        for connection in connections:
            connection.settimeout(0.01)
            with self.assertRaises(socket.timeout):  # none was refused
                connection.recv(100)
            connection.close()

    def test_bodies_that_arrive_together_are_bounded(self):
        head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        connections = [self.server.connect() for _ in range(20)]
        refused = 0
        for connection in connections:
            try:
                connection.sendall(head % (GET_CLAIM.encode(), 16 << 20) + b"x" * (10 << 20))
            except OSError:
                pass
            connection.settimeout(1)
            try:
                refused += b" 429 " in connection.recv(100)
            except (socket.timeout, ConnectionResetError):
                pass
        # An eighth of 512 MiB, where each counts for what it has room for: 10 to 16 MiB.
        self.assertGreaterEqual(refused, 20 - 6)
        self.assertLessEqual(refused, 20 - 4)
        self.assertEqual(self.server.call("ClaimService/GetClaim", {"name": "claims/one"}).status, 200)
        for connection in connections:
            connection.close()


class RemoteTest(unittest.TestCase):
    def test_only_names_that_were_given(self):
        server = Server(HEADWATERD, "--allow-remote", "--http-allow-host", "records.example", http_listen="0.0.0.0:0")
        for host, status in (
            ("evil.example", 421),  # a page of that name, made to lead here
            ("records.example", 200),
            ("records.example:7412", 200),
            ("192.168.1.5:7412", 200),
            ("[2001:db8::1]:7412", 200),
            ("localhost", 200),
        ):
            self.assertEqual(server.request("GET", "/healthz", headers={"Host": host}).status, status, host)
        self.assertEqual(server.stop(), 0)


class ShutdownTest(unittest.TestCase):
    def test_writes_under_way_are_answered_and_idle_connections_closed(self):
        server = Server(HEADWATERD)
        idle = server.connect()
        statuses = []
        stopping = threading.Event()

        def write(number):
            connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
            for i in range(100000):
                claim = {"claimId": f"w{number}-{i}", "claim": {"text": "t", "language": "en", "nature": "CLAIM_NATURE_FACT"}}
                try:
                    connection.request("POST", SERVICE + "ClaimService/CreateClaim", json.dumps(claim), JSON)
                    response = connection.getresponse()
                    statuses.append(response.status)
                    response.read()
                except (OSError, http.client.HTTPException):
                    return
            stopping.set()

        writers = [threading.Thread(target=write, args=(i,)) for i in range(8)]
        for writer in writers:
            writer.start()
        time.sleep(0.5)
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        self.assertEqual(server.process.wait(30), 0)
        self.assertLess(time.monotonic() - begun, 10)
        for writer in writers:
            writer.join()
        self.assertFalse(stopping.is_set())
        self.assertGreater(statuses.count(200), 0)
        self.assertLessEqual(set(statuses), {200, 503})
        self.assertEqual(idle.recv(10), b"")
        server.folder.cleanup()

    def test_a_page_that_is_none_is_refused(self):
        with self.assertRaises(FileNotFoundError):
            Server(HEADWATERD, "--web-root", os.devnull)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
