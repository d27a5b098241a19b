/**
 * From a refused request at a guard to the words of the command: the handle of the answer opens at the issuer what the guard saw, and the
 * story of the token holds it. A server, a guard and the command, each as people run them; and the loggers and meters of others.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { after, before, describe, test } from "node:test";
import {
  countWith,
  createGuard,
  logTo,
  statusLists,
  tellIssuer,
  type AuditSink,
  type Guard,
  type GuardOptions,
  type IssuerSink,
} from "@assay/guard";
import { guardNode } from "@assay/guard/node";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { pino } from "pino";
import { listen } from "../../packages/guard/test/listen.ts";
import {
  API,
  serveAssay,
  type BareServer,
  type Credentials,
} from "./assay-server.ts";
import { ASSAY } from "./guard-process.ts";

interface Door extends AsyncDisposable {
  readonly guard: Guard;
  readonly sink: IssuerSink;
  /** One request; gives the handle of its refusal. */
  refused(token: string, path?: string): Promise<string>;
}

let server: BareServer;
let api: Credentials;
let app: Credentials;
let adminToken = "";
before(async () => {
  server = await serveAssay();
  adminToken = readFileSync(
    join(server.dataFolder, "admin-token"),
    "utf8",
  ).trim();
  await server.administer("/resources", { resource: API, scopes: ["read"] });
  api = await server.newClient("api", { introspects: [API] });
  app = await server.newClient("app", { scopes: ["read"], resources: [API] });
});
after(async () => server[Symbol.asyncDispose]());

async function byApp(
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const { clientId, clientSecret } = app;
  const answer = await fetch(server.issuer + path, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams(fields),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return text;
}

async function newToken(): Promise<string> {
  const answer = await byApp("/token", {
    grant_type: "client_credentials",
    resource: API,
  });
  return (JSON.parse(answer) as { access_token: string }).access_token;
}

async function openDoor(
  options: Partial<GuardOptions> = {},
  others: readonly AuditSink[] = [],
): Promise<Door> {
  const sink = tellIssuer({
    endpoint: `${server.issuer}/guard-events`,
    resource: API,
    ...api,
  });
  const guard = createGuard({
    issuers: { issuer: server.issuer, clientId: api.clientId },
    audience: API,
    scopes: ["write"],
    ...options,
    audit: [sink, ...others],
  });
  const front = await listen((request, response) => {
    void (async () => {
      const admitted = await guardNode(guard, request, response);
      if (admitted) response.end("in");
    })();
  });
  return {
    guard,
    sink,
    async refused(token, path = "/orders/of/alice") {
      const answer = await fetch(front.origin + path, {
        headers: { authorization: `Bearer ${token}`, "user-agent": "shop/1" },
      });
      await answer.text();
      assert.ok(answer.status >= 400);
      await guard.settled();
      return answer.headers.get("assay-diagnosis") ?? "";
    },
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      await guard.close();
    },
  };
}

interface Ran {
  readonly status: number;
  readonly out: string;
}

const assay = async (...args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [ASSAY, ...args],
      {
        env: {
          ...process.env,
          ASSAY_SERVER: server.issuer,
          ASSAY_ADMIN_TOKEN: adminToken,
        },
      },
      (_, out, notes) =>
        resolve({ status: child.exitCode ?? -1, out: out + notes }),
    );
  });

/** What was written is told once it has its number: that is a matter of a moment. */
async function told(args: readonly string[], words: RegExp): Promise<Ran> {
  let ran = await assay(...args);
  for (let i = 0; i < 20 && !words.test(ran.out); i++)
    ran = await assay(...args);
  assert.match(ran.out, words);
  return ran;
}

test("a guard that fetched the keys is named before a rotation, and one that did not is behind", async () => {
  const rehearsal = async (): Promise<
    readonly { informed: readonly string[]; behind: readonly string[] }[]
  > => {
    const { out } = await assay("keys", "rehearse", "--json");
    const { items } = JSON.parse(out) as {
      items: { informed: string[]; behind: { guard: string }[] }[];
    };
    return items.map(({ informed, behind }) => ({
      informed,
      behind: behind.map(({ guard }) => guard),
    }));
  };
  await server.newClient("late", { introspects: [API] });
  // A guard that says its name to nobody, and one that was never there.
  const silent = createGuard({ issuers: server.issuer, audience: API });
  await silent.ready();
  for (const { informed, behind } of await rehearsal())
    assert.deepEqual([informed, behind.toSorted()], [[], ["api", "late"]]);
  await using door = await openDoor();
  await door.guard.ready();
  let found = await rehearsal();
  for (let i = 0; i < 20 && found[0]?.informed.length === 0; i++)
    found = await rehearsal();
  for (const { informed, behind } of found)
    assert.deepEqual([informed, behind], [["api"], ["late"]]);
});

