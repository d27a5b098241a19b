/** The metadata against the JSON schema that the conformance suite holds it to, from where `ASSAY_VECTORS` says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { publishedVectors } from "../../packages/token/test/published-vectors.ts";
import { openBed } from "./bed.ts";
import { faultsOf } from "./json-schema.ts";

if (publishedVectors !== null) {
  const folder = join(publishedVectors, "oidf-conformance");
  const read = (name: string): Readonly<Record<string, unknown>> =>
    JSON.parse(readFileSync(join(folder, name), "utf8")) as Readonly<
      Record<string, unknown>
    >;
  const schema = read("oauth_authorization_server_metadata.json");

  it("the published documents are judged as their names say", () => {
    for (const name of ["mock", "mock-full"])
      assert.deepEqual(
        faultsOf(
          read(`valid-oauth-authorization-server-metadata-${name}.json`),
          schema,
        ),
        [],
      );
    assert.deepEqual(
      faultsOf(
        read(
          "invalid-oauth-authorization-server-metadata-multiple-errors.json",
        ),
        schema,
      ).toSorted(),
      [
        "/code_challenge_methods_supported/1: number, not string",
        "/issuer: number, not string",
        "/pre-authorized_grant_anonymous_access_supported: string, not boolean",
        "/response_types_supported: string, not array",
        "/token_endpoint: no URI",
      ],
    );
  });

  it("this server's metadata has no fault", async () => {
    const bed = await openBed();
    try {
      assert.deepEqual(faultsOf(await bed.metadata(), schema), []);
    } finally {
      await bed.close();
    }
  });
}
