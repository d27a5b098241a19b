/** A status list token is good for one uri, one moment and one kind; anything else leaves the status open. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deflateSync } from "node:zlib";
import {
  checkStatusListToken,
  generateKey,
  keySetOf,
  sign,
} from "@assay/token";

const listed = (bytes: Uint8Array): string =>
  deflateSync(bytes).toString("base64url");

describe("a status list token", async () => {
  const uri = "https://issuer.example/list";
  const now = 1_800_000_000;
  const key = await generateKey("ES256", { kid: "k" });
  const stranger = await generateKey("ES256", { kid: "k" });
  const good = {
    sub: uri,
    iat: now - 10,
    exp: now + 100,
    ttl: 60,
    status_list: { bits: 1, lst: listed(new Uint8Array(4)) },
  };
  const check = async (
    claims: object,
    {
      header = { typ: "statuslist+jwt" },
      by = key,
      ...rest
    }: {
      header?: Readonly<Record<string, unknown>>;
      by?: typeof key;
      issuer?: string;
    } = {},
  ) =>
    checkStatusListToken(await sign(claims, by, { header }), {
      uri,
      keys: keySetOf(key),
      now,
      ...rest,
    });
  const { exp: _exp, ttl: _ttl, ...lasting } = good;

  it("is taken with and without exp and ttl, and its typ in each spelling", async () => {
    const checked = await check(good);
    assert.ok("list" in checked, JSON.stringify(checked));
    assert.deepEqual(
      [checked.iat, checked.exp, checked.ttl],
      [now - 10, now + 100, 60],
    );
    const forEver = await check(lasting);
    assert.ok("list" in forEver);
    assert.deepEqual([forEver.exp, forEver.ttl], [null, null]);
    assert.ok(
      "list" in
        (await check(good, { header: { typ: "application/StatusList+JWT" } })),
    );
  });

  const bad: readonly [string, object, Parameters<typeof check>[1], string][] =
    [
      [
        "for another uri",
        { ...good, sub: `${uri}/2` },
        {},
        "the status list is for another uri",
      ],
      [
        "without sub",
        { ...good, sub: undefined },
        {},
        "the status list token was refused: audience.claim_missing",
      ],
      [
        "that has expired",
        { ...good, exp: now },
        {},
        "the status list has expired",
      ],
      [
        "of tomorrow",
        { ...good, iat: now + 86400 },
        {},
        "the status list token was refused: expiration.issued_in_future",
      ],
      [
        "without iat",
        { ...good, iat: undefined },
        {},
        "the status list token was refused: audience.claim_missing",
      ],
      [
        "without a list",
        { ...good, status_list: undefined },
        {},
        "the status list token was refused: audience.claim_missing",
      ],
      [
        "with a negative ttl",
        { ...good, ttl: -1 },
        {},
        "ttl is not a number above 0",
      ],
      [
        "with ttl as text",
        { ...good, ttl: "60" },
        {},
        "ttl is not a number above 0",
      ],
      [
        "of a stranger",
        good,
        { by: stranger },
        "the status list token was refused: signature.mismatch",
      ],
      [
        "of another issuer",
        { ...good, iss: "https://other.example" },
        { issuer: "https://issuer.example" },
        "the status list token was refused: issuer.mismatch",
      ],
      [
        "that is an access token",
        good,
        { header: { typ: "at+jwt" } },
        "typ is not statuslist+jwt",
      ],
      [
        "without typ",
        good,
        { header: { typ: undefined } },
        "typ is not statuslist+jwt",
      ],
      [
        "with bits 3",
        { ...good, status_list: { bits: 3, lst: good.status_list.lst } },
        {},
        "bits is none of 1, 2, 4, 8",
      ],
    ];
  for (const [name, claims, options, problem] of bad) {
    it(`${name} leaves the status open`, async () => {
      assert.deepEqual(await check(claims, options), {
        findings: [
          {
            reason: "revocation.unavailable",
            evidence: { source: uri, problem },
          },
        ],
      });
    });
  }

  it("that is none leaves the status open", async () => {
    for (const text of ["", "valid", "a.b.c", "<html></html>"]) {
      const checked = await checkStatusListToken(text, {
        uri,
        keys: keySetOf(key),
        now,
      });
      assert.ok(
        "findings" in checked &&
          checked.findings[0]?.reason === "revocation.unavailable",
      );
    }
  });

  it("whose keys cannot be had leaves the status open", async () => {
    const checked = await checkStatusListToken(
      await sign(good, key, { header: { typ: "statuslist+jwt" } }),
      {
        uri,
        keys: {
          lookup: () => ({ unavailable: "HTTP status 500", source: null }),
        },
        now,
      },
    );
    assert.ok("findings" in checked);
    assert.deepEqual(checked.findings[0]?.evidence, {
      source: uri,
      problem:
        "the status list token was left undecided: signature.keys_unavailable",
    });
  });
});
