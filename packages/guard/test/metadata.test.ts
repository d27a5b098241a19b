/** Protected-resource metadata (RFC 9728 sections 2 and 3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { protectedResource } from "@assay/guard";

const issuers = ["https://issuer.test"];

test("stands between host and path, and says what a client needs", async () => {
  const resource = protectedResource({
    resource: "https://api.test/v1/",
    issuers,
    scopes: ["read"],
    dpop: "required",
    name: "Orders",
  });
  assert.equal(
    resource.url,
    "https://api.test/.well-known/oauth-protected-resource/v1",
  );
  const answer = resource.respond(new Request(resource.url));
  assert.ok(answer);
  assert.equal(answer.headers.get("content-type"), "application/json");
  const { dpop_signing_alg_values_supported: algorithms, ...document } =
    (await answer.json()) as Record<string, unknown>;
  assert.ok(
    (algorithms as string[]).includes("ES256") &&
      !(algorithms as string[]).includes("HS256"),
  );
  assert.deepEqual(document, {
    resource: "https://api.test/v1/",
    authorization_servers: issuers,
    scopes_supported: ["read"],
    bearer_methods_supported: ["header"],
    resource_name: "Orders",
    dpop_bound_access_tokens_required: true,
  });
});

test("answers for its own path alone, to GET and HEAD", () => {
  const resource = protectedResource({ resource: "https://api.test", issuers });
  assert.equal(resource.path, "/.well-known/oauth-protected-resource");
  assert.equal(
    resource.respond({ method: "HEAD", url: `${resource.path}?a` })?.status,
    200,
  );
  assert.equal(resource.respond({ method: "POST", url: resource.path }), null);
  assert.equal(resource.respond({ method: "GET", url: "/orders" }), null);
});

test("a resource that is no https URL is refused", () => {
  for (const resource of ["api", "http://api.test", "https://api.test/#a"])
    assert.throws(() => protectedResource({ resource, issuers }), TypeError);
});
