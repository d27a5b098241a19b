/**
 * The clock of the client, of the guard or of the issuer is off by ten minutes, either way: the audit says that a clock is wrong, which
 * way and against which other, and the issuer's journal has it too. A real issuer and a real guard on loopback, each with a clock of its own.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { createGuard, tellIssuer, type RefusedEvent } from "@assay/guard";
import { issuerListener } from "@assay/issuer";
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import { createHash, randomUUID } from "node:crypto";
import { listening } from "../../packages/guard/test/listen.ts";
import { API, runIssuer } from "../interop/running-issuer.ts";

const TEN_MINUTES = 600_000;

/** Milliseconds by which each clock is off. */
interface Off {
  readonly client?: number;
  readonly guard?: number;
  readonly issuer?: number;
}

interface Named {
  readonly event: RefusedEvent;
  /** The cause that the handle opens at the issuer. */
  readonly atIssuer: string | undefined;
}

const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("base64url");

const proofOf = async (
  key: Key,
  now: number,
  claims: {
    readonly htm: string;
    readonly htu: string;
    readonly ath?: string;
    readonly nonce?: string;
  },
): Promise<string> =>
  sign({ jti: randomUUID(), iat: Math.floor(now / 1000), ...claims }, key, {
    header: { typ: "dpop+jwt", jwk: exportKey(key, { secret: false }) },
  });

/** One request with a fresh token, bound to a key where `bound` is true, and what became of it. */
async function refusedWith(off: Off, bound: boolean): Promise<Named> {
  const clockOf = (name: keyof Off) => (): number =>
    Date.now() + (off[name] ?? 0);
  const running = await runIssuer({ clock: clockOf("issuer") });
  // The machine of the issuer has one clock, which writes the header Date too.
  const answer = issuerListener(running.issuer);
  await using front = await listening(
    createServer((request, response) => {
      response.setHeader("date", new Date(clockOf("issuer")()).toUTCString());
      answer(request, response);
    }),
  );
  const secret = await running.addClient({
    clientId: "app",
    introspects: [API],
  });
  const events: RefusedEvent[] = [];
  const sink = tellIssuer({
    endpoint: `${front.origin}/guard-events`,
    clientId: "app",
    clientSecret: secret,
    resource: API,
  });
  const guard = createGuard({
    issuers: { issuer: running.url, jwksUri: `${front.origin}/jwks` },
    audience: API,
    publicUrl: API,
    dpop: true,
    clock: clockOf("guard"),
    audit: [sink, (event) => events.push(event as RefusedEvent)],
  });
  const key = await generateKey("ES256");
  const htu = `${running.url}/token`;
  const askForToken = async (nonce: string | null): Promise<Response> =>
    fetch(htu, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`app:${secret}`)}`,
        ...(bound && {
          dpop: await proofOf(key, clockOf("client")(), {
            htm: "POST",
            htu,
            ...(nonce !== null && { nonce }),
          }),
        }),
      },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        resource: API,
      }),
    });
  // The issuer's nonce shows that the proof is new, whatever the client's clock says of it.
  const first = await askForToken(null);
  const sent = first.ok
    ? first
    : await askForToken(first.headers.get("dpop-nonce"));
  assert.equal(sent.status, 200, await sent.clone().text());
  const { access_token: token } = (await sent.json()) as {
    readonly access_token: string;
  };
  const url = `${API}/orders`;
  const refused = await guard.check(
    new Request(url, {
      headers: bound
        ? {
            authorization: `DPoP ${token}`,
            dpop: await proofOf(key, clockOf("client")(), {
              htm: "GET",
              htu: url,
              ath: sha256(token),
            }),
          }
        : { authorization: `Bearer ${token}` },
    }),
  );
  assert.ok(refused instanceof Response, "expected a refusal");
  await guard.close();
  const [event] = events;
  assert.ok(event);
  const read = await running.issuer.context.handles.read(event.handle, {
    admin: true,
  });
  await running.close();
  return { event, atIssuer: read?.diagnosis.causes[0]?.cause };
}

interface Expected {
  readonly cause: string;
  readonly step: string;
  readonly against: string;
  readonly confidence?: string;
}

const ROWS: readonly (readonly [string, Off, boolean, Expected])[] = [
  [
    "the guard's is ahead",
    { guard: TEN_MINUTES },
    false,
    {
      cause: "time.clock_ahead",
      step: "expiration",
      against: "the issuer's clock",
      confidence: "certain",
    },
  ],
  [
    "the guard's is behind",
    { guard: -TEN_MINUTES },
    false,
    {
      cause: "time.clock_behind",
      step: "expiration",
      against: "the issuer's clock",
      confidence: "certain",
    },
  ],
  // Of two clocks nobody can say which is right: the sentences name both.
  [
    "the issuer's is ahead",
    { issuer: TEN_MINUTES },
    false,
    {
      cause: "time.clock_behind",
      step: "expiration",
      against: "the issuer's clock",
    },
  ],
  [
    "the issuer's is behind",
    { issuer: -TEN_MINUTES },
    false,
    {
      cause: "time.clock_ahead",
      step: "expiration",
      against: "the issuer's clock",
    },
  ],
  [
    "the client's is ahead",
    { client: TEN_MINUTES },
    true,
    {
      cause: "time.clock_behind",
      step: "binding",
      against: "the client's clock",
    },
  ],
  [
    "the client's is behind",
    { client: -TEN_MINUTES },
    true,
    {
      cause: "time.clock_ahead",
      step: "binding",
      against: "the client's clock",
    },
  ],
];

for (const [what, off, bound, expected] of ROWS)
  test(`ten minutes: ${what}`, async () => {
    const { event, atIssuer } = await refusedWith(off, bound);
    const { cause } = event;
    assert.equal(event.step, expected.step);
    assert.equal(cause?.code, expected.cause, JSON.stringify(event));
    assert.equal(cause.facts["against"], expected.against);
    const by = Number(cause.facts["bySeconds"]);
    assert.ok(Math.abs(by - 600) < 60, String(by));
    if (expected.confidence !== undefined)
      assert.equal(cause.confidence, expected.confidence);
    assert.equal(atIssuer, expected.cause);
  });

for (const [what, offset, cause] of [
  ["ahead", TEN_MINUTES, "time.clock_behind"],
  ["behind", -TEN_MINUTES, "binding.proof_stale"],
] as const)
  test(`an issuer that asks for no nonce says of a client that is ten minutes ${what}: ${cause}`, async () => {
    // The server's clock stands still: what it says of the distance hangs on no moment.
    const now = Date.now();
    const running = await runIssuer({
      clock: () => now,
      protocol: { dpopNonce: "offered" },
    });
    const secret = await running.addClient({ clientId: "app" });
    const htu = `${running.url}/token`;
    const refused = await fetch(htu, {
      method: "POST",
      headers: {
        authorization: `Basic ${btoa(`app:${secret}`)}`,
        dpop: await proofOf(await generateKey("ES256"), now + offset, {
          htm: "POST",
          htu,
        }),
      },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    assert.equal(refused.status, 400);
    const { handles } = running.issuer.context;
    await handles.settled();
    const read = await handles.read(
      refused.headers.get("assay-diagnosis") ?? "",
      { admin: true },
    );
    await running.close();
    assert.equal(read?.diagnosis.causes[0]?.cause, cause);
    assert.match(
      JSON.stringify(read.diagnosis.causes[0]),
      /10 minutes|\b600 s/,
    );
  });
