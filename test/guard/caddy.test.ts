/** The recipe for Caddy, in a real Caddy (ASSAY_CADDY, else the one of the path), with the real command behind it. */
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request, type RequestOptions } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openSite, type ProxyUnderTest } from "./proxy-site.ts";
import { proveProxy } from "./proxy-suite.ts";
import { run } from "./running.ts";

const CADDY: ProxyUnderTest = {
  form: "caddy",
  recipe: "Caddyfile",
  siteOf: (recipe, root) =>
    recipe.replace(
      "reverse_proxy 127.0.0.1:3000",
      `root * ${root}\n\t\tfile_server`,
    ),
  start(folder, recipe) {
    const file = join(folder, "Caddyfile");
    writeFileSync(file, recipe);
    return run(
      process.env["ASSAY_CADDY"] || "caddy",
      ["run", "--config", file, "--adapter", "caddyfile"],
      // It keeps its state in the home folder.
      { env: { HOME: folder } },
    );
  },
};

proveProxy(CADDY);

const fixture = (name: string): string =>
  fileURLToPath(
    new URL(`../../packages/guard/test/fixtures/${name}.pem`, import.meta.url),
  );
const [certificate, key] = [fixture("certificate"), fixture("key")];

/** Beside the one of the recipe, a port with TLS that asks for client certificates. */
const withTls = (recipe: string): string =>
  recipe
    .replace(
      "http://127.0.0.1:8080 {",
      `https://localhost:0 {
	bind 127.0.0.1
	tls ${certificate} ${key} {
		client_auth {
			mode request
		}
	}`,
    )
    .replace(/# (header_up Client-Cert ":.*)\n.*header_up -Client-Cert/, "$1");

async function askTls(
  port: number,
  tls: RequestOptions = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const asking = request({
    host: "127.0.0.1",
    port,
    servername: "localhost",
    agent: false,
    ca: readFileSync(certificate),
    // Where certificates are asked for, Caddy takes no other name than that of the TLS connection.
    headers: { host: `localhost:${port}`, ...headers },
    ...tls,
  }).end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

test("caddy: with the line for it, the certificate that a client has proven is handed on, and none that it wrote", async () => {
  let port = 0;
  await using it = await openSite(
    CADDY,
    ["--client-certificate", "offered"],
    withTls,
    (chosen) => {
      port = chosen;
      return askTls(chosen).then(
        () => true,
        () => false,
      );
    },
  );
  const der = new X509Certificate(readFileSync(certificate)).raw;
  const thumbprint = createHash("sha256").update(der).digest("base64url");
  const token = await it.issuer.issuer.mint({
    claims: { cnf: { "x5t#S256": thumbprint } },
  });
  const headers = { authorization: `Bearer ${token}` };
  const written = `:${der.toString("base64")}:`;
  const shown = { cert: readFileSync(certificate), key: readFileSync(key) };
  assert.equal(await askTls(port, shown, headers), 200);
  assert.equal(await askTls(port, {}, headers), 401);
  assert.equal(
    await askTls(port, {}, { ...headers, "client-cert": written }),
    401,
  );
});
