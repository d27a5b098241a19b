/** The tour's tokens: one that is good, and seven that are broken in ways that people meet. */
import type { InquiryPolicy } from "@assay/diagnosis";
import { forge, headerFor, knownKeys, type KeyPair } from "../edit/forge.ts";
import { ownToken } from "../edit/start-token.ts";

export const CHAPTERS = [
  "good",
  "truncated",
  "altered",
  "expired",
  "audience",
  "key",
  "quoted",
  "none",
] as const;

export type Chapter = (typeof CHAPTERS)[number];

export interface Scene {
  /** The token as it is sent. */
  readonly token: string;
  /** What is asked about it. */
  readonly text: string;
  readonly policy: InquiryPolicy;
  /** The clock that judges, in milliseconds since the epoch. */
  readonly now: number;
}

/** What every chapter of one tour rests on. */
export interface Stage {
  readonly keys: KeyPair;
  readonly good: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

export async function openStage(keys: KeyPair, now: number): Promise<Stage> {
  const draft = draftOf(keys, now);
  return { keys, now, good: await forge(draft, "fresh", keys, "") };
}

export async function sceneOf(
  chapter: Chapter,
  { keys, good, now }: Stage,
): Promise<Scene> {
  const scene = {
    ...sent(good),
    now: now * 1000,
    policy: {
      ...knownKeys(keys),
      issuer: "https://issuer.example.com",
      audience: "https://api.example.com",
      scopes: ["orders:read"],
    },
  };
  const draft = draftOf(keys, now);
  const [, , signature = ""] = good.split(".");
  switch (chapter) {
    case "good":
      return scene;
    case "truncated":
      return { ...scene, ...sent(good.slice(0, -30)) };
    case "altered": {
      const claims = { ...draft.claims, scope: "orders:read admin" };
      const token = await forge({ ...draft, claims }, "kept", keys, signature);
      // The page knows the untouched token: that is what shows the change.
      const text = JSON.stringify({ token, context: { clientToken: good } });
      return { ...scene, token, text };
    }
    case "expired":
      return { ...scene, now: (now + 7200) * 1000 };
    case "audience":
      return {
        ...scene,
        policy: { ...scene.policy, audience: "https://payments.example.com" },
      };
    case "key": {
      const header = { ...draft.header, kid: keys.other.kid };
      return {
        ...scene,
        ...sent(await forge({ ...draft, header }, "other", keys, "")),
      };
    }
    case "quoted":
      return { ...scene, ...sent(`"${good}"`) };
    case "none":
      return { ...scene, ...sent(await forge(draft, "none", keys, "")) };
  }
}

const sent = (token: string): Pick<Scene, "token" | "text"> => ({
  token,
  text: token,
});

function draftOf(keys: KeyPair, now: number) {
  const { header, claims } = ownToken(now);
  return { header: headerFor(header, keys), claims };
}
