/** The device authorization grant against oidc-provider: what is shown, how often is asked, and what ends it. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createVerifier, discoverKeys } from "@assay/token";
import {
  BRIEF_CLIENT,
  DEVICE_API,
  DEVICE_CLIENT,
  runOidcProvider,
  visit,
  type OidcProviderIssuer,
} from "../../../test/interop/oidc-provider-issuer.ts";
import {
  createTokenSource,
  MemoryStore,
  RequestRefused,
  type DevicePrompt,
  type ServerMetadata,
  type Token,
} from "../src/index.ts";
import type { IssuedOptions } from "../src/options.ts";
import { listen, openBed, openWay, type Fate, type Way } from "./bed.ts";

const GRANT = { type: "device_code" } as const;
let provider: OidcProviderIssuer;
let way: Way;
let fates: Fate[];
let metadata: ServerMetadata;
before(async () => {
  provider = await runOidcProvider();
  ({ way, fates } = await openWay(provider.url));
  metadata = {
    issuer: provider.url,
    tokenEndpoint: `${way.url}/token`,
    authorizationEndpoint: null,
    deviceAuthorizationEndpoint: `${provider.url}/device/auth`,
    revocationEndpoint: null,
    namesIssuer: false,
  };
});
after(() => {
  way.close();
  provider.close();
});
beforeEach(() => {
  way.requests.length = 0;
  fates.length = 0;
});

const refused =
  (code: string) =>
  (error: unknown): boolean =>
    error instanceof RequestRefused && error.error === code;
const said = (error: string): Fate => ({
  status: 400,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ error }),
});

/**
 * Signs in with a person who answers while this device waits for the so manyth time. Gives what was waited, in milliseconds, and what came
 * of it. `now`: what our own clock shows during each wait.
 */
async function signIn(
  options: Partial<IssuedOptions>,
  {
    answersAt = 1,
    allows = true,
    now = () => 0,
  }: {
    readonly answersAt?: number;
    readonly allows?: boolean;
    readonly now?: (waits: number) => number;
  } = {},
): Promise<{
  readonly prompts: readonly DevicePrompt[];
  readonly waited: readonly number[];
  readonly store: MemoryStore;
  readonly outcome: PromiseSettledResult<Token>;
}> {
  const prompts: DevicePrompt[] = [];
  const waited: number[] = [];
  const store = new MemoryStore();
  const source = createTokenSource({
    issuer: provider.url,
    clientId: DEVICE_CLIENT,
    grant: GRANT,
    scopes: ["read"],
    resource: DEVICE_API,
    metadata,
    store,
    // A machine that is slow must not look like an answer that was lost.
    timeoutSeconds: 60,
    clock: () => Date.now() + now(waited.length),
    wait: async (milliseconds) => {
      const [prompt] = prompts;
      if (waited.push(milliseconds) === answersAt && prompt)
        await visit(prompt.verificationUri, prompt.userCode, { allows });
    },
    ...options,
  });
  const [outcome] = await Promise.allSettled([
    source.signInByDevice({ show: (prompt) => void prompts.push(prompt) }),
  ]);
  return { prompts, waited, store, outcome };
}
const errorOf = (outcome: PromiseSettledResult<Token>): unknown =>
  outcome.status === "rejected" ? outcome.reason : null;

describe("a person at another device", () => {
  it("is shown where to go, and the tokens are then there, and renewed", async () => {
    const { prompts, waited, store, outcome } = await signIn(
      {},
      { answersAt: 3 },
    );
    assert.ok(outcome.status === "fulfilled");
    assert.deepEqual(waited, [5000, 5000, 5000]);
    assert.equal(prompts.length, 1);
    assert.match(prompts[0]?.userCode ?? "", /^[A-Z]{4}-[A-Z]{4}$/);
    assert.equal(prompts[0]?.verificationUri, `${provider.url}/device`);
    assert.match(
      prompts[0]?.verificationUriComplete ?? "",
      /\/device\?user_code=[A-Z]{4}-[A-Z]{4}$/,
    );
    const verifier = createVerifier({
      issuer: provider.url,
      audience: DEVICE_API,
      keys: discoverKeys(provider.url),
      scopes: ["read"],
    });
    assert.equal(
      (await verifier.verify(outcome.value.value)).outcome,
      "accepted",
    );
    const later = createTokenSource({
      issuer: provider.url,
      clientId: DEVICE_CLIENT,
      grant: GRANT,
      resource: DEVICE_API,
      store,
      clock: () => Date.now() + 301_000,
    });
    const renewed = await later.token();
    assert.notEqual(renewed.value, outcome.value.value);
    assert.equal((await verifier.verify(renewed.value)).outcome, "accepted");
  });

  it("who says no ends it", async () => {
    const { store, outcome } = await signIn({}, { allows: false });
    assert.ok(refused("access_denied")(errorOf(outcome)));
    assert.equal(await store.load(), null);
  });

  it("who comes too late is told so by the server, and by our own clock", async () => {
    const brief = await signIn(
      {
        clientId: BRIEF_CLIENT,
        // Until the code has ended at the server; our own clock stands still.
        wait: async () => {
          const ends = Date.now() + 2000;
          while (Date.now() < ends) await sleep(50);
        },
        clock: () => 0,
      },
      { answersAt: 0 },
    );
    assert.ok(refused("expired_token")(errorOf(brief.outcome)));
    assert.equal(way.requests.length, 1);
    const late = await signIn(
      {},
      { answersAt: 0, now: (waits) => (waits > 2 ? 600_000 : 0) },
    );
    assert.ok(refused("expired_token")(errorOf(late.outcome)));
    assert.deepEqual([late.waited.length, way.requests.length], [3, 3]);
  });

  it("gets tokens that are bound to our key", async () => {
    const { outcome, store } = await signIn({
      dpop: true,
      metadata: { ...metadata, tokenEndpoint: `${provider.url}/token` },
    });
    assert.ok(outcome.status === "fulfilled");
    assert.equal(outcome.value.type, "DPoP");
    assert.match((await store.load())?.jkt ?? "", /^[\w-]{43}$/);
  });
});

