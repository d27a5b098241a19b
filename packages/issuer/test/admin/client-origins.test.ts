import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openAdminBed, type AdminBed } from "./admin-bed.ts";
import { ISSUER } from "../client-bed.ts";

describe("origins of clients by the admin API", () => {
  let bed: AdminBed;
  before(async () => {
    bed = await openAdminBed();
  });
  after(() => bed.close());

  it("lets pages of a new origin read from the next request on, and of a disabled client no more", async () => {
    const origin = "https://spa.example";
    const allowed = async (): Promise<string | null> => {
      const answer = await bed.issuer.fetch(
        new Request(`${ISSUER}/token`, {
          method: "OPTIONS",
          headers: { origin },
        }),
      );
      return answer.headers.get("access-control-allow-origin");
    };
    assert.equal(await allowed(), null);
    await bed.call("post", "/clients", {
      body: {
        clientId: "spa",
        authentication: "none",
        redirectUris: [`${origin}/back`],
        origins: [origin],
      },
    });
    assert.equal(await allowed(), origin);
    await bed.call("post", "/clients/{clientId}/disable", {
      params: { clientId: "spa" },
    });
    assert.equal(await allowed(), null);
  });
});
