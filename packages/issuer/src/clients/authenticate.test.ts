/** Client authentication without assertions: each method, two at once, secrets and what becomes of them on the way. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  basic,
  openClientBed,
  post,
  rawBasic,
  START,
  type ClientBed,
} from "../../test/client-bed.ts";
import {
  authenticateAtTokenEndpoint,
  expectRefusal,
  type Expected,
} from "../../test/client-refusal.ts";
import type { AuthenticatedClient } from "./authenticate.ts";
import type { AuthenticationMethod, Client } from "./client.ts";

const ADDRESS = "https://client.example:8443/app?id=1+1";

let bed: ClientBed;
const secrets = new Map<string, string>();
const secretOf = (clientId: string): string => secrets.get(clientId) ?? "";

before(async () => {
  bed = await openClientBed();
  const add = async (
    clientId: string,
    authentication: AuthenticationMethod,
    more: Partial<Client> = {},
  ): Promise<void> => {
    const client = await bed.put({ clientId, authentication, ...more });
    if (authentication.startsWith("client_secret"))
      secrets.set(clientId, await bed.addSecret(client));
  };
  await add("public", "none");
  await add("gone-public", "none", { disabledAt: START });
  await add("basic", "client_secret_basic");
  await add("post", "client_secret_post");
  await add("hmac", "client_secret_jwt");
  await add("key", "private_key_jwt");
  await add("gone", "client_secret_basic", { disabledAt: START });
  await add("later", "client_secret_basic", { disabledAt: START + 1 });
  await add(ADDRESS, "client_secret_basic");
  await add("100% + ä:", "client_secret_basic");
});
after(() => bed.close());

const authenticate = async (request: Request): Promise<AuthenticatedClient> =>
  authenticateAtTokenEndpoint(bed, request);
const refused = async (request: Request, expected: Expected): Promise<void> =>
  expectRefusal(bed, request, expected, [...secrets.values()]);

describe("client authentication", () => {
  it("takes a public client by its id, and says that it is not authenticated", async () => {
    const { client, method, authenticated } = await authenticate(
      post({ client_id: "public" }),
    );
    assert.deepEqual(
      [client.clientId, method, authenticated],
      ["public", "none", false],
    );
  });

  it("takes the secret in the header or in the form, as the client is registered", async () => {
    for (const [clientId, request] of [
      ["basic", post({}, { authorization: basic("basic", secretOf("basic")) })],
      ["post", post({ client_id: "post", client_secret: secretOf("post") })],
    ] as const) {
      const { client, method, authenticated } = await authenticate(request);
      assert.deepEqual(
        [client.clientId, method, authenticated],
        [clientId, `client_secret_${clientId}`, true],
      );
    }
  });

  it("decodes id and secret of the header as a form does", async () => {
    for (const clientId of [ADDRESS, "100% + ä:"]) {
      const header = basic(clientId, secretOf(clientId));
      if (clientId === ADDRESS) {
        const found = await authenticate(post({}, { authorization: header }));
        assert.equal(found.client.clientId, clientId);
      } else
        // No id by RFC 6749 appendix A.1: not even looked for.
        await refused(post({}, { authorization: header }), {
          basic: true,
          cause: "oauth.client_unknown",
        });
    }
  });

  it("takes the scheme in any case, several blanks, and the id in the form beside it", async () => {
    const header = basic("basic", secretOf("basic"));
    for (const authorization of [
      header.replace("Basic", "bAsIc"),
      header.replace("Basic ", "BASIC  "),
    ])
      assert.ok(
        (await authenticate(post({ client_id: "basic" }, { authorization })))
          .authenticated,
      );
    await refused(post({ client_id: "post" }, { authorization: header }), {
      code: "invalid_request",
      message: /not the client of the Authorization header/,
      cause: "oauth.client_authentication_method",
    });
  });

  it("refuses two ways at once, even where each would do", async () => {
    const header = { authorization: basic("basic", secretOf("basic")) };
    const assertion = {
      client_assertion: "e30.e30.e30",
      client_assertion_type:
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    };
    const secret = { client_id: "basic", client_secret: secretOf("basic") };
    for (const request of [
      post(secret, header),
      post(assertion, header),
      post({ ...secret, ...assertion }),
      post(secret, { authorization: "Bearer x" }),
    ])
      await refused(request, {
        code: "invalid_request",
        message: /^More than one way of client authentication: [\w ]+ and \w+/,
        cause: "oauth.client_authentication_method",
      });
  });

  it("refuses a client that shows nothing", async () => {
    await refused(post({ grant_type: "x" }), {
      message: "Client authentication is missing.",
      cause: "oauth.client_authentication_method",
    });
    await refused(post({ client_secret: "x" }), {
      code: "invalid_request",
      message: "The parameter client_id is missing.",
      cause: "oauth.request_format",
    });
  });

  it("says no more of an unknown client than of a wrong secret, a wrong way or a disabled client", async () => {
    const header = (id: string): Request =>
      post({}, { authorization: basic(id, "wrong") });
    const body = (id: string): Request =>
      post({ client_id: id, client_secret: "wrong" });
    await refused(header("nobody"), {
      basic: true,
      cause: "oauth.client_unknown",
    });
    await refused(header("basic"), {
      basic: true,
      cause: "oauth.client_secret_wrong",
      facts: { how: "other", length: 5, form: "foreign" },
    });
    await refused(header("gone"), {
      basic: true,
      cause: "oauth.client_secret_wrong",
    });
    await refused(body("nobody"), { cause: "oauth.client_unknown" });
    for (const id of ["public", "basic", "hmac", "key"])
      await refused(body(id), {
        cause: "oauth.client_authentication_method",
        facts: { used: "client_secret_post" },
      });
    for (const id of ["basic", "post", "hmac", "key"])
      await refused(post({ client_id: id }), {
        cause: "oauth.client_authentication_method",
        facts: { used: "none" },
      });
    await refused(post({ client_id: "gone-public" }), {
      cause: "revoked.by_administrator",
    });
    await refused(post({ client_id: "nobody" }), {
      cause: "oauth.client_unknown",
    });
  });

  it("tells a client that has shown its secret in another way, which one it is registered for", async () => {
    await refused(
      post({ client_id: "basic", client_secret: secretOf("basic") }),
      {
        message:
          "This client is registered for client_secret_basic, not for client_secret_post.",
        cause: "oauth.client_authentication_method",
      },
    );
    await refused(
      post({}, { authorization: basic("post", secretOf("post")) }),
      {
        basic: true,
        message: /registered for client_secret_post/,
        cause: "oauth.client_authentication_method",
      },
    );
  });

  it("refuses a disabled client that has shown its secret as no longer valid, from that moment on", async () => {
    await refused(
      post({}, { authorization: basic("gone", secretOf("gone")) }),
      {
        basic: true,
        message: "The client is no longer valid.",
        cause: "revoked.by_administrator",
      },
    );
    const request = (): Request =>
      post({}, { authorization: basic("later", secretOf("later")) });
    assert.ok((await authenticate(request())).authenticated);
    bed.now = START + 1;
    await refused(request(), {
      basic: true,
      message: "The client is no longer valid.",
      cause: "revoked.by_administrator",
    });
    bed.now = START;
  });

  it("refuses an Authorization header that is no pair of credentials, and says what it wants", async () => {
    for (const authorization of [
      "Basic",
      "Basic ",
      "Basic !!!",
      rawBasic("no colon"),
      `${basic("basic", "a")}, ${basic("basic", "b")}`,
      `Basic ${Buffer.from([0xff, 0x3a, 0x61]).toString("base64")}`,
    ])
      await refused(post({}, { authorization }), {
        basic: true,
        message: /^The Authorization header must be Basic/,
        cause: "oauth.request_format",
        facts: { how: "credentials_form" },
      });
    for (const authorization of ["Bearer abc", "Basically x", "DPoP x"])
      await refused(post({}, { authorization }), {
        basic: true,
        message: /must have the scheme Basic/,
        cause: "oauth.client_authentication_method",
      });
  });

  it("sees what clients do to id and secret before they send them", async () => {
    const secret = secretOf("basic");
    const inHeader = (raw: string): Request =>
      post({}, { authorization: rawBasic(raw) });
    await refused(inHeader(`${ADDRESS}:${secretOf(ADDRESS)}`), {
      basic: true,
      cause: "oauth.client_secret_encoding",
      facts: { part: "id", place: "header", how: "not_encoded" },
    });
    await refused(
      inHeader(`basic:${Buffer.from(secret).toString("base64url")}`),
      {
        basic: true,
        cause: "oauth.client_secret_encoding",
        facts: { part: "secret", place: "header", how: "base64_twice" },
      },
    );
    await refused(inHeader(`basic:${secret}%0A`), {
      basic: true,
      cause: "oauth.client_secret_wrong",
      facts: { how: "blanks" },
    });
    await refused(inHeader("basic:"), {
      basic: true,
      cause: "oauth.client_secret_wrong",
      facts: { how: "empty" },
    });
    await refused(inHeader(`basic:${secret.slice(0, -1)}`), {
      basic: true,
      cause: "oauth.client_secret_wrong",
      facts: { how: "other", form: "damaged" },
    });
    await refused(inHeader(`basic:${secretOf("post")}`), {
      basic: true,
      cause: "oauth.client_secret_wrong",
      facts: { how: "other", form: "ours" },
    });
    await refused(inHeader("basic:100%"), {
      basic: true,
      cause: "oauth.client_secret_wrong",
    });
    await refused(
      post({ client_id: "post", client_secret: `${secretOf("post")} ` }),
      { cause: "oauth.client_secret_wrong", facts: { how: "blanks" } },
    );
  });

  it("does not look for an id that no database can hold", async () => {
    for (const id of ["a\u0001b", "ä", "x".repeat(4000)])
      await refused(post({ client_id: id }), { cause: "oauth.client_unknown" });
    await refused(post({}, { authorization: rawBasic("a%00b:c") }), {
      basic: true,
      cause: "oauth.client_unknown",
    });
  });
});
