/** The judgement of a refresh token that came back, as properties: whatever the history holds, what is promised stays true. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { HistoryEntry } from "@assay/diagnosis";
import fc from "fast-check";
import {
  judgeRefresh as judgeFamily,
  networkOf,
  RACE_SECONDS,
  type RefreshFamily,
  type RefreshPresentation,
  type RefreshSender,
} from "@assay/diagnosis/refresh";
import {
  judgeInHistory as judgeRefresh,
  type Presentation,
} from "../src/oauth/refresh-in-history.ts";
import { judgeLifetime } from "../src/oauth/refresh-lifetime.ts";

const START = Date.parse("2026-08-10T09:00:00Z");
const iso = (ms: number): string => new Date(ms).toISOString();
const IPS = ["198.51.100.7", "203.0.113.9", "2001:db8:1:2::5"];

/** A family that renews now and then, and the token of one generation, presented again. */
const life = fc.record({
  pauses: fc.array(fc.integer({ min: 1_000, max: 5_000_000 }), {
    minLength: 1,
    maxLength: 6,
  }),
  addresses: fc.array(fc.option(fc.constantFrom(...IPS)), {
    minLength: 7,
    maxLength: 7,
  }),
  presented: fc.nat(),
  later: fc.integer({ min: 1, max: 10_000_000 }),
  ip: fc.option(fc.constantFrom(...IPS)),
  noise: fc.boolean(),
});

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

function told({ pauses, addresses, presented, later, ip, noise }: Life): {
  history: HistoryEntry[];
  presentation: Presentation;
  firstUseIp: string | null;
  after: number;
} {
  const history: HistoryEntry[] = [];
  const at = [START];
  for (const pause of pauses) at.push((at.at(-1) ?? START) + pause);
  at.forEach((moment, i) => {
    const address = addresses[i] ?? null;
    const entry = (event: HistoryEntry["event"], n: number): HistoryEntry => ({
      at: iso(moment),
      event,
      tokenId: `rt_000${n}`,
      grantId: "fam",
      ...(address !== null && { ip: address }),
    });
    if (i > 0) history.push(entry("token.refreshed", i - 1));
    history.push(entry("token.issued", i));
  });
  if (noise)
    history.push({
      at: iso(START + 10),
      event: "token.refreshed",
      tokenId: "rt_9999",
      grantId: "another",
      ip: "192.0.2.1",
    });
  const generation = presented % pauses.length;
  const end = (at.at(-1) ?? START) + later;
  return {
    history,
    presentation: {
      tokenIds: [`rt_000${generation}`],
      at: end,
      ip,
      held: [],
    },
    firstUseIp: addresses[generation + 1] ?? null,
    after: (end - (at[generation + 1] ?? START)) / 1000,
  };
}

describe("a refresh token that came back", () => {
  it("is always judged when the history shows its first use", () =>
    fc.assert(
      fc.property(life, (lived) => {
        const { history, presentation, after } = told(lived);
        const judged = judgeRefresh(presentation, history);
        assert.ok(judged);
        assert.equal(judged.secondsAfterFirstUse, after);
        assert.notEqual(judged.story, judged.second);
      }),
    ));
  it("is no theft from the address of its first use", () =>
    fc.assert(
      fc.property(life, (lived) => {
        const { history, presentation, firstUseIp } = told(lived);
        if (firstUseIp === null) return;
        const judged = judgeRefresh(
          { ...presentation, ip: firstUseIp },
          history,
        );
        assert.notEqual(judged?.story, "theft");
        assert.equal(judged?.sameSender, true);
      }),
    ));
  it("is a race only within its seconds", () =>
    fc.assert(
      fc.property(life, (lived) => {
        const { history, presentation, after } = told(lived);
        if (judgeRefresh(presentation, history)?.story === "race")
          assert.ok(after <= RACE_SECONDS);
      }),
    ));
  it("says nothing of a sender whose address is not known", () =>
    fc.assert(
      fc.property(life, (lived) => {
        const { history, presentation } = told(lived);
        const judged = judgeRefresh({ ...presentation, ip: null }, history);
        assert.equal(judged?.sameSender, null);
      }),
    ));
  it("is judged alike in whatever order the entries stand, and whatever comes later", () =>
    fc.assert(
      fc.property(life, fc.nat(), (lived, seed) => {
        const { history, presentation } = told(lived);
        const turned = [
          ...history.slice(seed % history.length),
          ...history.slice(0, seed % history.length),
          {
            at: iso(presentation.at + 1),
            event: "token.refreshed",
            tokenId: "rt_0007",
            grantId: "fam",
          } as const,
        ];
        assert.deepEqual(
          judgeRefresh(presentation, turned),
          judgeRefresh(presentation, history),
        );
      }),
    ));
  it("is never judged before its first use", () =>
    fc.assert(
      fc.property(life, (lived) => {
        const { history, presentation } = told(lived);
        assert.equal(
          judgeRefresh({ ...presentation, at: START }, history),
          null,
        );
      }),
    ));
  it("tells a lost answer from an old copy by what the client holds", () => {
    const event = (
      seconds: number,
      name: HistoryEntry["event"],
      tokenId: string,
    ): HistoryEntry => ({
      at: iso(START + seconds * 1000),
      event: name,
      tokenId,
      grantId: "fam",
    });
    const history = [
      event(0, "token.issued", "rt_0001"),
      event(0, "token.issued", "at-1"),
      event(3600, "token.refreshed", "rt_0001"),
      event(3600, "token.issued", "rt_0002"),
      event(3600, "token.issued", "at-2"),
    ];
    const story = (held: readonly string[]): string | undefined =>
      judgeRefresh(
        {
          tokenIds: ["rt_0001"],
          at: START + 4_500_000,
          ip: null,
          held,
        },
        history,
      )?.story;
    assert.equal(story(["at-1"]), "lost_response");
    assert.equal(story(["at-2"]), "not_stored");
    assert.equal(story([]), "not_stored");
  });
});

