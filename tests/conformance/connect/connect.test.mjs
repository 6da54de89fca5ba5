// Every way in which npm's Connect clients speak to a server, tried on headwaterd; after the cases of the protocol's own
// conformance suite, which is written in Go and not run here.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { compressionGzip, createConnectTransport as createNodeTransport } from "@connectrpc/connect-node";
import { createConnectTransport as createWebTransport } from "@connectrpc/connect-web";

import { BadRequestSchema, ResourceInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { ClaimNature } from "./gen/headwater/v1/claim_pb.js";
import { ClaimService } from "./gen/headwater/v1/claim_service_pb.js";
import { ExchangeService } from "./gen/headwater/v1/exchange_service_pb.js";
import { startServer } from "./server.mjs";

const ways = [];
for (const useBinaryFormat of [true, false]) {
  const format = useBinaryFormat ? "binary" : "JSON";
  for (const useHttpGet of [false, true]) {
    const get = useHttpGet ? ", GET" : "";
    ways.push([`web, ${format}${get}`, (baseUrl) => createWebTransport({ baseUrl, useBinaryFormat, useHttpGet })]);
    for (const packed of [false, true]) {
      const compression = packed
        ? { acceptCompression: [compressionGzip], sendCompression: compressionGzip, compressMinBytes: 0 }
        : { acceptCompression: [] };
      ways.push([
        `node, ${format}${get}${packed ? ", gzip" : ""}`,
        (baseUrl) => createNodeTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat, useHttpGet, ...compression }),
      ]);
    }
  }
}

async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("no error came");
}

async function collect(stream) {
  const messages = [];
  for await (const message of stream) messages.push(message);
  return messages;
}

let server;
before(async () => {
  server = await startServer();
});
after(async () => {
  assert.equal(await server.stop(), 0);
});

ways.forEach(([name, transport], number) => {
  describe(name, () => {
    let claims;
    let exchange;
    const id = `way-${number}`;
    const text = `Claim ${number} of a length that is worth compressing. `.repeat(40).trim();
    before(async () => {
      claims = createClient(ClaimService, transport(server.baseUrl));
      exchange = createClient(ExchangeService, transport(server.baseUrl));
      await claims.createClaim({ claimId: id, claim: { text, language: "en", nature: ClaimNature.FACT } }, { headers: { "Headwater-Actor": "tester" } });
    });

    it("calls methods that answer once", async () => {
      let header;
      const claim = await claims.getClaim({ name: `claims/${id}` }, { onHeader: (headers) => (header = headers) });
      assert.equal(claim.text, text);
      assert.equal(typeof claim.sequence, "bigint");
      assert.ok(claim.sequence > 0n);
      assert.match(header.get("content-type"), /^application\/(json|proto)$/);
      const page = await claims.listClaims({ pageSize: 1 });
      assert.equal(page.claims.length, 1);
    });

    it("gets errors with their details", async () => {
      const missing = await rejection(claims.getClaim({ name: "claims/none" }));
      assert.equal(missing.code, Code.NotFound);
      assert.match(missing.rawMessage, /none/);
      assert.equal(missing.findDetails(ResourceInfoSchema)[0].resourceName, "claims/none");
      const wrong = await rejection(claims.createClaim({ claim: {} }));
      assert.equal(wrong.code, Code.InvalidArgument);
      const fields = wrong.findDetails(BadRequestSchema).flatMap((detail) => detail.fieldViolations.map((each) => each.field));
      assert.ok(fields.includes("claim.text"));
      const twice = await rejection(claims.createClaim({ claimId: id, claim: { text: "another", language: "en", nature: ClaimNature.FACT } }));
      assert.equal(twice.code, Code.AlreadyExists);
      const ahead = await rejection(claims.getClaim({ name: `claims/${id}`, read: { point: { case: "sequence", value: 1_000_000n } } }));
      assert.equal(ahead.code, Code.OutOfRange);
    });

    it("is bound by deadlines", async () => {
      assert.equal((await claims.getClaim({ name: `claims/${id}` }, { timeoutMs: 60_000 })).text, text);
      // Set by hand, for the clients count the time themselves too, and would answer before the server does.
      const headers = { "Connect-Timeout-Ms": "0" };
      const late = await rejection(claims.createClaim({ claim: { text: "late", language: "en", nature: ClaimNature.FACT } }, { headers }));
      assert.equal(late.code, Code.DeadlineExceeded);
      assert.equal((await rejection(collect(exchange.export({}, { headers })))).code, Code.DeadlineExceeded);
    });

    it("can be cancelled", async () => {
      const controller = new AbortController();
      controller.abort();
      const cancelled = await rejection(claims.getClaim({ name: `claims/${id}` }, { signal: controller.signal }));
      assert.equal(cancelled.code, Code.Canceled);
    });

    it("reads streams", async () => {
      const messages = await collect(exchange.export({}));
      const texts = messages.flatMap((message) => message.records).map((record) => record.resource.value.text);
      assert.ok(texts.includes(text));
      assert.equal(messages.at(-1).pageToken, "");
    });

    it("gets a stream's errors with their details", async () => {
      const wrong = await rejection(collect(exchange.export({ pageToken: "nonsense" })));
      assert.equal(wrong.code, Code.InvalidArgument);
      assert.ok(wrong.findDetails(BadRequestSchema).length > 0);
    });

    it("leaves a stream early", async () => {
      const controller = new AbortController();
      const stopped = await rejection(
        (async () => {
          for await (const message of exchange.export({}, { signal: controller.signal })) {
            assert.ok(message);
            controller.abort();
          }
          controller.signal.throwIfAborted();
        })(),
      );
      assert.equal(stopped.code, Code.Canceled);
      assert.equal((await claims.getClaim({ name: `claims/${id}` })).text, text);
    });

    it("imports by chunks", async () => {
      const record = { resource: { case: "claim", value: { name: `claims/imported-${number}`, text: "Imported.", language: "en", nature: ClaimNature.FACT } } };
      const response = await exchange.importChunk({ config: { importId: id }, records: [record], complete: true });
      assert.ok(response.done);
      assert.equal((await claims.getClaim({ name: `claims/imported-${number}` })).text, "Imported.");
    });
  });
});

describe("what HTTP/1.1 does not carry", () => {
  it("is unimplemented", async () => {
    const transport = createNodeTransport({ baseUrl: server.baseUrl, httpVersion: "1.1" });
    const exchange = createClient(ExchangeService, transport);
    async function* requests() {
      yield { config: { importId: "x" } };
    }
    const refused = await rejection(collect(exchange.import(requests())));
    assert.equal(refused.code, Code.Unimplemented);
  });
});
