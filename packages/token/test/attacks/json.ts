/** Rows 26 to 30: what JSON can hold. */
import assert from "node:assert/strict";
import { growsLinearly } from "../../../../test/grows-linearly.ts";
import {
  accepted,
  claiming,
  compact,
  ec,
  es,
  good,
  refused,
  type Row,
} from "./forge.ts";

const mine = es(ec.privateKey);
const HEADER = { alg: "ES256", kid: "k" };
const claims = JSON.stringify(good());

export const rows: readonly Row[] = [
  {
    row: 26,
    name: "claims not an object",
    async run() {
      for (const payload of ["[]", '"x"', "1", "null", "true"])
        await refused(
          "format.payload",
          compact(HEADER, payload, mine),
          {},
          { problem: "not_object" },
        );
      for (const payload of [
        "{}x",
        claims.slice(0, -5),
        "{",
        "{'sub':1}",
        '{"a":1,}',
      ])
        await refused(
          "format.payload",
          compact(HEADER, payload, mine),
          {},
          { problem: "not_json" },
        );
      await refused(
        "format.payload",
        compact(HEADER, "", mine),
        {},
        { problem: "empty" },
      );
    },
  },
  {
    row: 27,
    name: "text encoding",
    async run() {
      const invalid = Buffer.from(claims.replace("someone", "some\u0001ne"));
      invalid[invalid.indexOf(1)] = 0xff;
      await refused(
        "format.payload",
        compact(HEADER, invalid, mine),
        {},
        { problem: "not_utf8" },
      );
      await refused(
        "format.payload",
        compact(HEADER, `\ufeff${claims}`, mine),
        {},
        { problem: "byte_order_mark" },
      );
      await refused(
        "format.header",
        compact(`\ufeff${JSON.stringify(HEADER)}`, good(), mine),
        {},
        { problem: "byte_order_mark" },
      );
      await refused(
        "format.payload",
        compact(HEADER, claims.replace("someone", "\\ud800"), mine),
        {},
        { problem: "lone_surrogate" },
      );
      await refused(
        "format.payload",
        compact(HEADER, claims.replace('"sub"', '"\\udc00"'), mine),
        {},
        { problem: "lone_surrogate" },
      );
      await refused(
        "format.header",
        compact('{"\u0430lg":"ES256"}', good(), mine),
        {},
        { problem: "member_missing", member: "alg" },
      );
      for (const text of ["some\u0000one", "\u202eenoemos", "\u{1f600}"])
        await accepted(claiming({ sub: text }), { claims: { sub: text } });
      const composed = "https://issu\u00e9r.example";
      const changes = { issuer: composed };
      await accepted(claiming({ iss: composed }), changes);
      await refused(
        "issuer.mismatch",
        claiming({ iss: composed.normalize("NFD") }),
        changes,
        { found: composed.normalize("NFD") },
      );
    },
  },
  {
    row: 28,
    name: "__proto__, constructor, toString as claims",
    async run() {
      for (const name of ["__proto__", "constructor", "toString"])
        await accepted(
          compact(HEADER, `{"${name}":{"admin":true},${claims.slice(1)}`, mine),
        );
      assert.equal(({} as { admin?: unknown }).admin, undefined);
      for (const word of [
        "constructor",
        "__proto__",
        "toString",
        "hasOwnProperty",
      ]) {
        await accepted(claiming({ type: word, token_use: word }));
        await refused(
          "format.type",
          compact({ ...HEADER, typ: word }, good(), mine),
          {},
          { found: "other" },
        );
      }
      await refused("audience.claim_missing", claiming({}), {
        requiredClaims: ["constructor"],
      });
      await refused("audience.claim_missing", claiming({}), {
        claims: { toString: 1 },
      });
    },
  },
  {
    row: 29,
    name: "very deep JSON",
    async run() {
      const wide = { maxLength: 20e6 };
      const refuseDeep = async (depth: number): Promise<void> => {
        const deep = "[".repeat(depth) + "]".repeat(depth);
        await refused(
          "format.too_large",
          compact(HEADER, `{"a":${deep},${claims.slice(1)}`, mine),
          wide,
          { what: "depth", limit: 64 },
        );
        await refused(
          "format.too_large",
          compact(`{"alg":"ES256","kid":"k","a":${deep}}`, good(), mine),
          wide,
          { what: "depth", limit: 64 },
        );
      };
      for (const depth of [65, 1000, 100_000, 5_000_000])
        await refuseDeep(depth);
      await growsLinearly(refuseDeep, 1_000_000);
      await accepted(
        compact(
          HEADER,
          `{"a":${"[".repeat(63)}${"]".repeat(63)},${claims.slice(1)}`,
          mine,
        ),
      );
      await refused(
        "format.too_large",
        compact(HEADER, `{"a":${"[".repeat(5e6)}`, mine),
        {},
        { what: "token", limit: 65_536 },
      );
    },
  },
  {
    row: 30,
    name: "very large token",
    async run() {
      const large = [
        claiming({ a: "x".repeat(10e6) }),
        compact({ ...HEADER, a: "x".repeat(1e6) }, good(), mine),
        compact({ ...HEADER, kid: "k".repeat(1e6) }, good(), mine),
        claiming({ aud: Array.from({ length: 1e6 }, () => "a") }),
      ];
      for (const text of large)
        await refused(
          "format.too_large",
          text,
          {},
          { what: "token", limit: 65_536, found: text.length },
        );
      await refused(
        "format.too_large",
        ".".repeat(70_000),
        {},
        { what: "token" },
      );
    },
  },
];
