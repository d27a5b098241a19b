/** DPoP at the HTTP door (RFC 9449 sections 4.3, 7.1, 8, 9 and 11.1): what a proof may not be, and which differences are none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryReplayStore, type GuardOptions } from "@assay/guard";
import type { MintOptions, ProofOptions } from "@assay/guard/testing";
import type { Key } from "@assay/token";
import { malleate } from "../../token/test/attacks/proof.ts";
import { openDoor, type Door } from "./door.ts";
import {
  EQUAL_PROOFS,
  forgedProofs,
  PUBLIC,
  WRONG_PROOFS,
} from "./proof-cases.ts";
import { challenges, type RawAnswer } from "./raw-request.ts";

interface Held {
  readonly door: Door;
  readonly key: Key;
  readonly token: string;
  /** Sends the token with a proof that is right but for what is given. */
  send(proof?: Partial<ProofOptions>, path?: string): Promise<RawAnswer>;
  sendProof(
    proof: string | readonly string[],
    path?: string,
  ): Promise<RawAnswer>;
}

async function held(
  options: Partial<GuardOptions> = {},
  mint: MintOptions = {},
): Promise<Held & AsyncDisposable> {
  const door = await openDoor({ publicUrl: PUBLIC, dpop: true, ...options });
  const key = await door.issuer.proofKey();
  const token = await door.issuer.mint({ boundTo: key, ...mint });
  const sendProof: Held["sendProof"] = (dpop, path = "/orders") =>
    door.get({ authorization: `DPoP ${token}`, dpop }, path);
  return {
    door,
    key,
    token,
    sendProof,
    send: async (proof, path) =>
      sendProof(
        await door.issuer.prove(key, {
          method: "GET",
          url: `${PUBLIC}/orders`,
          token,
          ...proof,
        }),
        path,
      ),
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  };
}

const bad = (answer: RawAnswer, error = "invalid_dpop_proof"): void => {
  assert.equal(answer.status, 401, answer.body);
  assert.equal(answer.json()["error"], error);
  assert.ok(
    challenges(answer)[0]?.startsWith(`DPoP error="${error}"`),
    challenges(answer).join(),
  );
  assert.match(challenges(answer)[0] ?? "", /algs="[^"]*ES256/);
};

for (const [what, proof, path] of EQUAL_PROOFS)
  test(`is no difference: ${what}`, async () => {
    await using it = await held();
    const answer = await it.send(proof, path);
    assert.equal(answer.status, 200, answer.body);
  });

for (const [what, proof, reason] of WRONG_PROOFS)
  test(`refuses ${what}`, async () => {
    await using it = await held();
    bad(await it.send(proof));
    assert.equal((await it.door.refusal()).reason, reason);
  });

test("refuses a private key in the header, HMAC, no algorithm, a text, and no proof at all", async () => {
  await using it = await held();
  const { door, key, token } = it;
  for (const proof of await forgedProofs(door.issuer, key, token))
    bad(await it.sendProof(proof));
  bad(await door.get({ authorization: `DPoP ${token}` }, "/orders"));
});

test("refuses the proof of another key, which says nothing of the proof", async () => {
  await using it = await held();
  const thief = await it.door.issuer.proofKey();
  const proof = await it.door.issuer.prove(thief, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token: it.token,
  });
  bad(await it.sendProof(proof), "invalid_token");
  assert.equal((await it.door.refusal()).reason, "binding.key_mismatch");
});

test("refuses two proofs, and a good one that comes twice, with its other signature too", async () => {
  await using it = await held();
  const proof = await it.door.issuer.prove(it.key, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token: it.token,
  });
  bad(await it.sendProof([proof, proof]));
  await it.door.refusal();
  assert.equal((await it.sendProof(proof)).status, 200);
  for (const again of [proof, malleate(proof)]) {
    bad(await it.sendProof(again));
    assert.equal((await it.door.refusal()).reason, "binding.replayed");
  }
});

test("a host of the sender's choice makes no proof fit", async () => {
  await using it = await held();
  const proof = await it.door.issuer.prove(it.key, {
    method: "GET",
    url: "https://evil.test/v1/orders",
    token: it.token,
  });
  bad(
    await it.door.get(
      {
        authorization: `DPoP ${it.token}`,
        dpop: proof,
        host: "evil.test",
        "x-forwarded-host": "evil.test",
      },
      "/orders",
    ),
  );
});

test("with several public URLs, Host chooses among them and adds none", async () => {
  await using it = await held({
    publicUrl: ["https://one.test", "https://two.test"],
  });
  const ask = async (
    url: string,
    host: string,
  ): Promise<number | undefined> => {
    const dpop = await it.door.issuer.prove(it.key, {
      method: "GET",
      url,
      token: it.token,
    });
    return (
      await it.door.get(
        { authorization: `DPoP ${it.token}`, dpop, host },
        "/orders",
      )
    ).status;
  };
  assert.equal(await ask("https://two.test/orders", "two.test"), 200);
  assert.equal(await ask("https://one.test/orders", "two.test"), 401);
  assert.equal(await ask("https://three.test/orders", "three.test"), 401);
});

