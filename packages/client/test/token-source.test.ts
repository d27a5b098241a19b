/** A token source against a real issuer: one renewal for all, lost answers, ends that are final, clocks that are off. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  MemoryStore,
  RequestRefused,
  SignInRequired,
  TemporarilyUnavailable,
  type Token,
} from "../src/index.ts";
import { API } from "../../../test/interop/running-issuer.ts";
import { openBed, PUBLIC, type Bed } from "./bed.ts";

let bed: Bed;
let secret = "";
before(async () => {
  bed = await openBed();
  secret = await bed.running.addClient({ clientId: "service" });
});
after(async () => bed.close());

const accepted = async (token: Token): Promise<unknown> => {
  const verdict = await bed.verifier.verify(token.value);
  return verdict.outcome;
};
/** A clock that can be turned. */
function turned(offset = 0): {
  readonly clock: () => number;
  readonly turn: (seconds: number) => void;
} {
  let by = offset;
  return {
    clock: () => Date.now() + by,
    turn: (seconds) => (by += seconds * 1000),
  };
}
const AUTHORIZATION_CODE = { type: "authorization_code" } as const;

describe("one renewal for all", () => {
  it("a thousand calls with an expired token ask the server once", async () => {
    const { clock, turn } = turned();
    const source = bed.source({
      grant: AUTHORIZATION_CODE,
      metadata: bed.metadata,
      clock,
    });
    await bed.signIn(source);
    const first = await source.token();
    turn(301);
    const asked = bed.way.requests.length;
    const tokens = await Promise.all(
      Array.from({ length: 1000 }, async () => source.token()),
    );
    assert.equal(bed.way.requests.length - asked, 1);
    assert.equal(new Set(tokens.map(({ value }) => value)).size, 1);
    assert.notEqual(tokens[0]?.value, first.value);
    assert.equal(await accepted(tokens[0] as Token), "accepted");
  });

  it("sources with one store renew once", async () => {
    const { clock, turn } = turned();
    const store = new MemoryStore();
    const options = {
      grant: AUTHORIZATION_CODE,
      metadata: bed.metadata,
      clock,
      store,
    };
    const [one, other] = [bed.source(options), bed.source(options)];
    await bed.signIn(one);
    turn(301);
    const asked = bed.way.requests.length;
    const [a, b] = await Promise.all([one.token(), other.token()]);
    assert.equal(bed.way.requests.length - asked, 1);
    assert.equal(a.value, b.value);
  });

  it("renews ahead of the end without keeping anybody waiting", async () => {
    const { clock, turn } = turned();
    const source = bed.source({
      grant: AUTHORIZATION_CODE,
      metadata: bed.metadata,
      clock,
    });
    await bed.signIn(source);
    const first = await source.token();
    turn(250);
    const renewed = new Promise<Token | null>((resolve) =>
      source.onChange(resolve),
    );
    assert.equal((await source.token()).value, first.value);
    assert.notEqual((await renewed)?.value, first.value);
    assert.equal((await source.token()).value, (await renewed)?.value);
  });
});

describe("clocks", () => {
  for (const seconds of [-600, 600])
    it(`ours is off by ${seconds} s: tokens live as long as the server says`, async () => {
      const { clock, turn } = turned(seconds * 1000);
      const source = bed.source({
        grant: { type: "client_credentials" },
        clientId: "service",
        authentication: { method: "client_secret_basic", secret },
        clock,
      });
      const token = await source.token();
      assert.equal(await accepted(token), "accepted");
      assert.ok(Math.abs((token.expiresAt ?? 0) - Date.now() - 300_000) < 5000);
      turn(100);
      assert.equal((await source.token()).value, token.value);
      turn(201);
      assert.notEqual((await source.token()).value, token.value);
    });
});

describe("faults of the way", () => {
  const opened = async (): Promise<{
    source: ReturnType<Bed["source"]>;
    waited: number[];
    turn: (seconds: number) => void;
  }> => {
    const { clock, turn } = turned();
    const waited: number[] = [];
    const source = bed.source({
      grant: AUTHORIZATION_CODE,
      metadata: bed.metadata,
      clock,
      random: () => 0.5,
      wait: async (milliseconds) => void waited.push(milliseconds),
    });
    await bed.signIn(source);
    return { source, waited, turn };
  };

  it("a lost answer is asked for again with the same refresh token", async () => {
    const { source, waited, turn } = await opened();
    turn(301);
    bed.fates.push("lose");
    const token = await source.token();
    assert.equal(await accepted(token), "accepted");
    assert.deepEqual(waited, [250]);
    turn(301);
    assert.equal(await accepted(await source.token()), "accepted");
  });

  it("no third time: the server would see theft in it", async () => {
    const { source, turn } = await opened();
    turn(301);
    bed.fates.push("lose", "lose");
    const asked = bed.way.requests.length;
    await assert.rejects(
      source.token(),
      (error: unknown) =>
        error instanceof TemporarilyUnavailable && error.isAnswerLost,
    );
    assert.equal(bed.way.requests.length - asked, 2);
  });

  it("an outage keeps the old token as long as it is good, and then says what it is", async () => {
    const { source, turn } = await opened();
    const first = await source.token();
    turn(296);
    const down = { status: 503, headers: { "retry-after": "60" } };
    bed.fates.push(down);
    const asked = bed.way.requests.length;
    assert.equal((await source.token()).value, first.value);
    turn(5);
    const unavailable = (error: unknown): boolean =>
      error instanceof TemporarilyUnavailable && error.retryAfterSeconds === 60;
    await assert.rejects(source.token(), unavailable);
    // The server asked to be left alone, and is.
    assert.equal(bed.way.requests.length - asked, 1);
    turn(60);
    assert.equal(await accepted(await source.token()), "accepted");
  });

  it("a renewal ahead of time that failed is not tried again at every call", async () => {
    const { source, turn } = await opened();
    const first = await source.token();
    turn(250);
    const asked = bed.way.requests.length;
    bed.fates.push({ status: 502 }, { status: 502 });
    await source.token();
    // Waits for the renewal that has begun.
    assert.equal(
      (await source.token({ minimumSeconds: 100 })).value,
      first.value,
    );
    for (let calls = 0; calls < 20; calls++) await source.token();
    assert.equal(bed.way.requests.length - asked, 2);
    turn(11);
    await source.token();
    assert.notEqual(
      (await source.token({ minimumSeconds: 100 })).value,
      first.value,
    );
    assert.equal(bed.way.requests.length - asked, 3);
  });

  it("waits where the server asks for little", async () => {
    const { source, waited, turn } = await opened();
    turn(301);
    bed.fates.push({ status: 429, headers: { "retry-after": "2" } });
    assert.equal(await accepted(await source.token()), "accepted");
    assert.deepEqual(waited, [2000]);
  });
});

