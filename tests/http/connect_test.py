#!/usr/bin/python3
"""connect_test.py HEADWATERD ROOT: the Connect protocol as any HTTP client speaks it, against a real server."""

import base64
import gzip
import json
import os
import sys
import time
import unittest
import urllib.parse

from server import SERVICE, Server, new_claim

HEADWATERD, ROOT = sys.argv[1:3]
GET_CLAIM = SERVICE + "ClaimService/GetClaim"
LONG = ("It is long. " * 300).strip()
NAME = b"\x0a\x0aclaims/one"  # GetClaimRequest{name: "claims/one"} in wire format


class ConnectTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(HEADWATERD)
        cls.addClassCleanup(cls.end)
        cls.claim = new_claim(cls.server)

    @classmethod
    def end(cls):
        assert cls.server.stop() == 0

    def post(self, body, content_type="application/json", target=GET_CLAIM, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.server.request("POST", target, body, {"Content-Type": content_type, **named})

    def expect_error(self, answer, status, code):
        self.assertEqual(answer.status, status, answer.body)
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(answer.json["code"], code)
        return answer.json

    def test_json_in_json_out(self):
        answer = self.post(b'{"name":"claims/one"}')
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(answer.json, self.claim)
        self.assertEqual(answer.json["text"], "The sky is blue.")
        self.assertIsInstance(answer.json["sequence"], str)  # 64 bits
        for content_type in ("application/json; charset=utf-8", "Application/JSON"):
            self.assertEqual(self.post(b'{"name":"claims/one"}', content_type).json, self.claim)

    def test_binary_in_binary_out(self):
        answer = self.post(NAME, "application/proto")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["content-type"], "application/proto")
        self.assertIn(b"The sky is blue.", answer.body)
        # What is wrong is always told in JSON.
        self.expect_error(self.post(b"\xff\xff", "application/proto"), 400, "invalid_argument")

    def test_get(self):
        message = urllib.parse.quote('{"name":"claims/one"}')
        answer = self.server.request("GET", f"{GET_CLAIM}?connect=v1&encoding=json&message={message}")
        self.assertEqual((answer.status, answer.json), (200, self.claim))
        packed = base64.urlsafe_b64encode(gzip.compress(NAME)).decode().rstrip("=")
        answer = self.server.request("GET", f"{GET_CLAIM}?encoding=proto&message={packed}&base64=1&compression=gzip")
        self.assertEqual(answer.status, 200)
        self.assertIn(b"The sky is blue.", answer.body)

    def test_get_only_without_side_effects(self):
        target = SERVICE + "ClaimService/CreateClaim?encoding=json&message=%7B%7D"
        answer = self.server.request("GET", target)
        self.expect_error(answer, 405, "unimplemented")
        self.assertEqual(answer.headers["allow"], "POST")
        answer = self.server.request("DELETE", GET_CLAIM)
        self.expect_error(answer, 405, "unimplemented")
        self.assertEqual(answer.headers["allow"], "GET, POST")

    def test_get_that_is_wrong(self):
        for query in ("", "?encoding=json", "?encoding=json&message=%zz", "?connect=v2&encoding=json&message=%7B%7D"):
            self.expect_error(self.server.request("GET", GET_CLAIM + query), 400, "invalid_argument")
        answer = self.server.request("GET", GET_CLAIM + "?encoding=xml&message=x")
        self.assertEqual(answer.status, 415)
        answer = self.server.request("GET", GET_CLAIM + "?encoding=json&message=%7B%7D&compression=br")
        self.expect_error(answer, 501, "unimplemented")

    def test_errors_carry_details(self):
        error = self.expect_error(self.post(b'{"name":"claims/none"}'), 404, "not_found")
        detail = error["details"][0]
        self.assertEqual(detail["type"], "google.rpc.ResourceInfo")
        self.assertEqual(detail["debug"]["resourceName"], "claims/none")
        self.assertIn(b"claims/none", base64.b64decode(detail["value"] + "=="))
        self.assertNotIn("=", detail["value"])
        error = self.expect_error(self.server.call("ClaimService/CreateClaim", {"claim": {}}), 400, "invalid_argument")
        fields = [violation["field"] for violation in error["details"][0]["debug"]["fieldViolations"]]
        self.assertIn("claim.text", fields)
        again = self.server.call("ClaimService/CreateClaim", {"claimId": "one", "claim": {"text": "x", "language": "en", "nature": "CLAIM_NATURE_FACT"}})
        self.expect_error(again, 409, "already_exists")

    def test_json_that_is_wrong_names_its_field(self):
        for body, field in (
            (b'{"nonsense":1}', "nonsense"),
            (b'{"read":{"nonsense":1}}', "read.nonsense"),
        ):
            error = self.expect_error(self.post(body), 400, "invalid_argument")
            self.assertEqual(error["details"][0]["debug"]["fieldViolations"][0]["field"], field)
        for body in (b"", b"{", b"[]", b"null x", b"\xff", b'{"name":"\xff"}', b"[" * 100000, b'{"name":' * 100000):
            self.expect_error(self.post(body), 400, "invalid_argument")

    def test_unknown_methods_and_types(self):
        for target in ("ClaimService/No", "NoService/GetClaim", "ClaimService/", "ClaimService/GetClaim/x"):
            self.expect_error(self.post(b"{}", target=SERVICE + target), 404, "unimplemented")
        for content_type in ("text/plain", "application/xml", "application/connect+json", "application/grpc", ""):
            answer = self.post(b"{}", content_type)
            self.assertEqual(answer.status, 415)
            self.assertEqual(answer.headers["accept-post"], "application/json, application/proto")
        answer = self.post(b"{}", target=SERVICE + "ExchangeService/Export")
        self.assertEqual(answer.status, 415)
        self.assertEqual(answer.headers["accept-post"], "application/connect+json, application/connect+proto")
        # Goes both ways at once: only gRPC carries it.
        answer = self.post(b"{}", target=SERVICE + "ExchangeService/Import")
        self.expect_error(answer, 501, "unimplemented")
        answer = self.post(b"{}", "application/connect+json", target=SERVICE + "ExchangeService/Import")
        self.assertEqual((answer.status, json.loads(answer.body[5:])["error"]["code"]), (200, "unimplemented"))

    def test_protocol_version(self):
        self.assertEqual(self.post(b'{"name":"claims/one"}', Connect_Protocol_Version="1").status, 200)
        self.expect_error(self.post(b"{}", Connect_Protocol_Version="2"), 400, "invalid_argument")

    def test_deadlines(self):
        self.assertEqual(self.post(b'{"name":"claims/one"}', Connect_Timeout_Ms="60000").status, 200)
        self.assertEqual(self.post(b'{"name":"claims/one"}', Connect_Timeout_Ms="9999999999").status, 200)
        for wrong in ("x", "-1", "1.5", "99999999999", "0x10"):
            self.expect_error(self.post(b"{}", Connect_Timeout_Ms=wrong), 400, "invalid_argument")
        # Standings are waited for longer than this; whichever comes first, nobody waits for the call.
        begun = time.monotonic()
        body = json.dumps({"claim": {"text": "x" * 4000, "language": "en", "nature": "CLAIM_NATURE_FACT"}}).encode()
        answer = self.post(body, target=SERVICE + "ClaimService/CreateClaim", Connect_Timeout_Ms="0")
        self.assertLess(time.monotonic() - begun, 5)
        self.expect_error(answer, 504, "deadline_exceeded")

    def test_gzip(self):
        packed = gzip.compress(b'{"name":"claims/one"}')
        answer = self.post(packed, Content_Encoding="gzip", Accept_Encoding="identity")
        self.assertEqual((answer.status, answer.json), (200, self.claim))
        self.assertNotIn("content-encoding", answer.headers)
        new_claim(self.server, "long", LONG)
        answer = self.post(b'{"name":"claims/long"}', Accept_Encoding="br, gzip")
        self.assertEqual(answer.headers["content-encoding"], "gzip")
        self.assertEqual(answer.json["text"], LONG)
        # Without Accept-Encoding, what the request used is taken.
        raw = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n%s\r\n%s"
        body = b'{"name":"claims/long"}'
        path = GET_CLAIM.encode()
        plain = self.server.raw(raw % (path, b"Content-Length: %d\r\n" % len(body), body))
        self.assertNotIn(b"Content-Encoding", plain)
        body = gzip.compress(body)
        length = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(body)
        self.assertIn(b"Content-Encoding: gzip", self.server.raw(raw % (path, length, body)))

    def test_gzip_that_is_wrong(self):
        for body in (b"x", b"no gzip at all, but long enough", gzip.compress(b"{}")[:-1], gzip.compress(b"{}") * 2):
            self.expect_error(self.post(body, Content_Encoding="gzip"), 400, "invalid_argument")
        self.expect_error(self.post(b"{}", Content_Encoding="br"), 501, "unimplemented")
        bomb = gzip.compress(b" " * (40 << 20))
        self.expect_error(self.post(bomb, Content_Encoding="gzip"), 429, "resource_exhausted")

    def test_sizes(self):
        text = "x" * 100000
        error = self.server.call("ClaimService/CreateClaim", {"claim": {"text": text, "language": "en", "nature": "CLAIM_NATURE_FACT"}})
        self.expect_error(error, 400, "invalid_argument")  # too long a text, and told so
        answer = self.post(b" " * ((17 << 20)))
        self.expect_error(answer, 413, "resource_exhausted")
        answer = self.post(b'{"name":"claims/one"}' + b" " * (15 << 20))
        self.assertEqual((answer.status, answer.json), (200, self.claim))

    def test_actor(self):
        made = new_claim(self.server, "by-ascii")
        revisions = self.server.ok("ClaimService/ListClaimRevisions", {"name": made["name"]})
        self.assertIn("tester", json.dumps(revisions))
        name = base64.b64encode("Trí Đạt".encode()).decode()
        for header in (name, name.rstrip("=")):
            claim = {"claim": {"text": f"Said {header}.", "language": "en", "nature": "CLAIM_NATURE_FACT"}}
            made = self.server.ok("ClaimService/CreateClaim", claim, Headwater_Actor_Bin=header)
            revisions = self.server.ok("ClaimService/ListClaimRevisions", {"name": made["name"]})
            self.assertIn("Trí Đạt", json.dumps(revisions, ensure_ascii=False))
        self.expect_error(self.post(b"{}", Headwater_Actor_Bin="???"), 400, "invalid_argument")
        self.expect_error(self.post(b"{}", Headwater_Actor="x" * 201), 400, "invalid_argument")


class StreamTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(HEADWATERD)
        cls.addClassCleanup(cls.end)
        with open(os.path.join(ROOT, "client/samples/deepseek-huawei.ndjson"), encoding="utf-8") as lines:
            cls.records = [json.loads(line) for line in lines]
        step = {"config": {"importId": "sample"}, "records": cls.records, "complete": True}
        cls.imported = cls.server.ok("ExchangeService/ImportChunk", step, Headwater_Actor="tester")

    @classmethod
    def end(cls):
        assert cls.server.stop() == 0

    def export(self, message=b"{}", **options):
        return self.server.stream("ExchangeService/Export", message, **options)

    def test_import_by_chunks_and_export_as_a_stream(self):
        self.assertTrue(self.imported["done"])
        answer = self.export()
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["content-type"], "application/connect+json")
        self.assertEqual(answer.frames[-1], (2, b"{}"))
        records = [record for _, piece in answer.frames[:-1] for record in json.loads(piece).get("records", [])]
        self.assertEqual(records, self.records)

    def test_binary_and_gzip(self):
        answer = self.export(b"", codec="proto")
        self.assertEqual(answer.headers["content-type"], "application/connect+proto")
        self.assertEqual(answer.frames[-1], (2, b"{}"))
        plain = [piece for _, piece in answer.frames[:-1]]
        headers = {"Connect-Accept-Encoding": "gzip"}
        packed = self.export(b"", codec="proto", headers=headers)
        self.assertEqual(packed.headers["connect-content-encoding"], "gzip")
        self.assertLess(len(packed.body), len(answer.body) / 2)
        self.assertEqual([piece for _, piece in packed.frames[:-1]], plain)
        headers["Connect-Content-Encoding"] = "gzip"
        self.assertEqual(self.export(gzip.compress(b"{}"), headers=headers, flags=1).frames[-1], (2, b"{}"))

    def expect_end(self, answer, code):
        self.assertEqual(answer.status, 200)
        flag, end = answer.frames[-1]
        self.assertEqual(flag & 2, 2)
        self.assertEqual(json.loads(end)["error"]["code"], code)
        return json.loads(end)["error"]

    def test_errors_end_the_stream(self):
        error = self.expect_end(self.export(b'{"nonsense":1}'), "invalid_argument")
        self.assertEqual(error["details"][0]["type"], "google.rpc.BadRequest")
        self.expect_end(self.export(b'{"read":{"sequence":"999999"}}'), "out_of_range")
        self.expect_end(self.export(headers={"Connect-Timeout-Ms": "0"}), "deadline_exceeded")
        self.expect_end(self.export(headers={"Connect-Content-Encoding": "br"}), "unimplemented")
        self.expect_end(self.export(flags=1), "invalid_argument")  # compressed, but nothing says how
        self.expect_end(self.export(flags=2), "invalid_argument")
        self.expect_end(self.export(b'{"pageToken":"' + b"x" * 60000 + b'"}'), "invalid_argument")
        # What asks for a stream is small.
        self.expect_end(self.export(b'{"pageToken":"' + b"x" * 100000 + b'"}'), "resource_exhausted")

    def test_frames_that_are_wrong(self):
        target = SERVICE + "ExchangeService/Export"
        for body in (b"", b"\0", b"\0\0\0\0", b"\0\0\0\0\5{}", b"\0\0\0\0\2{}x", b"\0\xff\xff\xff\xff{}", b"\0\0\0\0\2{}" * 2):
            answer = self.server.request("POST", target, body, {"Content-Type": "application/connect+json"})
            self.assertEqual(answer.status, 200)
            self.assertEqual(json.loads(answer.body[5:])["error"]["code"], "invalid_argument", body)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
