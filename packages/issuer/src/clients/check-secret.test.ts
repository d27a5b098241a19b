/** Two secrets at a time, their ends, their last use, and secrets that were changed on the way. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import {
  basic,
  formEncode,
  openClientBed,
  post,
  START,
  type ClientBed,
} from "../../test/client-bed.ts";
import {
  authenticateAtTokenEndpoint,
  expectRefusal,
  type Expected,
} from "../../test/client-refusal.ts";
import { digestOf } from "../tokens/opaque-token.ts";
import type { AuthenticatedClient } from "./authenticate.ts";
import { explainSecret, findSecret } from "./check-secret.ts";
import type { ClientSecret } from "./client.ts";

let bed: ClientBed;
before(async () => {
  bed = await openClientBed();
});
after(() => bed.close());

const authenticate = async (request: Request): Promise<AuthenticatedClient> =>
  authenticateAtTokenEndpoint(bed, request);
const refused = async (request: Request, expected: Expected): Promise<void> =>
  expectRefusal(bed, request, expected);

describe("the secrets of a client", () => {
  const until = START + 60_000;
  let old: string;
  let fresh: string;
  const request = (secret: string): Request =>
    post({}, { authorization: basic("two", secret) });
  before(async () => {
    const client = await bed.put({ clientId: "two" });
    old = await bed.addSecret(client, until);
    fresh = await bed.addSecret(client);
  });

  it("may both be used until the old one ends; then it is told to whoever has it", async () => {
    assert.ok((await authenticate(request(old))).authenticated);
    assert.ok((await authenticate(request(fresh))).authenticated);
    bed.now = until - 1;
    assert.ok((await authenticate(request(old))).authenticated);
    bed.now = until;
    await refused(request(old), {
      basic: true,
      message: "The client secret is no longer valid.",
      cause: "oauth.client_secret_wrong",
      facts: { how: "expired" },
    });
    assert.ok((await authenticate(request(fresh))).authenticated);
    bed.now = START;
  });

  it("are each noted with their last use, at most once a minute", async () => {
    const lastUses = async (): Promise<readonly (number | null)[]> => {
      await bed.secretUse.settled();
      const found = await bed.store.findClient("used");
      return (found?.secrets ?? [])
        .toSorted((a, b) => a.createdAt - b.createdAt)
        .map(({ lastUsedAt }) => lastUsedAt);
    };
    const client = await bed.put({ clientId: "used" });
    const first = await bed.addSecret(client);
    bed.now = START + 1;
    await bed.addSecret(client);
    const use = async (at: number): Promise<void> => {
      bed.now = at;
      await authenticate(post({}, { authorization: basic("used", first) }));
    };
    assert.deepEqual(await lastUses(), [null, null]);
    await use(START + 100);
    assert.deepEqual(await lastUses(), [START + 100, null]);
    await use(START + 60_099);
    assert.deepEqual(await lastUses(), [START + 100, null]);
    await use(START + 60_100);
    assert.deepEqual(await lastUses(), [START + 60_100, null]);
    await refused(post({}, { authorization: basic("used", `${first}x`) }), {
      basic: true,
      cause: "oauth.client_secret_wrong",
    });
    assert.deepEqual(await lastUses(), [START + 60_100, null]);
    bed.now = START;
  });

  it("are found whatever signs stand in them, and every wrong way to send them is told", () => {
    const secret = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
      .filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(secret, (text) => {
        const row: ClientSecret = {
          secretId: "s",
          clientId: "c",
          digest: digestOf(text),
          sealed: null,
          createdAt: 0,
          expiresAt: null,
          lastUsedAt: null,
        };
        const encoded = formEncode(text);
        assert.equal(findSecret([row], text), row);
        assert.equal(findSecret([], text), null);
        if (encoded === text) return;
        assert.deepEqual(
          explainSecret([row], { secret: encoded, raw: null }).facts,
          { part: "secret", place: "body", how: "encoded_twice" },
        );
        assert.deepEqual(
          explainSecret([row], { secret: "x", raw: `c:${text}` }).facts,
          { part: "secret", place: "header", how: "not_encoded" },
        );
      }),
    );
  });
});
