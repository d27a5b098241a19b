import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aClient } from "../../test/a-client.ts";
import { aResource } from "../../test/a-resource.ts";
import type { ClaimsHook } from "../issuer-options.ts";
import type { AccessTokenRequest } from "./access-token.ts";
import { claimsFor, hookedClaims, NO_CLAIMS } from "./resource-claims.ts";

const request: AccessTokenRequest = {
  client: aClient({ clientId: "shop", name: "Shop" }),
  resource: aResource({
    resource: "https://api.example",
    claims: { shop: "client_name", iss: "client_name" },
  }),
  scopes: ["read"],
  subject: "anna",
  grant: null,
  familyId: null,
  jkt: null,
};

describe("claims of a resource", () => {
  it("come from its mapping, and never in the place of what the server sets", () => {
    assert.deepEqual(claimsFor(request, NO_CLAIMS), { shop: "Shop" });
  });

  it("come from the operator's hook, which may answer at once, later, or with nothing", async () => {
    const hooks: readonly ClaimsHook[] = [
      ({ subject }) => ({ tenant: subject }),
      async ({ subject }) => ({ tenant: subject }),
    ];
    for (const hook of hooks)
      assert.deepEqual(claimsFor(request, await hookedClaims(hook, request)), {
        shop: "Shop",
        tenant: "anna",
      });
    const nothing = (() => undefined) as unknown as ClaimsHook;
    assert.deepEqual(await hookedClaims(nothing, request), {});
  });

  it("are refused where the hook sets what the server sets itself", async () => {
    await assert.rejects(
      hookedClaims(() => ({ exp: 1 }), request),
      {
        name: "TypeError",
        message: /the claims hook set exp/,
      },
    );
  });
});
