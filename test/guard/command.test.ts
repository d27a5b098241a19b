/** `assay guard` as a process: its settings, its log, its health, its bounds, and how it stops. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { serveIssuer, text } from "../../packages/guard/test/issuer-server.ts";
import {
  challenges,
  rawRequest,
  type RawHeaders,
} from "../../packages/guard/test/raw-request.ts";
import { API, startAssayServer } from "./assay-server.ts";
import { ASSAY, startGuard } from "./guard-process.ts";
import { eventually } from "./running.ts";

const bearer = (token: string): RawHeaders => ({
  authorization: `Bearer ${token}`,
});
const asked = (path: string, method = "GET"): RawHeaders => ({
  "x-original-method": method,
  "x-original-uri": path,
});

/** Runs it to its end. */
function guard(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [ASSAY, "guard", ...args],
    { env, encoding: "utf8" },
  );
  return { status, out: stdout, err: stderr };
}

const NEEDED = [
  "--issuer",
  "https://issuer.example.com",
  "--audience",
  "https://api.example.com",
  "--upstream-form",
  "nginx",
];

test("a flag goes before a variable, a variable before the file; secrets are not shown, and lists may be repeated", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-guard-"));
  try {
    const config = join(folder, "guard.json");
    writeFileSync(
      config,
      JSON.stringify({
        issuer: [
          "https://one.example.com",
          {
            issuer: "two",
            jwksUri: "https://two.example.com/keys",
          },
        ],
        audience: "from-file",
        upstreamForm: "caddy",
        scope: ["/admin/*=admin", { path: "/x", acrValues: ["gold"] }],
        retryAfterSeconds: 7,
        trustedProxy: ["10.0.0.0/8"],
      }),
    );
    const { status, out, err } = guard(
      ["--check", "--config", config, "--audience", "a", "--audience", "b"],
      {
        ASSAY_GUARD_AUDIENCE: "from-variable",
        ASSAY_GUARD_RETRY_AFTER_SECONDS: "9",
        ASSAY_GUARD_CLIENT_SECRET: "a-word-that-nobody-may-see",
        ASSAY_ISSUER: "https://the-server-s.example.com",
      },
    );
    assert.equal(status, 0, err);
    assert.doesNotMatch(out, /a-word-that-nobody-may-see/);
    const shown = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(
      [
        shown["audience"],
        shown["retryAfterSeconds"],
        shown["upstreamForm"],
        shown["clientSecret"],
        shown["issuer"],
        shown["scope"],
        shown["trustedProxy"],
      ],
      [
        ["a", "b"],
        9,
        "caddy",
        "given",
        [
          "https://one.example.com",
          { issuer: "two", jwksUri: "https://two.example.com/keys" },
        ],
        [
          { path: "/admin/*", scopes: ["admin"] },
          { path: "/x", acrValues: ["gold"] },
        ],
        ["10.0.0.0/8"],
      ],
    );
    writeFileSync(config, '{"audiense": "a"}');
    const typo = guard(["--check", "--config", config, ...NEEDED]);
    assert.equal(typo.status, 2);
    assert.match(
      typo.err,
      /unknown setting .*"audiense"; audience may be meant/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const WRONG: readonly [string, readonly string[], RegExp][] = [
  ["no issuer", NEEDED.slice(2), /issuer: expected at least one/],
  ["no audience", NEEDED.slice(0, 2), /audience: expected .*--any-audience/],
  [
    "an audience that is waived too",
    [...NEEDED, "--any-audience"],
    /audience: .*found both/,
  ],
  ["no form", NEEDED.slice(0, 4), /upstreamForm: expected nginx/],
  [
    "another form",
    [...NEEDED.slice(0, 4), "--upstream-form", "haproxy"],
    /expected nginx or traefik or caddy or envoy, found "haproxy"/,
  ],
  [
    "plain http elsewhere",
    ["--issuer", "http://issuer.example.com", ...NEEDED.slice(2)],
    /issuer: expected https URLs/,
  ],
  [
    "an address that others reach",
    [...NEEDED, "--listen", "0.0.0.0:4181"],
    /--allow-remote or ASSAY_GUARD_ALLOW_REMOTE=true/,
  ],
  [
    "a route that is none",
    [...NEEDED, "--scope", "admin"],
    /scope: expected rows such as/,
  ],
  [
    "a route that the guard refuses",
    [...NEEDED, "--scope", "/a*b=read"],
    /route path/,
  ],
  ["proofs without a URL", [...NEEDED, "--dpop", "offered"], /publicUrl/],
  [
    "a store without proofs",
    [...NEEDED, "--replay-store", "redis://127.0.0.1"],
    /dpop: expected offered or required/,
  ],
  [
    "no store",
    [...NEEDED, "--replay-store", "memcached://127.0.0.1"],
    /replayStore: expected redis:/,
  ],
  [
    "a prefix that is the health's",
    [...NEEDED, "--path-prefix", "/health"],
    /pathPrefix: expected a path/,
  ],
  [
    "no proxy",
    [...NEEDED, "--trusted-proxy", "proxy.example.com"],
    /trustedProxy: expected addresses/,
  ],
  [
    "introspection without a secret",
    [...NEEDED, "--introspection-endpoint", "https://issuer.example.com/i"],
    /clientId: expected it/,
  ],
  ["an option that is misspelt", ["--audiance", "a"], /--audience/],
];

for (const [what, args, message] of WRONG)
  test(`does not start: ${what}`, () => {
    const { status, err, out } = guard(["--check", ...args]);
    assert.equal(status, 2, out);
    assert.match(err, message);
  });

test("a variable that begins as ours do and is none stops the start", () => {
  for (const [name, message] of [
    ["ASSAY_GUARD_LISTN", /ASSAY_GUARD_LISTEN may be meant/],
    ["ASSAY_GUARD_COLOUR", /known are ASSAY_GUARD_LISTEN/],
  ] as const) {
    const { status, err } = guard(["--check", ...NEEDED], { [name]: "1" });
    assert.equal(status, 2);
    assert.match(err, message);
  }
});

test("says what holds its port", async () => {
  await using issuer = await serveIssuer();
  await using first = await startGuard([
    "--any-audience",
    "--issuer",
    issuer.origin,
    "--upstream-form",
    "nginx",
  ]);
  const second = guard([...NEEDED, "--listen", first.address]);
  assert.equal(second.status, 2);
  assert.match(second.err, /found EADDRINUSE for 127\.0\.0\.1:.*--listen/);
});

test("judges, writes lines in the shape of pino's, and tells its health to whoever is no proxy", async () => {
  await using issuer = await serveIssuer();
  await using it = await startGuard([
    "--issuer",
    issuer.origin,
    "--audience",
    issuer.issuer.audience,
    "--upstream-form",
    "nginx",
    "--scope",
    "/admin/*=admin",
    "--scope",
    "DELETE /*=delete",
    "--audit-admissions",
    "1",
  ]);
  const ask = (
    headers: RawHeaders,
    path = "/auth",
  ): ReturnType<typeof rawRequest> => rawRequest(it.origin, path, headers);
  const token = await issuer.issuer.mint();
  assert.equal(
    (await ask({ ...bearer(token), ...asked("/orders") })).status,
    200,
  );
  const lacking = await ask({ ...bearer(token), ...asked("/admin/x") });
  assert.deepEqual(
    [lacking.status, lacking.headers["assay-status"]],
    [403, "403"],
  );
  assert.match(challenges(lacking).join(), /scope="admin"/);
  assert.equal(
    (await ask({ ...bearer(token), ...asked("/a", "DELETE") })).status,
    403,
  );
  const [admitted, refused] = await it.events(3);
  assert.deepEqual(
    [admitted?.level, admitted?.msg, admitted?.event],
    [30, "a token was admitted", "token.admitted"],
  );
  assert.deepEqual(
    [refused?.level, refused?.msg, refused?.event],
    [40, "a token was refused", "token.refused"],
  );
  assert.ok(Number.isInteger(refused?.time) && Number.isInteger(refused?.pid));
  assert.equal(refused?.["handle"], lacking.headers["assay-diagnosis"]);
  const [, , signature = "x"] = token.split(".");
  assert.ok(!it.process.said().includes(signature));

  const health = await ask({}, "/health");
  assert.deepEqual(
    [health.status, health.json()],
    [200, { status: "ok", revocationAge: null }],
  );
  // A proxy that hands its client's own path on gets no yes by it.
  for (const [headers, status] of [
    [asked("/health"), "401"],
    [{ "x-forwarded-for": "203.0.113.9" }, "400"],
    [bearer("x"), "400"],
  ] as const)
    assert.equal(
      (await ask(headers, "/health")).headers["assay-status"],
      status,
    );
  assert.equal((await ask({}, "/auth")).headers["assay-status"], "400");
});

test("answers named proxies alone", async () => {
  await using issuer = await serveIssuer();
  await using it = await startGuard([
    "--issuer",
    issuer.origin,
    "--any-audience",
    "--upstream-form",
    "traefik",
    "--trusted-proxy",
    "192.0.2.1",
  ]);
  const answer = await rawRequest(it.origin, "/auth", {
    ...bearer(await issuer.issuer.mint()),
    "x-forwarded-method": "GET",
    "x-forwarded-uri": "/",
  });
  assert.equal(answer.status, 403);
  assert.match(answer.body, /Only a proxy that was named/);
});

test("stops when it is asked to: what is under way is answered first", async () => {
  await using issuer = await serveIssuer();
  const reached = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  issuer.answers.set("/jwks", (_, response) => {
    reached.resolve();
    void release.promise.then(() =>
      text(200, JSON.stringify(issuer.issuer.jwks), {
        "content-type": "application/json",
      })(_, response),
    );
  });
  await using it = await startGuard([
    "--issuer",
    issuer.origin,
    "--any-audience",
    "--upstream-form",
    "nginx",
  ]);
  const answer = rawRequest(it.origin, "/auth", {
    ...bearer(await issuer.issuer.mint()),
    ...asked("/"),
  });
  await reached.promise;
  const health = await rawRequest(it.origin, "/health");
  assert.equal(health.status, 200);
  const stopped = it.process.stop("SIGTERM");
  const isOpen = (): Promise<boolean> =>
    rawRequest(it.origin, "/health").then(
      () => true,
      () => false,
    );
  while (await isOpen());
  release.resolve();
  assert.equal((await answer).status, 200);
  assert.equal(await stopped, 0);
  assert.equal(it.log().at(-1)?.msg, "the guard has stopped");
});

test("with the feed, what a client revokes is refused, and the health tells how old the word of it is", async () => {
  await using server = await startAssayServer();
  const { issuer, api } = server;
  await using it = await startGuard(
    `--upstream-form nginx --issuer ${issuer} --audience ${API} --revocation feed --client-id ${api.clientId}`.split(
      " ",
    ),
    { ASSAY_GUARD_CLIENT_SECRET: api.clientSecret },
  );
  await it.process.until((said) => said.includes("revocations are known"));
  const ask = async (token: string): Promise<number> => {
    const headers = { ...bearer(token), ...asked("/") };
    return (await rawRequest(it.origin, "/auth", headers)).status;
  };
  const [kept, revoked] = [await server.token(), await server.token()];
  assert.deepEqual([await ask(kept), await ask(revoked)], [200, 200]);
  await server.revoke(revoked);
  await eventually(it.process, async () => (await ask(revoked)) === 401);
  assert.equal(await ask(kept), 200);
  const health = await rawRequest(it.origin, "/health");
  assert.equal(typeof health.json()["revocationAge"], "number");
  assert.equal(await it.process.stop(), 0);
  assert.ok(!it.process.said().includes(api.clientSecret));
});

test("tells the issuer's journal what the log tells, as the client of the settings, before it stops", async () => {
  await using issuer = await serveIssuer();
  const told: { authorization: string | undefined; body: string }[] = [];
  issuer.answers.set("/guard-events", (request, response) => {
    request.setEncoding("utf8");
    let body = "";
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      told.push({ authorization: request.headers.authorization, body });
      text(200, '{"next":1}', { "content-type": "application/json" })(
        request,
        response,
      );
    });
  });
  await using it = await startGuard(
    `--upstream-form nginx --issuer ${issuer.origin} --audience ${API} --tell-issuer --client-id api`.split(
      " ",
    ),
    { ASSAY_GUARD_CLIENT_SECRET: "a-word-that-nobody-may-see" },
  );
  const refused = await rawRequest(it.origin, "/auth", asked("/orders"));
  const [event] = await it.events(1);
  assert.equal(event?.["handle"], refused.headers["assay-diagnosis"]);
  assert.equal(await it.process.stop(), 0);
  assert.ok(told.some(({ body }) => body.includes(String(event?.["handle"]))));
  for (const { authorization, body } of told) {
    assert.equal(
      authorization,
      `Basic ${btoa("api:a-word-that-nobody-may-see")}`,
    );
    assert.ok(body.includes(`"resource":"${API}"`));
  }
  assert.doesNotMatch(it.process.said(), /a-word-that-nobody-may-see/);
});
