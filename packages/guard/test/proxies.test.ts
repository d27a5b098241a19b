/** Whose word counts for where a request came from, and for the certificate that its sender showed (RFC 9440). */
import assert from "node:assert/strict";
import { BlockList, isIPv4 } from "node:net";
import { test } from "node:test";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { createGuard } from "@assay/guard";
import { addressBytes, AddressRanges } from "../src/addresses.ts";
import { bearer, openDoor } from "./door.ts";

const DER = Buffer.from("any bytes stand for a certificate here");
const CLIENT_CERT = `:${DER.toString("base64")}:`;
const THUMBPRINT = createHash("sha256").update(DER).digest("base64url");
const BOUND = { claims: { cnf: { "x5t#S256": THUMBPRINT } } };

test("a certificate in Client-Cert counts from a named proxy, and from nobody else", async () => {
  for (const [proxies, status] of [
    [["127.0.0.1"], 200],
    [["192.0.2.1"], 401],
    [[], 401],
  ] as const) {
    await using door = await openDoor({ certificate: {}, proxies });
    const token = await door.issuer.mint(BOUND);
    const answer = await door.get({
      ...bearer(token),
      "client-cert": CLIENT_CERT,
    });
    assert.equal(answer.status, status);
  }
});

test("another certificate, a damaged one, two of them, and none are refused", async () => {
  await using door = await openDoor({
    certificate: {},
    proxies: ["127.0.0.1"],
  });
  const token = await door.issuer.mint(BOUND);
  const other = `:${Buffer.from("another").toString("base64")}:`;
  const headers: readonly (string | string[])[] = [
    other,
    DER.toString("base64"),
    ":***:",
    "::",
    "",
    [CLIENT_CERT, CLIENT_CERT],
  ];
  for (const value of headers)
    assert.equal(
      (await door.get({ ...bearer(token), "client-cert": value })).status,
      401,
      String(value),
    );
  assert.equal((await door.get(bearer(token))).status, 401);
});

test("where a certificate is required, a token that is bound to none is refused", async () => {
  await using door = await openDoor({
    certificate: { required: true, header: "x-cert" },
    proxies: ["127.0.0.1"],
  });
  assert.equal(
    (
      await door.get({
        ...bearer(await door.issuer.mint()),
        "x-cert": CLIENT_CERT,
      })
    ).status,
    401,
  );
  assert.equal(
    (
      await door.get({
        ...bearer(await door.issuer.mint(BOUND)),
        "x-cert": CLIENT_CERT,
      })
    ).status,
    200,
  );
});

test("the event names the last address that no named proxy has", async () => {
  const sent = { "x-forwarded-for": "203.0.113.9, 198.51.100.7, 10.0.0.3" };
  for (const [proxies, ip] of [
    [["127.0.0.0/8", "10.0.0.0/8"], "198.51.100.7"],
    [["127.0.0.0/8"], "10.0.0.3"],
    [[], "127.0.0.1"],
  ] as const) {
    await using door = await openDoor({ proxies });
    await door.get(sent);
    assert.equal((await door.refusal()).where.ip, ip);
  }
});

test("an address that is none stops the search: no proxy of ours wrote it", async () => {
  await using door = await openDoor({ proxies: ["127.0.0.0/8"] });
  await door.get({ "x-forwarded-for": "198.51.100.7, unknown" });
  assert.equal((await door.refusal()).where.ip, "127.0.0.1");
});

test("a header that the owner named goes too", async () => {
  await using door = await openDoor({
    proxies: ["192.0.2.1"],
    identityHeaders: ["X-Tenant"],
  });
  const answer = await door.get({
    ...bearer(await door.issuer.mint()),
    "x-tenant": "other",
    "X-FORWARDED-HOST": "a",
  });
  const { headers } = answer.json() as { headers: Record<string, unknown> };
  assert.deepEqual(
    [headers["x-tenant"], headers["x-forwarded-host"]],
    [undefined, undefined],
  );
});

test("what is no address or range is refused when the guard is made", () => {
  for (const proxy of [
    "proxy.example",
    "10.0.0.0/33",
    "10.0.0.1/8/8",
    "010.0.0.1",
    "::1/129",
    "10.0.0.1/-1",
    "",
  ])
    assert.throws(
      () =>
        createGuard({
          issuers: "https://issuer.test",
          audience: null,
          proxies: [proxy],
        }),
      TypeError,
      proxy,
    );
});

const sameLength = (a: string, b: string): boolean => isIPv4(a) === isIPv4(b);
const isMapped = (one: string): boolean => addressBytes(one)?.length === 4;
const address = fc.oneof(fc.ipV4(), fc.ipV6());

test("ranges hold what the platform's own say that they hold", () => {
  fc.assert(
    fc.property(address, address, fc.nat(128), (base, asked, length) => {
      const bits = Math.min(length, isIPv4(base) ? 32 : 128);
      // Node takes every IPv4 address for an IPv6 one as well; here 10.0.0.1 is in no range of IPv6.
      fc.pre(
        sameLength(base, asked) &&
          (isIPv4(base) || (!isMapped(base) && !isMapped(asked))),
      );
      const family = (one: string): "ipv4" | "ipv6" =>
        isIPv4(one) ? "ipv4" : "ipv6";
      const theirs = new BlockList();
      theirs.addSubnet(base, bits, family(base));
      const ours = new AddressRanges([`${base}/${bits}`]);
      for (const one of [base, asked])
        assert.equal(
          ours.includes(one),
          theirs.check(one, family(one)),
          `${one} in ${base}/${bits}`,
        );
    }),
  );
});

test("an IPv4 address in the form of IPv6 is the same address", () => {
  assert.ok(new AddressRanges(["127.0.0.0/8"]).includes("::ffff:127.0.0.1"));
  const mapped = new AddressRanges(["::ffff:10.0.0.0/104"]);
  assert.ok(mapped.includes("10.1.2.3") && !mapped.includes("11.0.0.1"));
});
