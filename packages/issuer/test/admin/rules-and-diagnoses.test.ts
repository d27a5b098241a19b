import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openLivesBed, ORDERS, SHOP, type LivesBed } from "./lives-bed.ts";
import { basic, ISSUER, post } from "../client-bed.ts";

describe("rules of exchange and diagnoses by the admin API", () => {
  let bed: LivesBed;
  before(async () => {
    bed = await openLivesBed();
  });
  after(() => bed.close());

  it("lets a rule of exchange in and out", async () => {
    const made = await bed.call("post", "/exchange-rules", {
      body: {
        grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
        clientId: "web",
        sourceIssuer: ISSUER,
        sourceAudience: SHOP,
        sourceKeys: null,
        target: ORDERS,
        scopes: ["read"],
      },
    });
    const query = { clientId: "web" };
    const { body } = await bed.call("get", "/exchange-rules", { query });
    assert.deepEqual(body.items, [made.body]);
    const { problem } = await bed.refused("post", "/exchange-rules", {
      body: {
        ...made.body,
        ruleId: undefined,
        sourceIssuer: "https://idp.example",
        scopes: ["admin"],
      },
    });
    assert.deepEqual(
      problem.errors?.map(({ at }) => at),
      ["/sourceKeys", "/scopes/0"],
    );
    const params = { ruleId: made.body.ruleId };
    await bed.call("delete", "/exchange-rules/{ruleId}", { params });
    const left = await bed.call("get", "/exchange-rules", { query });
    assert.deepEqual(left.body.items, []);
  });

  it("opens a handle for an operator with everything, for its client with its own alone", async () => {
    const secret = await bed.addSecret(await bed.put({ clientId: "caller" }));
    const ask = async (text: string): Promise<Response> =>
      bed.issuer.fetch(
        post(
          { grant_type: "client_credentials", scope: "nothing" },
          { authorization: basic("caller", text) },
        ),
      );
    const refused = await ask(secret);
    assert.equal(refused.status, 400);
    const handle = refused.headers.get("assay-diagnosis") ?? "";
    await bed.issuer.context.handles.settled();
    const { body } = await bed.call("post", "/diagnoses/read", {
      body: { handle },
    });
    assert.equal(body.clientId, "caller");
    assert.equal(body.diagnosis.outcome, "rejected");
    const diagnosis = async (
      clientId: string,
      text: string,
    ): Promise<Response> =>
      bed.issuer.fetch(
        new Request(`${ISSUER}/diagnosis`, {
          method: "POST",
          headers: {
            "content-type": "application/x-www-form-urlencoded",
            authorization: basic(clientId, text),
          },
          body: new URLSearchParams({ handle }).toString(),
        }),
      );
    const own = await diagnosis("caller", secret);
    assert.equal(own.status, 200);
    const read = (await own.json()) as typeof body;
    assert.deepEqual([read.code, read.who], [body.code, null]);
    const other = await bed.addSecret(await bed.put({ clientId: "other" }));
    assert.equal((await diagnosis("other", other)).status, 400);
    assert.equal((await diagnosis("caller", other)).status, 401);
    const events = (await bed.events()).filter(
      ({ event }) => event === "diagnosis.read",
    );
    assert.equal(events.length, 2);
    assert.equal(
      (
        await bed.refused("post", "/diagnoses/read", {
          body: { handle: "0".repeat(22) },
        })
      ).problem.status,
      404,
    );
  });
});
