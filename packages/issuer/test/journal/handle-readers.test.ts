/** At the door: who reads what stands behind the handle of a refusal, and who does not. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { basic, ISSUER, post } from "../client-bed.ts";
import { openIssuerBed, type IssuerBed } from "../issuer-bed.ts";

let bed: IssuerBed;
const secrets = new Map<string, string>();
before(async () => {
  bed = await openIssuerBed();
  for (const clientId of ["robot", "other"])
    secrets.set(
      clientId,
      await bed.addSecret(
        await bed.put({ clientId, authentication: "client_secret_basic" }),
      ),
    );
  await bed.put({ clientId: "page", authentication: "none" });
});
after(() => bed.close());

const asking = (clientId: string, secret = secrets.get(clientId) ?? "") => ({
  authorization: basic(clientId, secret),
});

/** The handle of a request that is refused. */
async function handleOf(
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await bed.issuer.fetch(
    post({ grant_type: "client_credentials", scope: "no such scope" }, headers),
  );
  assert.ok(answer.status === 400 || answer.status === 401);
  await bed.issuer.context.handles.settled();
  return answer.headers.get("assay-diagnosis") ?? assert.fail();
}

const read = async (
  handle: string,
  headers: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly [status: number, error: unknown]> => {
  const answer = await bed.issuer.fetch(
    new Request(`${ISSUER}/diagnosis`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ handle, ...more }),
    }),
  );
  const body = (await answer.json()) as Readonly<Record<string, unknown>>;
  return [answer.status, body["error"]];
};

describe("a handle is read", () => {
  it("by the client that had shown who it is when it was refused, and by no other client", async () => {
    const handle = await handleOf(asking("robot"));
    assert.deepEqual(await read(handle, asking("robot")), [200, undefined]);
    assert.deepEqual(await read(handle, asking("other")), [
      400,
      "invalid_request",
    ]);
    assert.deepEqual(await read(handle, asking("robot", "wrong")), [
      401,
      "invalid_client",
    ]);
    assert.deepEqual(await read(handle, {}, { client_id: "page" }), [
      401,
      "invalid_client",
    ]);
    assert.deepEqual(await read(handle, {}, { client_id: "robot" }), [
      401,
      "invalid_client",
    ]);
  });

  it("by no client where the request had not shown whose it is: anybody could have sent it", async () => {
    const handle = await handleOf(asking("robot", "wrong"));
    for (const clientId of ["robot", "other"])
      assert.deepEqual(await read(handle, asking(clientId)), [
        400,
        "invalid_request",
      ]);
    const opened = await bed.issuer.context.handles.read(handle, {
      admin: true,
    });
    assert.equal(opened?.cause, "oauth.client_secret_wrong");
  });
});