test("a bound token is no bearer token, also with a proof beside it; and a free token is none for DPoP", async () => {
  await using it = await held();
  const dpop = await it.door.issuer.prove(it.key, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token: it.token,
  });
  const answer = await it.door.get(
    { authorization: `Bearer ${it.token}`, dpop },
    "/orders",
  );
  assert.equal(answer.status, 401);
  assert.deepEqual(
    challenges(answer).map((one) => one.split(" ")[0]),
    ["Bearer", "DPoP"],
  );
  assert.equal(answer.json()["error"], "invalid_token");
  const free = await it.door.issuer.mint();
  const proof = await it.door.issuer.prove(it.key, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token: free,
  });
  bad(
    await it.door.get(
      { authorization: `DPoP ${free}`, dpop: proof },
      "/orders",
    ),
    "invalid_token",
  );
  assert.equal(
    (await it.door.get({ authorization: `Bearer ${free}` }, "/orders")).status,
    200,
  );
});

test("where proofs are required, a bearer token is asked for one", async () => {
  await using it = await held({ dpop: { required: true } });
  const answer = await it.door.get({
    authorization: `Bearer ${await it.door.issuer.mint()}`,
  });
  assert.equal(answer.status, 401);
  assert.deepEqual(
    challenges(answer).map((one) => one.split(" ")[0]),
    ["DPoP"],
  );
  assert.equal(
    (answer.json()["renewal"] as { binding: string }).binding,
    "dpop",
  );
  assert.equal((await it.send()).status, 200);
});

test("a nonce is demanded, given out once, and good in the period after as well", async () => {
  await using it = await held({ dpop: { nonces: { period: 60 } } });
  const first = await it.send();
  bad(first, "use_dpop_nonce");
  assert.equal(
    first.rawHeaders.filter((name) => name.toLowerCase() === "dpop-nonce")
      .length,
    1,
  );
  const nonce = String(first.headers["dpop-nonce"]);
  bad(await it.send({ nonce: "another" }), "use_dpop_nonce");
  assert.equal((await it.send({ nonce })).status, 200);
  it.door.issuer.clock.turn(60);
  const later = await it.send({ nonce });
  assert.equal(later.status, 200);
  assert.notEqual(later.headers["dpop-nonce"], nonce);
  it.door.issuer.clock.turn(60);
  bad(await it.send({ nonce }), "use_dpop_nonce");
});

test("processes with one secret take each other's nonces; others do not", async () => {
  const secret = "one secret of more than thirty-two bytes";
  await using one = await held({ dpop: { nonces: { secret } } });
  const nonce = String((await one.send()).headers["dpop-nonce"]);
  await using two = await held({ dpop: { nonces: { secret } } });
  assert.equal((await two.send({ nonce })).status, 200);
  await using three = await held({ dpop: { nonces: true } });
  bad(await three.send({ nonce }), "use_dpop_nonce");
});

test("a proof that was used at one guard is used at another whose clock is behind, until it is too old for both", async () => {
  await using it = await held();
  const { issuer } = it.door;
  const { clock } = issuer;
  const replay = new MemoryReplayStore({ clock });
  const shared = { publicUrl: PUBLIC, dpop: { replay } };
  await using one = await openDoor(shared, issuer);
  await using behind = await openDoor(
    { ...shared, clock: () => clock() - 20_000 },
    issuer,
  );
  const iat = Math.floor(clock() / 1000);
  const token = await issuer.mint({
    boundTo: it.key,
    claims: { iat: iat - 60, exp: iat + 3600 },
  });
  const dpop = await issuer.prove(it.key, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token,
    claims: { iat },
  });
  const headers = { authorization: `DPoP ${token}`, dpop };
  assert.equal((await one.get(headers, "/orders")).status, 200);
  for (const [seconds, reason] of [
    [300, "binding.replayed"],
    [10, "binding.replayed"],
    [30, "binding.proof_invalid"],
  ] as const) {
    clock.turn(seconds);
    bad(await behind.get(headers, "/orders"));
    assert.equal((await behind.refusal()).reason, reason);
  }
});

test("a store that is full answers 503 and forgets nothing; when proofs are past their time there is room again", async () => {
  await using it = await held();
  const { clock } = it.door.issuer;
  await using small = await held({
    clock,
    dpop: { replay: new MemoryReplayStore({ limit: 2, clock }) },
  });
  assert.equal((await small.send()).status, 200);
  const proof = await small.door.issuer.prove(small.key, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token: small.token,
  });
  assert.equal((await small.sendProof(proof)).status, 200);
  const full = await small.send();
  assert.equal(full.status, 503);
  assert.equal((await small.door.refusal()).problem, "replay");
  bad(await small.sendProof(proof));
  clock.turn(340);
  const fresh = await small.door.issuer.prove(small.key, {
    method: "GET",
    url: `${PUBLIC}/orders`,
    token: small.token,
    claims: { iat: Math.floor(clock() / 1000) },
  });
  assert.equal((await small.sendProof(fresh)).status, 200);
});

test("a store that fails leaves the request undecided", async () => {
  await using it = await held({
    dpop: { replay: { remember: () => Promise.reject(new Error("down")) } },
  });
  assert.equal((await it.send()).status, 503);
  assert.equal((await it.door.refusal()).event, "token.undecided");
});
