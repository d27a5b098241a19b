/** The examples of the README, run as they stand, but for addresses and port; and its table of answers, compared with what is answered. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { stepOf, type Finding, type Reason } from "@assay/token";
import { freePort } from "../../../test/free-port.ts";
import { runIssuer } from "../../../test/interop/running-issuer.ts";
import { statementOf } from "../src/statement.ts";
import { serveIssuer } from "./issuer-server.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

interface Addresses {
  readonly issuer: string;
  readonly audience: string;
  readonly port?: number;
}

/** Starts the example of that name. `more` is put after it. */
function start(
  name: string,
  { issuer, audience, port = 0 }: Addresses,
  more = "",
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const block = new RegExp(`\`\`\`ts ${name}\\n([\\s\\S]*?)\`\`\``);
  const example = block.exec(README)?.[1];
  assert.ok(example !== undefined, `expected an example named ${name}`);
  const code = example
    .replaceAll("https://issuer.example", issuer)
    .replaceAll("https://api.example", audience)
    .replaceAll("3000", String(port));
  return spawn(
    process.execPath,
    [
      "--conditions=@assay/source",
      "--input-type=module-typescript",
      "--eval",
      code + more,
    ],
    {
      cwd: PACKAGE,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

/** What it says until it ends. */
async function outputOf(child: ChildProcess): Promise<string> {
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [status] = (await once(child, "close")) as [number | null];
  assert.equal(status, 0, said);
  return said;
}

/** Asked until it listens; a failure when it ends instead. */
async function answerOf(
  child: ChildProcess,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  for (;;) {
    assert.equal(child.exitCode, null, "the example ended");
    try {
      return await fetch(url, { headers });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** A server around the one that only exports a handler. */
const SERVE = `
const { serve } = await import("@hono/node-server");
serve({ fetch: GET, port: Number(process.env["PORT"]), hostname: "127.0.0.1" });`;

for (const name of ["express", "fastify", "koa", "node", "hono", "fetch"])
  it(`${name}: admits a good token, and names the scope that another lacks`, async () => {
    await using server = await serveIssuer();
    const { issuer } = server;
    const port = await freePort();
    const child = start(
      name,
      { issuer: server.origin, audience: issuer.audience, port },
      name === "fetch" ? SERVE : "",
      { PORT: String(port) },
    );
    try {
      const url = `http://127.0.0.1:${port}/orders`;
      const ask = async (scope: string): Promise<Response> =>
        answerOf(child, url, {
          authorization: `Bearer ${await issuer.mint({ claims: { scope } })}`,
        });
      const admitted = await ask("orders:read");
      assert.equal(admitted.status, 200);
      assert.match(await admitted.text(), /user-1/);
      const lacking = await ask("profile");
      assert.equal(lacking.status, 403);
      assert.match(
        lacking.headers.get("www-authenticate") ?? "",
        /scope="orders:read"/,
      );
    } finally {
      child.kill();
      if (child.exitCode === null && child.signalCode === null)
        await once(child, "exit");
    }
  });

it("revocation: the guard reads the issuer's feed", async () => {
  const running = await runIssuer();
  try {
    const audience = "https://orders.example";
    const feed = `${running.url}/revocations`;
    await running.addResource({ resource: audience });
    await running.addResource({ resource: feed, scopes: ["revocations:read"] });
    const secret = await running.addClient({
      clientId: "orders-api",
      grantTypes: ["client_credentials"],
      scopes: ["revocations:read"],
      resources: [feed],
      introspects: [audience],
    });
    const addresses = { issuer: running.url, audience };
    const close = "\nawait guard.close();";
    const said = await outputOf(
      start("revocation", addresses, close, { CLIENT_SECRET: secret }),
    );
    assert.match(said, /by: 'feed'/);
  } finally {
    await running.close();
  }
});

it("audit: a refusal is told with its reason", async () => {
  await using server = await serveIssuer();
  const said = await outputOf(
    start("audit", { issuer: server.origin, audience: server.issuer.audience }),
  );
  assert.match(said, /a token was refused/);
  assert.match(said, /reason: 'request.token_missing'/);
});

it("testing: the assertions hold", async () => {
  const addresses = {
    issuer: "https://issuer.example",
    audience: "https://api.example",
  };
  await outputOf(start("testing", addresses));
});

describe("the table of answers", () => {
  const rows = README.split("\n").flatMap((line) => {
    const [, , reasons = "", status = "", error = "", action = ""] =
      line.split("|");
    const codes = [...reasons.matchAll(/`([a-z]+\.[a-z_]+)`/g)];
    return codes.map(([, reason = ""]) => ({
      reason: reason as Reason,
      status: Number.parseInt(status, 10),
      error: /`(\w+)`/.exec(error)?.[1] ?? null,
      action: /`(\w+)`/.exec(action)?.[1],
    }));
  });
  for (const { reason, status, error, action } of rows)
    it(reason, () => {
      const step = stepOf(reason);
      const said = statementOf({
        outcome: reason.endsWith("unavailable") ? "undecided" : "rejected",
        finding: { reason, evidence: {} } as Finding,
        step,
        problem: null,
        proven: !["request", "format", "signature", "issuer"].includes(step),
        credential: { scheme: "DPoP", token: "" },
        demands: {},
      });
      assert.deepEqual(
        { status: said.status, error: said.error, action: said.action },
        { status, error, action },
      );
    });
  it("has rows", () => assert.ok(rows.length > 20));
});
