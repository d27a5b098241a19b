import { exportKey, generateKey, sign, thumbprint } from "@assay/token";
import assert from "node:assert/strict";
import { hash, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { addressOf } from "../../src/addresses.ts";
import { issue, prepareAccessToken } from "../../src/tokens/access-token.ts";
import { journalEntry } from "../client-bed.ts";
import {
  API,
  apiClient,
  ISSUER,
  json,
  openRevocationBed,
  OTHER,
  type RevocationBed,
} from "./revocation-bed.ts";

let bed: RevocationBed;
before(async () => {
  bed = await openRevocationBed();
});
after(async () => bed.close());

describe("who may read the feed", () => {
  const ask = async (
    headers: Readonly<Record<string, string>>,
    query = "",
  ): Promise<Response> => bed.fetch(`/revocations${query}`, { headers });
  const bearer = (token: string): Readonly<Record<string, string>> => ({
    authorization: `Bearer ${token}`,
  });
  const refused = async (
    answer: Response,
    status: number,
    error: string,
  ): Promise<void> => {
    assert.equal(answer.status, status);
    assert.equal((await json(answer))["error"], error);
    assert.equal(answer.headers.get("cache-control"), "no-store");
  };

  test("not who has no token, another one, a damaged one, or one that ended", async () => {
    await refused(await ask({}), 401, "invalid_token");
    assert.equal((await ask({})).headers.get("www-authenticate"), "Bearer");
    const token = await bed.feedToken();
    const { access, refresh } = await bed.signIn();
    for (const wrong of [access, refresh, "x", `${token.slice(0, -1)}_`]) {
      const answer = await ask(bearer(wrong));
      assert.equal(
        answer.headers.get("www-authenticate"),
        'Bearer error="invalid_token"',
      );
      await refused(answer, 401, "invalid_token");
    }
    await bed.post("/revoke", "api", { token });
    await refused(await ask(bearer(token)), 401, "invalid_token");
    await refused(
      await ask({}, `?access_token=${await bed.feedToken()}`),
      401,
      "invalid_token",
    );
  });

  test("not a token without the scope, nor a client that may introspect nothing", async () => {
    await bed.put({ ...apiClient("no-scope", [API]), scopes: ["read"] });
    const answer = await ask(bearer(await bed.feedToken("no-scope")));
    assert.match(
      answer.headers.get("www-authenticate") ?? "",
      /scope="revocations:read"/,
    );
    await refused(answer, 403, "insufficient_scope");
    await bed.put(apiClient("no-resource", []));
    await refused(
      await ask(bearer(await bed.feedToken("no-resource"))),
      400,
      "invalid_target",
    );
    await refused(
      await ask(
        bearer(await bed.feedToken()),
        `?resource=${encodeURIComponent(OTHER)}`,
      ),
      400,
      "invalid_target",
    );
  });

  test("not without a fresh proof where the token is bound to a key", async () => {
    const { context } = bed.issuer;
    const found = await bed.store.findClient("api");
    const resource = await bed.store.findResource(
      addressOf(ISSUER, "revocations"),
    );
    assert.ok(found && resource);
    const key = await generateKey("ES256");
    const access = await prepareAccessToken(context, {
      client: found.client,
      resource,
      scopes: ["revocations:read"],
      subject: null,
      grant: null,
      familyId: null,
      jkt: await thumbprint(exportKey(key, { secret: false })),
    });
    const text = await issue(context, access, journalEntry("token.issued"));
    const prove = async (nonce: string): Promise<string> =>
      sign(
        {
          jti: randomUUID(),
          htm: "GET",
          htu: resource.resource,
          iat: Math.floor(context.clock() / 1000),
          ath: hash("sha256", text, "base64url"),
          nonce,
        },
        key,
        { header: { typ: "dpop+jwt", jwk: exportKey(key, { secret: false }) } },
      );
    const dpop = { authorization: `DPoP ${text}` };
    const first = await ask({ ...dpop, dpop: await prove("none of ours") });
    assert.equal(
      first.headers.get("www-authenticate"),
      'DPoP error="use_dpop_nonce"',
    );
    const nonce = first.headers.get("dpop-nonce") ?? "";
    const proof = await prove(nonce);
    const good = await ask({ ...dpop, dpop: proof });
    assert.equal(good.status, 200);
    await good.body?.cancel();
    await refused(await ask({ ...dpop, dpop: proof }), 401, "invalid_token");
    for (const scheme of ["Bearer", "DPoP"]) {
      const answer = await ask({ authorization: `${scheme} ${text}` });
      assert.match(
        answer.headers.get("www-authenticate") ?? "",
        /^DPoP error=/,
      );
      await refused(answer, 401, "invalid_token");
    }
  });

  test("not longer than the token: the stream says so and ends", async () => {
    const token = await bed.feedToken();
    const [one, two] = [await bed.read({ token }), await bed.read()];
    await bed.post("/revoke", "api", { token });
    await one.until(({ ended }) => ended, "the end");
    assert.equal(one.why, "token_over");
    assert.ok(!two.ended);
    bed.ahead += 3_600_000;
    await two.until(({ ended }) => ended, "the end");
    assert.equal(two.why, "token_over");
  });

  test("not longer than the client is enabled, nor more than it may see now", async () => {
    await bed.put(apiClient("changing", [API]));
    const reading = await bed.read({ clientId: "changing" });
    await reading.untilToldAll();
    await bed.put(apiClient("changing", [API, OTHER]));
    await reading.until(({ ended }) => ended, "the end");
    assert.equal(reading.why, "access_changed");
    const again = await bed.read({ clientId: "changing" });
    await again.untilToldAll();
    assert.deepEqual(
      again.snapshots.map(({ resource }) => resource),
      [API, OTHER],
    );
    await bed.put({ ...apiClient("changing", [API, OTHER]), disabledAt: 1 });
    await again.until(({ ended }) => ended, "the end");
    assert.equal(again.why, "token_over");
  });

  test("not in more connections than a client may have; a place that is left is free", async () => {
    await bed.put(apiClient("many", [API]));
    const token = await bed.feedToken("many");
    const open: Response[] = [];
    for (;;) {
      const answer = await ask(bearer(token));
      if (answer.status !== 200) {
        assert.equal(answer.status, 429);
        assert.ok(answer.headers.has("retry-after"));
        break;
      }
      open.push(answer);
    }
    assert.equal(open.length, 128);
    const other = await bed.read();
    await other.untilToldAll();
    await open[0]?.body?.cancel();
    const answer = await ask(bearer(token));
    assert.equal(answer.status, 200);
    await Promise.all(
      [answer, ...open.slice(1)].map(async ({ body }) => body?.cancel()),
    );
  });
});
