/** What the API expects, as the form holds it, and the policy that it stands for. */
import type { InquiryPolicy, SecretEncoding } from "@assay/diagnosis";
import type { Texts } from "../../language/english.ts";
import { readKeys, type KeysAre, type KeysRead } from "./read-keys.ts";

/** Text as it was typed; empty where nothing is said. */
export interface Expectations {
  readonly keys: string;
  readonly keysAre: "" | KeysAre;
  readonly secretEncoding: SecretEncoding;
  readonly issuer: string;
  readonly audience: string;
  readonly scopes: string;
  readonly kind: "" | NonNullable<InquiryPolicy["kind"]>;
  readonly algorithms: string;
  /** Seconds. */
  readonly tolerance: string;
  /** Local date and time. */
  readonly now: string;
}

export const NOTHING_EXPECTED: Expectations = {
  keys: "",
  keysAre: "",
  secretEncoding: "utf8",
  issuer: "",
  audience: "",
  scopes: "",
  kind: "",
  algorithms: "",
  tolerance: "",
  now: "",
};

/** What cannot be taken as it was typed, by field: what was expected. */
export type Problems = Readonly<
  Partial<Record<keyof Expectations, string | undefined>>
>;

export interface Demanded {
  readonly policy: InquiryPolicy;
  /** Milliseconds since the epoch; null: the clock of what was pasted, or the machine's. */
  readonly now: number | null;
  readonly keys: KeysRead;
  readonly problems: Problems;
}

/** What is empty is not asked for, and what cannot be read is reported and left out. */
export function demandedBy(
  form: Expectations,
  texts: Texts["expect"],
): Demanded {
  const keys = readKeys(form, texts);
  const tolerance = form.tolerance.trim();
  const toleranceRead = /^\d{1,9}(\.\d+)?$/.test(tolerance);
  const now = Date.parse(form.now);
  const issuer = words(form.issuer);
  const audience = words(form.audience);
  const scopes = words(form.scopes);
  const algorithms = words(form.algorithms);
  return {
    policy: {
      ...keys.policy,
      ...(issuer.length > 0 && { issuer }),
      ...(audience.length > 0 && { audience }),
      ...(scopes.length > 0 && { scopes }),
      ...(algorithms.length > 0 && { algorithms }),
      ...(form.kind && { kind: form.kind }),
      ...(toleranceRead && { clockTolerance: Number(tolerance) }),
    },
    now: Number.isNaN(now) ? null : now,
    keys,
    problems: {
      ...(keys.problem && { keys: keys.problem }),
      ...(tolerance !== "" && !toleranceRead && { tolerance: texts.noSeconds }),
    },
  };
}

const words = (text: string): string[] =>
  text.split(/[\s,]+/).filter((word) => word !== "");
