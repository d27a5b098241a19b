/** A token that is bound to a client certificate (RFC 8705 section 3), over a real TLS connection. The key in fixtures is for tests and protects nothing. */
import assert from "node:assert/strict";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, request as send, type RequestOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { createGuard } from "@assay/guard";
import { guardNode } from "@assay/guard/node";
import { createTestIssuer } from "@assay/guard/testing";

const read = (name: string): Buffer =>
  readFileSync(new URL(`fixtures/${name}.pem`, import.meta.url));
const cert = read("certificate");
const key = read("key");
const thumbprint = createHash("sha256")
  .update(new X509Certificate(cert).raw)
  .digest("base64url");

test("the connection's own certificate counts, a header about another does not, and without one the token is refused", async () => {
  const issuer = await createTestIssuer();
  const guard = createGuard({
    ...issuer.options,
    certificate: { required: true },
  });
  const server = createServer(
    { cert, key, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      void guardNode(guard, request, response).then(
        (admitted) => admitted && response.end("in"),
      );
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ask = async (
    bound: string,
    options: RequestOptions,
    headers = {},
  ): Promise<number | undefined> => {
    const token = await issuer.mint({ claims: { cnf: { "x5t#S256": bound } } });
    return new Promise((resolve, reject) => {
      const request = send(
        {
          port,
          host: "127.0.0.1",
          servername: "localhost",
          ca: cert,
          agent: false,
          headers: { authorization: `Bearer ${token}`, ...headers },
          ...options,
        },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on("error", reject);
      request.end();
    });
  };
  try {
    assert.equal(await ask(thumbprint, { cert, key }), 200);
    assert.equal(await ask("another", { cert, key }), 401);
    assert.equal(await ask(thumbprint, {}), 401);
    const der = new X509Certificate(cert).raw.toString("base64");
    assert.equal(await ask(thumbprint, {}, { "client-cert": `:${der}:` }), 401);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
