"""A headwaterd on memory with HTTP on a free port, and ways to speak to it, down to single bytes."""

import gzip
import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import tempfile
import time

SERVICE = "/headwater.v1."


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def plain(self):
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body

    @property
    def json(self):
        return json.loads(self.plain)


class Server:
    def __init__(self, program, *flags, page=None, http_listen="127.0.0.1:0"):
        self.folder = tempfile.TemporaryDirectory()
        ready = os.path.join(self.folder.name, "ready")
        self.log_path = os.path.join(self.folder.name, "log")
        words = [program, "--engine", "memory", "--listen", "127.0.0.1:0", "--http-listen", http_listen]
        words += ["--ready-file", ready, *flags]
        if page:
            root = os.path.join(self.folder.name, "page")
            for path, content in page.items():
                os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(content)
            words += ["--web-root", root]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(words, stderr=log)
        for _ in range(600):
            if os.path.exists(ready) or self.process.poll() is not None:
                break
            time.sleep(0.05)
        with open(ready, encoding="utf-8") as lines:
            self.addresses = dict(line.strip().split("=", 1) for line in lines)
        self.address = self.addresses["http"]
        self.host, port = self.address.split(":")
        self.port = int(port)

    def stop(self):
        """Its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.folder.cleanup()
        return code

    def request(self, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, target, body=body, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def call(self, method, message, **headers):
        """A unary call in JSON; `method` as in "ClaimService/GetClaim"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request(
            "POST", SERVICE + method, json.dumps(message).encode(), {"Content-Type": "application/json", **named}
        )

    def ok(self, method, message, **headers):
        answer = self.call(method, message, **headers)
        assert answer.status == 200, (method, answer.status, answer.body)
        return answer.json

    def stream(self, method, message, codec="json", headers=None, flags=0):
        """A streaming call: its answer, with the messages in `frames`, as (flags, bytes)."""
        body = struct.pack(">BI", flags, len(message)) + message
        answer = self.request(
            "POST", SERVICE + method, body, {"Content-Type": f"application/connect+{codec}", **(headers or {})}
        )
        answer.frames = []
        rest = answer.body
        while answer.headers["content-type"].startswith("application/connect+") and rest:
            flag, length = struct.unpack(">BI", rest[:5])
            message = rest[5 : 5 + length]
            answer.frames.append((flag, gzip.decompress(message) if flag & 1 else message))
            rest = rest[5 + length :]
        return answer

    def connect(self):
        return socket.create_connection((self.host, self.port), timeout=60)

    def raw(self, text, then=b""):
        """What comes back, up to the end of the connection, for bytes sent as they are."""
        with self.connect() as connection:
            connection.sendall(text + then)
            received = b""
            while True:
                try:
                    piece = connection.recv(65536)
                except ConnectionResetError:
                    break
                if not piece:
                    break
                received += piece
            return received


def new_claim(server, name="one", text="The sky is blue."):
    return server.ok(
        "ClaimService/CreateClaim", {"claimId": name, "claim": {"text": text, "language": "en", "nature": "CLAIM_NATURE_FACT"}}, Headwater_Actor="tester"
    )
