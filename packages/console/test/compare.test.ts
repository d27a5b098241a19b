/** Two tokens beside each other: what was lost, what is new, what changed. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  differences,
  type Difference,
  type Parts,
} from "../src/inspector/compare/differences.ts";
import { equal } from "../src/inspector/compare/equal.ts";
import { pairOf, tokenOf } from "./as-the-worker.ts";

const numRuns = Number(process.env["ASSAY_FUZZ_RUNS"] ?? 200);

/** Few values, so that they are often the same. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, 0, 1, "", "a", "a b", "b a", "__proto__"),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.dictionary(
    fc.constantFrom("a", "b", "exp", "0", "__proto__", "constructor"),
    tie("value"),
    { maxKeys: 4, noNullPrototype: true },
  ),
}));
const parts = fc.record({
  header: json.object,
  claims: json.object,
}) as fc.Arbitrary<Parts>;

/** The same value with its members in another order. */
const reordered = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one: unknown) =>
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).toReversed())
        : one,
    ),
  );

describe("two values", () => {
  it("are the same whatever the order of their members, and from either side", () => {
    fc.assert(
      fc.property(json.value, json.value, (a, b) => {
        assert.ok(equal(a, structuredClone(a)));
        assert.ok(equal(a, reordered(a)));
        assert.equal(equal(a, b), equal(b, a));
        // JSON in one order of members says the same.
        const sorted = (value: unknown): string =>
          JSON.stringify(value, (_, one: unknown) =>
            typeof one === "object" && one !== null && !Array.isArray(one)
              ? Object.entries(one).toSorted(([x], [y]) => (x < y ? -1 : 1))
              : one,
          );
        if (equal(a, b)) assert.equal(sorted(a), sorted(b));
      }),
      { numRuns },
    );
  });

  it("differ by the order of a list, by kind, and by one member", () => {
    for (const [a, b] of [
      [
        ["a", "b"],
        ["b", "a"],
      ],
      [["a"], { 0: "a" }],
      [[], {}],
      [{ a: 1 }, { a: 1, b: 1 }],
      [
        { a: 1, b: 1 },
        { a: 1, c: 1 },
      ],
      [{}, JSON.parse('{"__proto__":1}')],
      [{ toString: 1 }, {}],
      [1, "1"],
      [null, {}],
      [0, false],
      [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }],
    ] as const) {
      assert.equal(equal(a, b), false, JSON.stringify([a, b]));
      assert.equal(equal(b, a), false, JSON.stringify([b, a]));
    }
  });
});

describe("the differences", () => {
  const of = (first: object, second: object): readonly Difference[] =>
    differences({ header: {}, claims: first }, { header: {}, claims: second });
  const only = (first: object, second: object): Difference => {
    const [one, ...others] = of(first, second);
    assert.ok(one && others.length === 0);
    return one;
  };

  it("are told of header and claims, what was lost first and what is the same last", () => {
    assert.deepEqual(
      differences(
        {
          header: { alg: "RS256", kid: "1" },
          claims: { sub: "a", scope: "read write", iat: 1, roles: ["x"] },
        },
        {
          header: { alg: "RS256", kid: "2" },
          claims: { sub: "a", scope: "read", iat: 61, aud: "api" },
        },
      ).map(({ part, name, kind, lost, gained, bySeconds }) =>
        [part, name, kind, lost.join(), gained.join(), bySeconds].join(" "),
      ),
      [
        "claims roles lost   ",
        "header kid changed 1 2 ",
        "claims scope changed write  ",
        "claims iat changed   60",
        "claims aud added   ",
        "header alg same   ",
        "claims sub same   ",
      ],
    );
  });

  it("take a text with blanks for a list, and a list of anything but texts for none", () => {
    const { lost, gained } = only(
      { scope: "read  write admin" },
      { scope: ["read", "admin", "delete"] },
    );
    assert.deepEqual([lost, gained], [["write"], ["delete"]]);
    const mixed = only({ aud: ["a", 1] }, { aud: ["b", 1] });
    assert.deepEqual(
      [mixed.kind, mixed.lost, mixed.gained],
      ["changed", [], []],
    );
  });

  it("count seconds only between times", () => {
    assert.equal(only({ exp: 100 }, { exp: 40 }).bySeconds, -60);
    assert.equal(only({ level: 1 }, { level: 2 }).bySeconds, null);
    assert.equal(only({ exp: "1" }, { exp: 2 }).bySeconds, null);
  });

  it("know a member by its own name alone", () => {
    assert.equal(only({}, { constructor: 1 }).kind, "added");
    assert.equal(only({ toString: 1 }, {}).kind, "lost");
    assert.equal(
      only(JSON.parse('{"__proto__":1}') as object, {}).kind,
      "lost",
    );
    assert.equal(only({ a: null }, {}).kind, "lost");
  });

  it("tell every member once, and the other way round the other way round", () => {
    const key = ({ part, name }: Difference): string => `${part} ${name}`;
    const opposite = { lost: "added", added: "lost" } as const;
    fc.assert(
      fc.property(parts, parts, (first, second) => {
        const there = differences(first, second);
        const back = new Map(
          differences(second, first).map((one) => [key(one), one]),
        );
        const members = (["header", "claims"] as const).flatMap((part) =>
          [...Object.keys(first[part]), ...Object.keys(second[part])].map(
            (name) => `${part} ${name}`,
          ),
        );
        assert.deepEqual(
          there.map(key).toSorted(),
          [...new Set(members)].toSorted(),
        );
        assert.equal(back.size, there.length);
        for (const one of there) {
          const other = back.get(key(one));
          assert.ok(other);
          const { kind } = one;
          assert.equal(
            other.kind,
            kind === "lost" || kind === "added" ? opposite[kind] : kind,
          );
          assert.deepEqual(
            [other.lost, other.gained, other.first, other.second],
            [one.gained, one.lost, one.second, one.first],
          );
          assert.equal((other.bySeconds ?? 0) + (one.bySeconds ?? 0), 0);
        }
      }),
      { numRuns },
    );
  });

  it("are none between a token and itself", () => {
    fc.assert(
      fc.property(parts, (one) => {
        const same = reordered(one) as Parts;
        assert.ok(differences(one, same).every(({ kind }) => kind === "same"));
      }),
      { numRuns },
    );
  });
});