const NOBODY: RefreshSender = {
  clientId: null,
  key: null,
  network: null,
  agent: null,
};
const OWNER = {
  ...NOBODY,
  clientId: "shop-app",
  network: "net-a",
  agent: "app/7",
};

/** Generation 0 was used at START and brought generation 1, which is used after `next` seconds, if at all. */
const family = (
  first: Partial<RefreshSender>,
  next: number | null = null,
  delivered: boolean | null = null,
): RefreshFamily => ({
  origin: null,
  generations: [
    { use: { ...OWNER, ...first, at: START }, delivered: null },
    {
      use: next === null ? null : { ...OWNER, at: START + next * 1000 },
      delivered,
    },
    ...(next === null ? [] : [{ use: null, delivered: null }]),
  ],
});
const comes = (
  seconds: number,
  sender: Partial<RefreshSender> = {},
): RefreshPresentation => ({
  ...OWNER,
  ...sender,
  generation: 0,
  at: START + seconds * 1000,
});

describe("a used refresh token, as an issuer sees it", () => {
  for (const [name, known, came, story, confidence] of [
    ["a second tab", family({}), comes(1), "race", "likely"],
    [
      "a retry after a lost answer",
      family({}, null, false),
      comes(30),
      "lost_response",
      "likely",
    ],
    [
      "a retry, and nobody knows whether the answer came",
      family({}),
      comes(30),
      "lost_response",
      "possible",
    ],
    [
      "a client that used the new access token and kept the old refresh token",
      family({}, null, true),
      comes(600),
      "not_stored",
      "likely",
    ],
    [
      "a thief elsewhere, after the successor was used",
      family({}, 600),
      comes(700, { network: "net-z", agent: "curl/8" }),
      "theft",
      "likely",
    ],
    [
      "a phone on another network",
      family({}, 600),
      comes(700, { network: "net-z" }),
      "theft",
      "possible",
    ],
    [
      "the holder of the key on another network",
      family({ key: "jkt-1" }, 600),
      comes(700, { key: "jkt-1", network: "net-z", agent: "curl/8" }),
      "not_stored",
      "likely",
    ],
    [
      "another key on the same network within a second",
      family({ key: "jkt-1" }),
      comes(1, { key: "jkt-2" }),
      "theft",
      "likely",
    ],
    [
      "another client, long after",
      family({}, 600),
      comes(900, { clientId: "other-app" }),
      "theft",
      "likely",
    ],
  ] as const)
    it(`${name}: ${story}, ${confidence}`, () => {
      const judged = judgeFamily(known, came);
      assert.deepEqual(
        [judged?.story, judged?.confidence],
        [story, confidence],
      );
      assert.ok(judged && judged.signs.length > 0);
    });
  it("is not judged when it is the newest, was used later, or is not of the family", () => {
    assert.equal(judgeFamily(family({}), { ...comes(9), generation: 1 }), null);
    assert.equal(judgeFamily(family({}), comes(-1)), null);
    assert.equal(judgeFamily(family({}), { ...comes(9), generation: 7 }), null);
  });
  it("takes no use into account that comes later than the presentation", () =>
    assert.deepEqual(
      judgeFamily(family({}, 600), comes(60)),
      judgeFamily(family({}), comes(60)),
    ));
  it("compares networks, not addresses", () => {
    const same = (a: string, b: string): boolean =>
      networkOf(a) === networkOf(b);
    assert.ok(same("::ffff:198.51.100.7", "198.51.100.7"));
    assert.ok(same("2001:db8:1:2::5", "2001:0DB8:1:2:aaaa:bbbb:cccc:1"));
    assert.ok(same("[2001:db8::1]:443", "2001:db8:0:0:7::"));
    assert.ok(!same("2001:db8:1:2::5", "2001:db8:1:3::5"));
    assert.ok(!same("198.51.100.7", "198.51.100.8"));
    assert.ok(!same("::1", "2001:db8::1"));
  });
});

describe("a refresh token that ended by itself", () => {
  it("was idle when the pause is longer than all before, and else reached its age", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 100_000 }),
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 1, max: 50 }),
        (pause, uses, factor) => {
          const history = Array.from(
            { length: uses },
            (_, i): HistoryEntry => ({
              at: iso(START + i * pause * 1000),
              event: i === 0 ? "token.issued" : "token.refreshed",
              tokenId: "rt_0001",
              grantId: "fam",
            }),
          );
          const end = START + ((uses - 1) * pause + factor * pause) * 1000;
          const judged = judgeLifetime(["rt_0001"], history, end);
          if (judged === null) return;
          const idle = factor > 1.5 && factor * pause > 600;
          assert.equal(judged.story, idle ? "idle" : "expired");
          assert.equal(judged.idleSeconds, factor * pause);
        },
      ),
    ));
  it("is not judged where the history does not know it", () =>
    assert.equal(judgeLifetime(["rt_x"], [], START), null));
});