describe("ends", () => {
  it("a grant that ended is said once to all, and the server is not asked again", async () => {
    const { clock, turn } = turned();
    const store = new MemoryStore();
    const source = bed.source({
      grant: AUTHORIZATION_CODE,
      metadata: bed.metadata,
      clock,
      store,
    });
    await bed.signIn(source);
    const held = await store.load();
    await fetch(`${bed.running.url}/revoke`, {
      method: "POST",
      body: new URLSearchParams({
        token: held?.refreshToken ?? "",
        client_id: PUBLIC,
      }),
    });
    const changes: (Token | null)[] = [];
    source.onChange((token) => changes.push(token));
    turn(301);
    const asked = bed.way.requests.length;
    const all = await Promise.allSettled(
      Array.from({ length: 100 }, async () => source.token()),
    );
    assert.ok(
      all.every(
        (one) =>
          one.status === "rejected" && one.reason instanceof SignInRequired,
      ),
    );
    await assert.rejects(source.token(), SignInRequired);
    assert.equal(bed.way.requests.length - asked, 1);
    assert.deepEqual(changes, [null]);
    await bed.signIn(source);
    assert.equal(await accepted(await source.token()), "accepted");
  });

  it("found out ahead of time, they end where somebody signs in elsewhere", async () => {
    const { clock, turn } = turned();
    const store = new MemoryStore();
    const source = bed.source({
      grant: AUTHORIZATION_CODE,
      metadata: bed.metadata,
      clock,
      store,
    });
    await bed.signIn(source);
    const held = await store.load();
    await fetch(`${bed.running.url}/revoke`, {
      method: "POST",
      body: new URLSearchParams({
        token: held?.refreshToken ?? "",
        client_id: PUBLIC,
      }),
    });
    turn(250);
    const ended = new Promise((resolve) => source.onChange(resolve));
    await source.token();
    assert.equal(await ended, null);
    await assert.rejects(source.token(), SignInRequired);
    await bed.signIn(bed.source({ grant: AUTHORIZATION_CODE, store }));
    assert.equal(await accepted(await source.token()), "accepted");
  });

  it("a store that two APIs share mixes nothing up", async () => {
    const store = new MemoryStore();
    await bed.signIn(bed.source({ grant: AUTHORIZATION_CODE, store }));
    const other = bed.source({
      grant: AUTHORIZATION_CODE,
      store,
      resource: "https://opaque.example",
    });
    await assert.rejects(other.token(), SignInRequired);
  });

  it("a wrong secret is refused once, and then left alone for a while", async () => {
    const { clock, turn } = turned();
    const source = bed.source({
      grant: { type: "client_credentials" },
      clientId: "service",
      metadata: bed.metadata,
      authentication: { method: "client_secret_post", secret: "wrong" },
      clock,
    });
    const asked = bed.way.requests.length;
    for (let tries = 0; tries < 3; tries++)
      await assert.rejects(
        source.token(),
        (error: unknown) =>
          error instanceof RequestRefused &&
          error.error === "invalid_client" &&
          !JSON.stringify(error).includes("wrong"),
      );
    assert.equal(bed.way.requests.length - asked, 1);
    turn(31);
    await assert.rejects(source.token(), RequestRefused);
    assert.equal(bed.way.requests.length - asked, 2);
  });

  it("signing out ends the grant at the server and forgets the tokens", async () => {
    const store = new MemoryStore();
    const source = bed.source({ grant: AUTHORIZATION_CODE, store });
    await bed.signIn(source);
    const held = await store.load();
    assert.equal(await source.signOut(), true);
    assert.equal(await store.load(), null);
    await assert.rejects(source.token(), SignInRequired);
    const again = bed.source({
      grant: {
        type: "refresh_token",
        refreshToken: held?.refreshToken ?? "",
      },
    });
    await assert.rejects(again.token(), SignInRequired);
  });
});

it("a token shows its text to nobody who does not ask for it", async () => {
  const { inspect } = await import("node:util");
  const source = bed.source({
    grant: { type: "client_credentials" },
    clientId: "service",
    authentication: { method: "client_secret_basic", secret },
    scopes: ["read"],
  });
  const token = await source.token();
  for (const text of [inspect(token), JSON.stringify(token), String(token)])
    assert.ok(!text.includes(token.value));
  assert.deepEqual(token.scopes, ["read"]);
  const verdict = await bed.verifier.verify(token.value);
  assert.equal(
    verdict.outcome === "accepted" && verdict.token.claims["aud"],
    API,
  );
});
