import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { SigningKeyRecord } from "../store/records.ts";
import { DEFAULT_RING_POLICY } from "./ring-policy.ts";
import { rehearse } from "./sightings.ts";

const key = (
  kid: string,
  state: SigningKeyRecord["state"],
  algorithm = "ES256",
): SigningKeyRecord => ({
  kid,
  state,
  algorithm,
  publicJwk: {},
  sealed: "",
  longestSeconds: 3600,
  createdAt: 1000,
  publishedAt: 1000,
  activatedAt: null,
  retiredAt: null,
  withdrawnAt: null,
});
const keys = [
  key("old", "retired"),
  key("now", "current"),
  key("next", "next"),
];

describe("the rehearsal of a rotation", () => {
  it("says which guards have the next key, by the newest set that each fetched", () => {
    assert.deepEqual(
      rehearse(
        keys,
        [
          { guard: "informed", at: 5, kids: ["now", "next"] },
          { guard: "informed", at: 1, kids: ["now"] },
          { guard: "late", at: 4, kids: ["old", "now"] },
          { guard: "latest", at: 2, kids: ["now"] },
          { guard: "went back", at: 6, kids: ["now", "next"] },
          { guard: "went back", at: 7, kids: ["now"] },
        ],
        DEFAULT_RING_POLICY,
      ),
      [
        {
          algorithm: "ES256",
          kid: "next",
          readyAt: 1000 + 24 * 3_600_000,
          informed: ["informed"],
          behind: [
            { guard: "latest", lastFetchAt: 2 },
            { guard: "late", lastFetchAt: 4 },
            { guard: "went back", lastFetchAt: 7 },
          ],
        },
      ],
    );
  });
  it("judges each algorithm by its own next key", () => {
    const both = [
      ...keys,
      key("rsa", "current", "RS256"),
      key("rsa next", "next", "RS256"),
    ];
    const found = rehearse(
      both,
      [{ guard: "one", at: 1, kids: ["now", "next"] }],
      DEFAULT_RING_POLICY,
    );
    assert.deepEqual(
      found.map(({ algorithm, behind }) => [algorithm, behind.length]),
      [
        ["ES256", 0],
        ["RS256", 1],
      ],
    );
  });
});
