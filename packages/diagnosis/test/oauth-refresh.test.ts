/** The judgement of a refresh token that came back, as properties: whatever the history holds, what is promised stays true. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { HistoryEntry } from "@assay/diagnosis";
import fc from "fast-check";
import {
  judgeRefresh,
  RACE_SECONDS,
  type Presentation,
} from "../src/oauth/refresh-judgement.ts";
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