describe("how often is asked", () => {
  it("less often for good once the server says slow_down", async () => {
    fates.push("pass", said("slow_down"), "pass");
    const { waited, outcome } = await signIn({}, { answersAt: 4 });
    assert.equal(outcome.status, "fulfilled");
    assert.deepEqual(waited, [5000, 5000, 10_000, 10_000]);
  });

  it("half as often after each answer that did not come", async () => {
    fates.push("lose", "lose");
    const { waited, outcome } = await signIn({}, { answersAt: 3 });
    assert.equal(outcome.status, "fulfilled");
    assert.deepEqual(waited, [5000, 10_000, 20_000]);
  });

  it("as the server asks in Retry-After", async () => {
    fates.push({ status: 503, headers: { "retry-after": "45" } });
    const { waited, outcome } = await signIn({}, { answersAt: 2 });
    assert.equal(outcome.status, "fulfilled");
    assert.deepEqual(waited, [5000, 45_000]);
  });

  it("not after the answer that brought the tokens was lost: the code is used, and is said to be", async () => {
    fates.push("lose");
    const { outcome, store } = await signIn({});
    assert.ok(refused("invalid_grant")(errorOf(outcome)));
    assert.equal(way.requests.length, 2);
    assert.equal(await store.load(), null);
  });

  it("not at all once the waiting is ended", async () => {
    const ending = new AbortController();
    const source = createTokenSource({
      issuer: provider.url,
      clientId: DEVICE_CLIENT,
      grant: GRANT,
      metadata,
      wait: async () => new Promise(() => {}),
    });
    const waiting = source.signInByDevice({
      show: () => void setImmediate(() => ending.abort()),
      signal: ending.signal,
    });
    await assert.rejects(waiting, { name: "AbortError" });
    assert.equal(way.requests.length, 0);
  });
});

describe("what the server says at first", () => {
  const good = {
    device_code: "d",
    user_code: "WDJB-MJHT",
    verification_uri: "https://issuer.example/device",
    expires_in: 600,
  };
  const bad: Readonly<Record<string, object>> = {
    "no device_code": { device_code: undefined },
    "no user_code": { user_code: undefined },
    "a user_code that a terminal obeys": { user_code: "WDJB\u001b[2J" },
    "a user_code that is turned around": { user_code: "WDJB\u202eMJHT" },
    "a user_code that nobody enters": { user_code: "W".repeat(65) },
    "no verification_uri": { verification_uri: undefined },
    "an address in the clear": { verification_uri: "http://issuer.example/" },
    "an address that is none of a page": { verification_uri: "file:///etc" },
    "another address in the clear": {
      verification_uri_complete: "http://issuer.example/?user_code=WDJB-MJHT",
    },
    "no end": { expires_in: undefined },
    "an end that has passed": { expires_in: 0 },
  };
  for (const [name, change] of Object.entries(bad))
    it(`${name} is refused, and shown to nobody`, async () => {
      const liar = await listen((_, response) =>
        response.end(JSON.stringify({ ...good, ...change })),
      );
      const { prompts, outcome } = await signIn({
        metadata: { ...metadata, deviceAuthorizationEndpoint: liar.url },
      });
      liar.close();
      assert.match(
        String((errorOf(outcome) as { readonly code?: string }).code),
        /^(?:unexpected_answer|configuration)$/,
      );
      assert.deepEqual([prompts.length, way.requests.length], [0, 0]);
    });

  it("its own interval counts", async () => {
    const patient = await listen((_, response) =>
      response.end(JSON.stringify({ ...good, interval: 7 })),
    );
    fates.push(said("authorization_pending"), said("access_denied"));
    const { waited, prompts } = await signIn(
      { metadata: { ...metadata, deviceAuthorizationEndpoint: patient.url } },
      { answersAt: 0 },
    );
    patient.close();
    assert.deepEqual(waited, [7000, 7000]);
    assert.equal(prompts[0]?.verificationUriComplete, null);
  });

  it("an issuer without the endpoint is said to have none", async () => {
    const bed = await openBed();
    await assert.rejects(
      bed.source({ grant: GRANT }).signInByDevice({ show: () => {} }),
      { code: "configuration", found: "one without" },
    );
    await bed.close();
  });
});