const token = (sub: string): string =>
  [{ alg: "HS256" }, { sub }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .concat("c2ln")
    .join(".");

describe("a pair of tokens", () => {
  const [old, fresh] = [token("old"), token("fresh")];

  it("is in an inquiry that knows the earlier token, or the one that the client has", () => {
    for (const name of ["previousToken", "clientToken"])
      assert.deepEqual(
        pairOf(JSON.stringify({ token: fresh, context: { [name]: old } })),
        { first: old, second: fresh },
      );
    const both = { previousToken: old, clientToken: token("other") };
    assert.equal(
      pairOf(JSON.stringify({ token: fresh, context: both })).first,
      old,
    );
  });

  it("is in an inquiry whose token came with a request", () => {
    const request = {
      method: "GET",
      url: "https://api.example.com/",
      headers: { Authorization: `Bearer ${fresh}` },
    };
    assert.deepEqual(
      pairOf(JSON.stringify({ request, context: { previousToken: old } })),
      { first: old, second: fresh },
    );
    assert.deepEqual(
      pairOf(JSON.stringify({ context: { previousToken: old } })),
      { first: old, second: "" },
    );
  });

  it("is not in anything else: it is the first, and the second is still to come", () => {
    for (const text of ["", fresh, `Authorization: Bearer ${fresh}`, "{}"])
      assert.deepEqual(pairOf(text), { first: text, second: "" });
  });
});

describe("a token that was pasted", () => {
  const one = token("alice");

  it("is read out of every form", () => {
    for (const text of [
      one,
      ` ${one}\n`,
      `Authorization: Bearer ${one}`,
      `curl -H 'authorization: DPoP ${one}' https://api.example.com/`,
      `GET / HTTP/1.1\nHost: api.example.com\nAuthorization: Bearer ${one}\n\n`,
      JSON.stringify({ token: one }),
      JSON.stringify({
        request: { headers: { Authorization: `Bearer ${one}` } },
      }),
      JSON.stringify({
        token: "damaged",
        request: {
          headers: { authorization: ["Basic eA==", `Bearer ${one}`] },
        },
      }),
    ])
      assert.deepEqual(
        tokenOf(text),
        {
          header: { alg: "HS256" },
          claims: { sub: "alice" },
          signature: "c2ln",
        },
        text,
      );
  });

  it("is none where nothing can be read", () => {
    for (const text of [
      "",
      "hello",
      "a.b.c",
      "{}",
      "Authorization: Basic eA==",
    ])
      assert.equal(tokenOf(text), null, text);
  });
});