describe("a request that a guard refused", () => {
  test("is explained by its handle and by its token, at the issuer", async () => {
    await using door = await openDoor();
    const token = await newToken();
    const handle = await door.refused(token);
    assert.match(handle, /^[\w-]{22}$/);
    assert.equal(door.sink.waiting(), 0);

    const diagnosis = await told(
      ["diagnosis", handle],
      /The guard api of https:\/\/api\.example answered 403/,
    );
    assert.equal(diagnosis.status, 1);
    assert.match(diagnosis.out, /scope/);
    assert.match(
      diagnosis.out,
      /request +GET 127\.0\.0\.1:\d+\/orders\/of\/alice/,
    );
    assert.match(diagnosis.out, /agent +shop\/1/);

    const line =
      /The guard api refused this token \(scope\.insufficient, cause scope\.[a-z_]+\)\./;
    const story = await told(["explain", token], line);
    assert.equal(story.status, 0);
    assert.match(story.out, /This token was issued/);
    const byHandle = await assay("explain", handle);
    assert.match(byHandle.out, line);
    assert.match(byHandle.out, /answered 403/);

    const list = await assay("journal", "list", "--event", "guard.refused");
    assert.match(list.out, /guard\.refused +app /);
    for (const { out } of [diagnosis, story, byHandle, list])
      assert.ok(!out.includes(token.split(".")[2] ?? "x"), "no token is shown");
  });

  test("with a text that is no token of the issuer is explained by that text", async () => {
    await using door = await openDoor();
    const [header, , signature] = (await newToken()).split(".");
    const forged = `${header}.e30.${signature}`;
    const handle = await door.refused(forged);
    const ran = await told(["explain", forged], /refused this token/);
    assert.match(ran.out, /signature\.mismatch/);
    assert.match((await assay("explain", handle)).out, /signature/);
    assert.equal((await assay("explain", `${forged}x`)).status, 2);
  });

  test("after a revocation is explained by what the issuer alone knows", async () => {
    await using door = await openDoor({
      revocation: statusLists(),
      scopes: [],
    });
    const token = await newToken();
    await byApp("/revoke", { token });
    await told(["explain", token], /was revoked/);
    const handle = await door.refused(token);
    const { out, status } = await assay("diagnosis", handle);
    assert.equal(status, 1, out);
    assert.match(out, /revoked/i);
  });
});

test("pino and the meters of OpenTelemetry take what the audit tells", async () => {
  const lines: string[] = [];
  const logger = pino(
    new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const exporter = new InMemoryMetricExporter(
    AggregationTemporality.CUMULATIVE,
  );
  const reader = new PeriodicExportingMetricReader({ exporter });
  const provider = new MeterProvider({ readers: [reader] });
  await using door = await openDoor({}, [
    logTo(logger),
    countWith(provider.getMeter("api")),
  ]);
  const token = await newToken();
  const handle = await door.refused(token);
  await door.refused("nothing");
  const written = lines.map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  );
  assert.deepEqual(
    written.map(({ msg, reason }) => [msg, reason]),
    [
      ["a token was refused", "scope.insufficient"],
      ["a token was refused", "format.not_jwt"],
    ],
  );
  assert.equal(written[0]?.["handle"], handle);
  assert.ok(!lines.join("").includes(token.split(".")[1] ?? ""));
  await provider.forceFlush();
  const [metric] = exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics ?? [];
  assert.equal(metric?.descriptor.name, "assay.guard.refused");
  assert.deepEqual(
    metric.dataPoints.map(({ value, attributes }) => [
      attributes["reason"],
      value,
    ]),
    [
      ["scope.insufficient", 1],
      ["format.not_jwt", 1],
    ],
  );
  await provider.shutdown();
});
