/** Details in the answer: on this machine, without a proxy, outside production, and nowhere else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createGuard } from "@assay/guard";
import { createTestIssuer } from "@assay/guard/testing";
import { bearer, openDoor } from "./door.ts";

interface Details {
  readonly reason: string;
  readonly causes: readonly { readonly cause: string; readonly fix: string }[];
}

test("a developer on this machine reads reason, evidence, cause and fix", async () => {
  await using door = await openDoor({ development: true });
  const answer = await door.get(
    bearer(await door.issuer.mint({ flaw: "other_audience" })),
  );
  const { development } = answer.json() as { development: Details };
  assert.equal(development.reason, "audience.mismatch");
  assert.match(development.causes[0]?.cause ?? "", /^audience\./);
  assert.ok(development.causes[0]?.fix);
});

test("any header of a proxy, or a name that is not this machine, hides them", async () => {
  await using door = await openDoor({ development: true });
  const token = await door.issuer.mint({ flaw: "expired" });
  for (const name of [
    "x-forwarded-for",
    "forwarded",
    "via",
    "x-real-ip",
    "x-forwarded-proto",
    "x-original-uri",
  ])
    assert.equal(
      (await door.get({ ...bearer(token), [name]: "1" })).json()["development"],
      undefined,
      name,
    );
  assert.equal(
    (await door.get({ ...bearer(token), host: "rebound.example" })).json()[
      "development"
    ],
    undefined,
  );
  assert.ok(
    (await door.get({ ...bearer(token), host: "localhost:8080" })).json()[
      "development"
    ],
  );
});

test("a request from elsewhere, or from nobody knows where, hides them", async () => {
  const issuer = await createTestIssuer();
  const guard = createGuard({ ...issuer.options, development: true });
  const ask = async (remote?: string): Promise<unknown> => {
    const answer = await guard.check(
      new Request("http://localhost/", { headers: { host: "localhost" } }),
      { remote },
    );
    assert.ok(answer instanceof Response);
    return ((await answer.json()) as Record<string, unknown>)["development"];
  };
  assert.equal(await ask("192.0.2.7"), undefined);
  assert.equal(await ask(), undefined);
  assert.ok(await ask("::1"));
});

test("it does not start in production, nor behind a named proxy", async () => {
  const issuer = await createTestIssuer();
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    assert.throws(
      () => createGuard({ ...issuer.options, development: true }),
      /NODE_ENV=production/,
    );
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
  assert.throws(
    () =>
      createGuard({
        ...issuer.options,
        development: true,
        proxies: ["127.0.0.1"],
      }),
    /proxy/,
  );
});
