/** What the client shows: its own key (private_key_jwt) and the key that tokens are bound to (DPoP), also by a clock that is off. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { checkProof, exportKey, generateKey, type Key } from "@assay/token";
import {
  generateDpopKey,
  MemoryStore,
  RequestRefused,
  SignInRequired,
} from "../src/index.ts";
import type { IssuedOptions } from "../src/options.ts";
import { listen, openBed, type Bed, type Way } from "./bed.ts";

const CREDENTIALS = { type: "client_credentials" } as const;
let bed: Bed;
let key: Key;
let secret = "";
before(async () => {
  bed = await openBed();
  key = await generateKey("ES256");
  secret = await bed.running.addClient({ clientId: "service" });
  await bed.running.addClient({
    clientId: "signed",
    authentication: "private_key_jwt",
    keys: [exportKey(key, { secret: false })],
  });
});
after(async () => bed.close());

/** fetch that remembers where it went. */
function counted(): {
  readonly urls: string[];
  readonly fetch: NonNullable<IssuedOptions["fetch"]>;
} {
  const urls: string[] = [];
  return {
    urls,
    fetch: async (input, init) => {
      urls.push(String(input));
      return fetch(input, init);
    },
  };
}
/** The server's own addresses, so that nothing is learnt of its clock before the first request that counts. */
const direct = (of: Bed): NonNullable<IssuedOptions["metadata"]> => ({
  ...of.metadata,
  tokenEndpoint: `${of.running.url}/token`,
});

for (const seconds of [-600, 0, 600])
  describe(`a clock that is ${seconds} s ahead`, () => {
    const clock = (): number => Date.now() + seconds * 1000;
    for (const known of ["by discovery", "by the first refusal"] as const) {
      const metadata = () =>
        known === "by discovery" ? {} : { metadata: direct(bed) };

      it(`private_key_jwt: the server's time is known ${known}`, async () => {
        const { fetch: counting, urls } = counted();
        const source = bed.source({
          grant: CREDENTIALS,
          clientId: "signed",
          authentication: { method: "private_key_jwt", key },
          clock,
          fetch: counting,
          ...metadata(),
        });
        assert.equal(
          (await bed.verifier.verify((await source.token()).value)).outcome,
          "accepted",
        );
        assert.ok(
          urls.filter((url) => url.endsWith("/token")).length <=
            (known === "by discovery" ? 1 : 2),
        );
      });

      it(`DPoP: the server's time is known ${known}`, async () => {
        const source = bed.source({
          grant: CREDENTIALS,
          clientId: "service",
          authentication: { method: "client_secret_basic", secret },
          dpop: true,
          clock,
          ...metadata(),
        });
        assert.equal((await source.token()).type, "DPoP");
      });
    }
  });

it("every way of client authentication is taken by the server", async () => {
  const posted = await bed.running.addClient({
    clientId: "a+b c:d/e",
    authentication: "client_secret_post",
  });
  const poster = bed.source({
    grant: CREDENTIALS,
    clientId: "a+b c:d/e",
    authentication: {
      method: "client_secret_post",
      secret: async () => posted,
    },
  });
  assert.ok(await poster.token());
  const odd = await bed.running.addClient({ clientId: "odd:id" });
  assert.ok(
    await bed
      .source({
        grant: CREDENTIALS,
        clientId: "odd:id",
        authentication: { method: "client_secret_basic", secret: odd },
      })
      .token(),
  );
  await assert.rejects(
    bed.source({ grant: CREDENTIALS, clientId: "cli" }).token(),
    (error: unknown) =>
      error instanceof RequestRefused &&
      error.error === "unauthorized_client" &&
      error.diagnosis !== null,
  );
});

