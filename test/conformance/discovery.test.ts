/** Modules about the server's metadata. Each test has its module's name. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import * as jose from "jose";
import { openBed, type Bed } from "./bed.ts";

let bed: Bed;
before(async () => {
  bed = await openBed();
});
after(async () => bed.close());

const listOf = (
  metadata: Readonly<Record<string, unknown>>,
  name: string,
): readonly unknown[] => {
  const list = metadata[name];
  assert.ok(Array.isArray(list) && list.length > 0, name);
  assert.equal(new Set(list).size, list.length, `${name} says nothing twice`);
  return list;
};

const includes = (
  metadata: Readonly<Record<string, unknown>>,
  name: string,
  expected: readonly string[],
): void => {
  const list = listOf(metadata, name);
  for (const value of expected) assert.ok(list.includes(value), value);
};

it("oidcc-discovery-endpoint-verification", async () => {
  const metadata = await bed.metadata();
  assert.equal(metadata["issuer"], bed.running.url);
  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"])
    assert.ok(String(metadata[name]).startsWith(`${bed.running.url}/`), name);
  includes(metadata, "scopes_supported", ["openid"]);
  includes(metadata, "response_types_supported", ["code"]);
  includes(metadata, "grant_types_supported", ["authorization_code"]);
  includes(metadata, "subject_types_supported", ["public"]);
  includes(metadata, "claims_supported", ["sub", "iss", "auth_time"]);
  includes(metadata, "token_endpoint_auth_methods_supported", [
    "client_secret_basic",
    "client_secret_post",
  ]);
  assert.ok(
    !listOf(metadata, "id_token_signing_alg_values_supported").includes("none"),
  );
  // Left out, request_uri_parameter_supported would mean true (OpenID Connect Discovery section 3).
  assert.equal(metadata["request_uri_parameter_supported"], false);

  const found = await fetch(String(metadata["jwks_uri"]));
  const { keys } = (await found.json()) as jose.JSONWebKeySet;
  assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length);
  for (const key of keys) {
    assert.equal(Object.hasOwn(key, "d"), false, "no private key");
    assert.equal(key.use, "sig");
    await jose.importJWK(key, key.alg);
  }
});

it("fapi2-security-profile-final-discovery-end-point-verification", async () => {
  const metadata = await bed.metadata();
  assert.deepEqual(metadata["response_types_supported"], ["code"]);
  assert.deepEqual(metadata["code_challenge_methods_supported"], ["S256"]);
  assert.equal(
    metadata["authorization_response_iss_parameter_supported"],
    true,
  );
  includes(metadata, "grant_types_supported", ["authorization_code"]);
  includes(metadata, "token_endpoint_auth_methods_supported", [
    "private_key_jwt",
  ]);
  const allowed = ["PS256", "ES256", "EdDSA"];
  for (const name of [
    "token_endpoint_auth_signing_alg_values_supported",
    "dpop_signing_alg_values_supported",
    "id_token_signing_alg_values_supported",
  ])
    assert.ok(
      listOf(metadata, name).some((alg) => allowed.includes(String(alg))),
      name,
    );
  for (const alg of listOf(metadata, "dpop_signing_alg_values_supported"))
    assert.ok(alg !== "none" && !String(alg).startsWith("HS"), String(alg));
});
