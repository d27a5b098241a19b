/** Status lists: the draft's vectors, and whatever is wrong with a list leaves the status open. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { deflateSync, deflateRawSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import {
  checkStatusListToken,
  decodeStatusList,
  judgeStatus,
  keySet,
  readStatus,
  statusReference,
  type Jwk,
  type StatusList,
} from "@assay/token";
import { publishedVectors } from "./published-vectors.ts";

const listed = (bytes: Uint8Array): string =>
  deflateSync(bytes).toString("base64url");
const unpack = async (
  statusList: unknown,
  maxBytes?: number,
): Promise<StatusList> => {
  const list = await decodeStatusList(statusList, maxBytes);
  assert.ok(!("unavailable" in list), JSON.stringify(list));
  return list;
};

if (publishedVectors !== null) {
  interface Vector {
    readonly id: string;
    readonly kind: string;
    readonly status_list?: { readonly bits: number; readonly lst: string };
    readonly expected?: readonly (readonly [number, number])[];
    readonly key?: Jwk;
    readonly token?: string;
  }
  const { cases } = JSON.parse(
    readFileSync(
      join(publishedVectors, "rfc-examples/token-status-list.json"),
      "utf8",
    ),
  ) as { cases: readonly Vector[] };
  describe("the vectors of draft-ietf-oauth-status-list", () => {
    for (const vector of cases.filter(({ kind }) => kind === "status-list")) {
      it(vector.id, async () => {
        const list = await unpack(vector.status_list);
        const expected = new Map(vector.expected);
        assert.ok(expected.size > 0);
        for (let i = 0; i < (list.bytes.length * 8) / list.bits; i++)
          assert.equal(readStatus(list, i), expected.get(i) ?? 0, `index ${i}`);
      });
    }
    for (const vector of cases.filter(
      ({ kind }) => kind === "status-list-token",
    )) {
      it(vector.id, async () => {
        const keys = keySet({ keys: [vector.key as Jwk] });
        const checked = await checkStatusListToken(vector.token as string, {
          uri: "https://example.com/statuslists/1",
          keys,
          now: 1_686_920_171,
        });
        assert.ok("list" in checked, JSON.stringify(checked));
        assert.deepEqual(
          [
            checked.ttl,
            checked.exp,
            readStatus(checked.list, 0),
            readStatus(checked.list, 1),
          ],
          [43200, 2291720170, 1, 0],
        );
      });
    }
  });
}

describe("a status list", () => {
  it("gives back each status that was packed into it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 2, 4, 8),
        fc.uint8Array({ minLength: 1, maxLength: 3000 }),
        async (bits, bytes) => {
          const list = await unpack({ bits, lst: listed(bytes) });
          // All bits in a row, the least significant of each byte first.
          const row = [...bytes].flatMap((byte) =>
            Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1),
          );
          for (let i = 0; i < row.length / bits; i++) {
            const due = row
              .slice(i * bits, (i + 1) * bits)
              .reduceRight((value, bit) => value * 2 + bit, 0);
            assert.equal(readStatus(list, i), due);
          }
          assert.ok(
            typeof readStatus(list, (bytes.length * 8) / bits) === "object",
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("says nothing of an index that it does not have", async () => {
    const list = await unpack({ bits: 2, lst: listed(new Uint8Array(3)) });
    for (const index of [
      12,
      -1,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 53,
      "0" as never,
      null as never,
      -0.5,
    ]) {
      assert.deepEqual(readStatus(list, index), {
        unavailable: "the index is not in the list of 12 statuses",
      });
    }
    assert.equal(readStatus(list, 11), 0);
  });

  const zeros = listed(new Uint8Array(8));
  const bad: readonly [string, unknown, RegExp][] = [
    ["null", null, /not an object/],
    ["an array", [1], /not an object/],
    ["bits 3", { bits: 3, lst: zeros }, /^bits is none of 1, 2, 4, 8$/],
    ["bits 0", { bits: 0, lst: zeros }, /bits/],
    ["bits 16", { bits: 16, lst: zeros }, /bits/],
    ["bits as text", { bits: "1", lst: zeros }, /bits/],
    ["no bits", { lst: zeros }, /bits/],
    ["no lst", { bits: 1 }, /^lst is not base64url without padding$/],
    ["lst with padding", { bits: 1, lst: `${zeros}==` }, /base64url/],
    ["lst that is empty", { bits: 1, lst: "" }, /^lst is not a ZLIB stream$/],
    ["lst that is not compressed", { bits: 1, lst: "AAAA" }, /ZLIB/],
    [
      "lst in gzip",
      { bits: 1, lst: gzipSync(new Uint8Array(8)).toString("base64url") },
      /ZLIB/,
    ],
    [
      "lst as bare DEFLATE",
      { bits: 1, lst: deflateRawSync(new Uint8Array(8)).toString("base64url") },
      /ZLIB/,
    ],
    [
      "lst cut off",
      {
        bits: 1,
        lst: deflateSync(new Uint8Array(800))
          .subarray(0, -3)
          .toString("base64url"),
      },
      /ZLIB/,
    ],
    [
      "lst with a wrong checksum",
      {
        bits: 1,
        lst: Buffer.concat([
          deflateSync(new Uint8Array(8)).subarray(0, -1),
          Buffer.from([9]),
        ]).toString("base64url"),
      },
      /ZLIB/,
    ],
    [
      "lst with something after its end",
      {
        bits: 1,
        lst: Buffer.concat([
          deflateSync(new Uint8Array(8)),
          Buffer.from("more"),
        ]).toString("base64url"),
      },
      /ZLIB/,
    ],
  ];
  for (const [name, statusList, problem] of bad) {
    it(`with ${name} gives none`, async () => {
      const list = await decodeStatusList(statusList);
      assert.match("unavailable" in list ? list.unavailable : "", problem);
    });
  }

  it("is unpacked up to its bound, and a bomb ends there", async () => {
    const lst = listed(new Uint8Array(1000));
    assert.equal((await unpack({ bits: 1, lst }, 1000)).bytes.length, 1000);
    assert.deepEqual(await decodeStatusList({ bits: 1, lst }, 999), {
      unavailable: "the list has more than 999 bytes",
    });
    const bomb = listed(new Uint8Array(300e6));
    const before = process.memoryUsage();
    assert.deepEqual(await decodeStatusList({ bits: 1, lst: bomb }), {
      unavailable: "the list has more than 8388608 bytes",
    });
    const after = process.memoryUsage();
    assert.ok(
      after.arrayBuffers +
        after.external -
        before.arrayBuffers -
        before.external <
        100e6,
    );
  });

  it("means valid by 0 alone", async () => {
    const list = await unpack({
      bits: 4,
      lst: listed(Uint8Array.from([0x10, 0x32])),
    });
    const uri = "https://issuer.example/list";
    const judged = [0, 1, 2, 3, 4].map((idx) =>
      judgeStatus(list, { uri, idx }),
    );
    assert.deepEqual(judged, [
      [],
      [
        {
          reason: "revocation.token",
          evidence: { at: null, event: "invalid", by: null },
        },
      ],
      [
        {
          reason: "revocation.token",
          evidence: { at: null, event: "suspended", by: null },
        },
      ],
      [
        {
          reason: "revocation.unavailable",
          evidence: {
            source: uri,
            problem: "status 3 has no meaning that is known here",
          },
        },
      ],
      [
        {
          reason: "revocation.unavailable",
          evidence: {
            source: uri,
            problem: "the index is not in the list of 4 statuses",
          },
        },
      ],
    ]);
  });
});

describe("the reference to a status list", () => {
  const uri = "https://issuer.example/list";
  const cases: readonly [string, unknown, unknown][] = [
    ["none", undefined, null],
    ["another mechanism", { other: 1 }, null],
    ["a good one", { status_list: { idx: 7, uri, more: 1 } }, { uri, idx: 7 }],
    [
      "no object",
      "active",
      { unavailable: "the claim status is not an object" },
    ],
    [
      "an empty list",
      { status_list: {} },
      { unavailable: "idx is not an integer of at least 0" },
    ],
    [
      "no list",
      { status_list: null },
      { unavailable: "idx is not an integer of at least 0" },
    ],
    [
      "a negative index",
      { status_list: { idx: -1, uri } },
      { unavailable: "idx is not an integer of at least 0" },
    ],
    [
      "an index as text",
      { status_list: { idx: "1", uri } },
      { unavailable: "idx is not an integer of at least 0" },
    ],
    [
      "no uri",
      { status_list: { idx: 1 } },
      { unavailable: "uri is not an absolute URI" },
    ],
    [
      "a relative uri",
      { status_list: { idx: 1, uri: "/list" } },
      { unavailable: "uri is not an absolute URI" },
    ],
  ];
  for (const [name, status, expected] of cases)
    it(name, () =>
      assert.deepEqual(
        statusReference(status === undefined ? {} : { status }),
        expected,
      ),
    );
});