describe("DPoP", () => {
  let strict: Bed;
  let api: Way;
  const nonce = "n-1";
  before(async () => {
    strict = await openBed({ protocol: { dpopNonce: "required" } });
    api = await listen((request, response) => {
      const token = request.headers.authorization?.replace(/^DPoP /, "") ?? "";
      void Promise.resolve(
        checkProof(String(request.headers["dpop"]), {
          method: "POST",
          url: `${api.url}${request.url}`,
          accessToken: token,
          now: Date.now() / 1000,
          maxAge: 60,
          tolerance: 5,
          nonces: [nonce],
        }),
      ).then(({ findings }) =>
        findings.length === 0
          ? response.end("fine")
          : response
              .writeHead(401, {
                "dpop-nonce": nonce,
                "www-authenticate": `DPoP error="${findings.every(({ reason }) => reason === "binding.nonce") ? "use_dpop_nonce" : "invalid_dpop_proof"}"`,
              })
              .end(),
      );
    });
  });
  after(async () => {
    api.close();
    await strict.close();
  });

  it("a nonce that the server asks for is used, once for each request at most", async () => {
    const { fetch: counting, urls } = counted();
    const store = new MemoryStore();
    const source = strict.source({
      grant: { type: "authorization_code" },
      dpop: true,
      store,
      fetch: counting,
      origins: [api.url],
      clock: () => Date.now() + 600_000,
    });
    await strict.signIn(source);
    const token = await source.token();
    assert.equal(token.type, "DPoP");
    assert.equal(urls.filter((url) => url.endsWith("/token")).length, 2);
    const response = await source.fetch(`${api.url}/a?b=c`, {
      method: "POST",
      body: "x",
    });
    assert.equal(await response.text(), "fine");
    assert.equal(api.requests.length, 2);
    assert.equal(
      await (await source.fetch(`${api.url}/a`, { method: "POST" })).text(),
      "fine",
    );
    assert.equal(api.requests.length, 3);
    const jkt = (await store.load())?.jkt;
    const claims = JSON.parse(
      Buffer.from(token.value.split(".")[1] ?? "", "base64url").toString(),
    ) as { readonly cnf: { readonly jkt: string } };
    assert.equal(claims.cnf.jkt, jkt);
  });

  it("a body that cannot be sent again is sent once, and the next request knows the nonce", async () => {
    const source = strict.source({
      grant: { type: "authorization_code" },
      dpop: true,
      origins: [api.url],
    });
    await strict.signIn(source);
    const stream = new Blob(["x"]).stream();
    assert.equal(
      (
        await source.fetch(`${api.url}/a`, {
          method: "POST",
          body: stream,
          duplex: "half",
        })
      ).status,
      401,
    );
    const again = new Blob(["x"]).stream();
    assert.equal(
      (
        await source.fetch(`${api.url}/a`, {
          method: "POST",
          body: again,
          duplex: "half",
        })
      ).status,
      200,
    );
  });

  it("the key cannot be read out", async () => {
    const { privateKey } = await generateDpopKey();
    await assert.rejects(crypto.subtle.exportKey("jwk", privateKey));
  });

  it("tokens of another key are not presented; a public client has to sign in again", async () => {
    const store = new MemoryStore();
    const grant = { type: "authorization_code" } as const;
    const owner = bed.source({ grant, dpop: true, store });
    await bed.signIn(owner);
    const first = await owner.token();
    for (const dpop of [true, false])
      await assert.rejects(
        bed.source({ grant, dpop, store }).token(),
        SignInRequired,
      );
    // Nothing was asked with it, and its owner goes on.
    const renewed = await owner.token({ minimumSeconds: 149 });
    assert.equal(renewed.value, first.value);
    assert.ok((await store.load())?.refreshToken);
    const keyPair = await generateDpopKey();
    const kept = new MemoryStore();
    const one = bed.source({ grant, dpop: keyPair, store: kept });
    await bed.signIn(one);
    const other = bed.source({ grant, dpop: keyPair, store: kept });
    assert.equal((await other.token()).value, (await one.token()).value);
  });
});
