/** Rows 20 to 25: what a token looks like before anybody looks at its key. */
import assert from "node:assert/strict";
import {
  accepted,
  base64url,
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
const token = compact(HEADER, good(), mine);
const segments = token.split(".") as [string, string, string];

export const rows: readonly Row[] = [
  {
    row: 20,
    name: "duplicate header names",
    async run() {
      for (const header of [
        '{"alg":"none","alg":"ES256"}',
        '{"alg":"ES256","alg":"none"}',
        '{"alg":"none","\\u0061lg":"ES256"}',
        '{"alg":"ES256","x":{"alg":1,"alg":2}}',
        '{"alg":"ES256","alg":"ES256"}',
      ]) {
        await refused(
          "format.header",
          compact(header, good(), mine),
          {},
          { problem: "duplicate_member", member: "alg" },
        );
      }
      await refused(
        "format.header",
        compact('{"alg":"ES256","__proto__":1,"__proto__":2}', good(), mine),
        {},
        { problem: "duplicate_member", member: "__proto__" },
      );
    },
  },
  {
    row: 21,
    name: "duplicate claim names",
    async run() {
      for (const twice of [
        '{"sub":"u1","sub":"admin",',
        '{"sub":"u1","s\\u0075b":"admin",',
        '{"roles":[{"sub":1,"sub":2}],',
      ]) {
        await refused(
          "format.payload",
          compact(
            HEADER,
            twice + claims.slice(1).replace('"sub"', '"other"'),
            mine,
          ),
          {},
          { problem: "duplicate_member", member: "sub" },
        );
      }
    },
  },
  {
    row: 22,
    name: "crit abuse",
    async run() {
      const abuses: readonly (readonly [unknown, string])[] = [
        [[], "empty"],
        ["b64", "not_array"],
        [null, "not_array"],
        [{}, "not_array"],
        [[1], "not_string"],
        [["nope"], "not_understood"],
        [["alg"], "registered"],
        [["b64", "b64"], "repeated"],
        [["b64"], "absent"],
        [["__proto__"], "not_understood"],
      ];
      for (const [crit, problem] of abuses) {
        const b64 = problem === "repeated" ? { b64: true } : {};
        await refused(
          "format.critical",
          compact({ ...HEADER, crit, ...b64 }, good(), mine),
          {},
          { problem },
        );
      }
      await refused(
        "format.critical",
        compact({ ...HEADER, crit: ["nope"], nope: 1 }, good(), mine),
      );
    },
  },
  {
    row: 23,
    name: "unencoded payload in a JWT",
    async run() {
      await refused(
        "format.critical",
        compact({ ...HEADER, b64: false, crit: ["b64"] }, good(), mine),
        {},
        { member: "b64" },
      );
      await refused(
        "format.critical",
        compact({ ...HEADER, b64: false }, good(), mine),
        {},
        { member: "b64" },
      );
      const raw = `${base64url(JSON.stringify({ ...HEADER, b64: false, crit: ["b64"] }))}.${claims.replaceAll(".", "")}`;
      await refused(
        "format.encoding",
        `${raw}.${base64url(mine(raw))}`,
        {},
        { segment: "payload", position: 0 },
      );
      await accepted(
        compact({ ...HEADER, b64: true, crit: ["b64"] }, good(), mine),
      );
    },
  },
  {
    row: 24,
    name: "base64url that is not canonical",
    async run() {
      for (const [i, segment] of (
        ["header", "payload", "signature"] as const
      ).entries()) {
        const change = (text: string): string =>
          segments.with(i, text).join(".");
        const own = segments[i] as string;
        const middle = Math.floor(own.length / 2);
        for (const character of [
          "=",
          " ",
          "\n",
          "\r\n",
          "\t",
          "+",
          "/",
          "?",
          "#",
          "%",
          "\u0141",
          "\u{1f600}",
        ]) {
          await refused(
            "format.encoding",
            change(own.slice(0, middle) + character + own.slice(middle)),
            {},
            { segment, position: middle },
          );
        }
        await refused(
          "format.encoding",
          change(`${own}=`),
          {},
          { segment, position: own.length, problem: "padding" },
        );
        await refused(
          "format.encoding",
          change(`${own}==`),
          {},
          { segment, position: own.length, problem: "padding" },
        );
      }
      // The last letter of 86 holds four bits of the signature and two that must be zero.
      const letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      const last = letters.indexOf(segments[2].slice(-1));
      const stray = segments[2].slice(0, -1) + letters[last + 1];
      assert.deepEqual(
        Buffer.from(stray, "base64url"),
        Buffer.from(segments[2], "base64url"),
      );
      await refused(
        "format.encoding",
        segments.with(2, stray).join("."),
        {},
        { segment: "signature", position: 85, problem: "trailing_bits" },
      );
      await refused(
        "format.encoding",
        segments.with(2, `${segments[2]}AAA`).join("."),
        {},
        { problem: "length" },
      );
      for (const around of [" ", "\n", "\t", "\u00a0"]) {
        await refused(
          "format.encoding",
          around + token,
          {},
          { segment: "header", position: 0 },
        );
        await refused(
          "format.encoding",
          token + around,
          {},
          { segment: "signature", position: 86 },
        );
      }
    },
  },
  {
    row: 25,
    name: "not a compact JWS",
    async run() {
      await refused("format.not_jwt", segments[0], {}, { dots: 0 });
      for (const [dots, found] of [
        [1, 2],
        [3, 4],
        [5, 6],
        [1000, 1000],
      ])
        await refused(
          "format.segments",
          "e30" + ".e30".repeat(dots as number),
          {},
          { found },
        );
      const json = JSON.stringify({
        protected: segments[0],
        payload: segments[1],
        signature: segments[2],
      });
      await refused("format.not_jwt", json, {}, { looksLike: "JSON document" });
      for (const text of [
        "null",
        "undefined",
        "[object Object]",
        "<!doctype html><html></html>",
      ])
        await refused("format.not_jwt", text);
      for (const text of ["", " ", "\n"]) await refused("format.empty", text);
      await refused("format.header", "..", {}, { problem: "empty" });
      for (const value of [
        undefined,
        null,
        {},
        [],
        { token: undefined },
        { token: null },
        { request: {} },
      ])
        await refused("request.token_missing", value as never);
      for (const value of [
        7,
        true,
        { token: 7 },
        { token: {} },
        { token: [token] },
      ])
        await refused("format.not_jwt", value as never);
    },
  },
];
