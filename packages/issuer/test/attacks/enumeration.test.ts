/** What a stranger can learn of which clients there are: from answers, their status and their headers. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { generateKey, sign } from "@assay/token";
import {
  ASSERTION_TYPE,
  ISSUER,
  openAttackBed,
  type AttackBed,
} from "./attack-bed.ts";

let bed: AttackBed;
before(async () => {
  bed = await openAttackBed();
  await bed.put({ clientId: "shared", authentication: "client_secret_jwt" });
  await bed.put({ clientId: "posts", authentication: "client_secret_post" });
  await bed.put({ clientId: "gone", disabledAt: bed.now });
  await bed.put({
    clientId: "gone-spa",
    authentication: "none",
    disabledAt: bed.now,
  });
});
after(() => bed.close());

const NOBODY = "nobody-of-this-name";
const CLIENTS = [
  "web",
  "posts",
  "shared",
  "key",
  "bank",
  "gone",
  "gone-spa",
  "assay-setup",
];

/** What can be told apart: status, text and headers, without the handle, which is random. */
async function seen(answer: Response): Promise<unknown> {
  const handle = answer.headers.get("assay-diagnosis") ?? "";
  assert.match(handle, /^[\w-]{22}$/);
  return [
    answer.status,
    await answer.text(),
    [...answer.headers]
      .map(([name, value]) => `${name}: ${value.replace(handle, "")}`)
      .toSorted(),
  ];
}

const PATHS = ["/token", "/introspect", "/revoke", "/diagnosis"];
const FORM = { grant_type: "client_credentials", token: "x", handle: "x" };

describe("a stranger cannot tell a client from none", () => {
  const TRIES: Readonly<
    Record<string, (clientId: string, path: string) => Promise<Response>>
  > = {
    "by a name alone": (clientId, path) =>
      bed.post(path, { ...FORM, client_id: clientId }),
    "by a wrong secret in the header": (clientId, path) =>
      bed.post(path, FORM, {
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:wrong`).toString("base64")}`,
        },
      }),
    "by a wrong secret in the form": (clientId, path) =>
      bed.post(path, { ...FORM, client_id: clientId, client_secret: "wrong" }),
    "by another client's secret": (clientId, path) =>
      bed.post(path, {
        ...FORM,
        client_id: clientId,
        client_secret: bed.secretOf("other"),
      }),
    "by an assertion under a key of his own": async (clientId, path) =>
      bed.post(path, {
        ...FORM,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: await sign(
          {
            iss: clientId,
            sub: clientId,
            aud: ISSUER,
            jti: "1",
            exp: Math.floor(bed.now / 1000) + 60,
          },
          await generateKey("ES256"),
        ),
      }),
    "by an assertion that has ended": async (clientId, path) =>
      bed.post(path, {
        ...FORM,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: await sign(
          { iss: clientId, sub: clientId, aud: "x", jti: "1", exp: 1 },
          await generateKey("ES256"),
        ),
      }),
    "by an assertion of an algorithm that nobody knows": (clientId, path) =>
      bed.post(path, {
        ...FORM,
        client_id: clientId,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: `${b64('{"alg":"XX"}')}.${b64(JSON.stringify({ iss: clientId, sub: clientId }))}.AAAA`,
      }),
    "by an assertion that is none": (clientId, path) =>
      bed.post(path, {
        ...FORM,
        client_id: clientId,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: "x.y.z",
      }),
  };
  const b64 = (text: string): string => Buffer.from(text).toString("base64url");

  for (const [how, attempt] of Object.entries(TRIES))
    it(how, async () => {
      for (const path of PATHS) {
        const none = await seen(await attempt(NOBODY, path));
        assert.equal((none as readonly unknown[])[0], 401);
        for (const clientId of CLIENTS)
          assert.deepEqual(
            await seen(await attempt(clientId, path)),
            none,
            `${clientId} at ${path}`,
          );
      }
    });

  it("by a name that is none: too long, not ASCII, of control characters, a prototype's", async () => {
    const none = await seen(
      await bed.post("/token", { ...FORM, client_id: NOBODY }),
    );
    for (const clientId of [
      "x".repeat(3000),
      "n\u00e4me",
      "a\nb",
      "__proto__",
      "constructor",
      "' OR '1'='1",
    ])
      assert.deepEqual(
        await seen(await bed.post("/token", { ...FORM, client_id: clientId })),
        none,
      );
  });
});
