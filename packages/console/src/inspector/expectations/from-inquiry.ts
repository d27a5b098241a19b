/** An inquiry taken apart for people: the token into the box, what is expected into the form. */
import type { InquiryPolicy } from "@assay/diagnosis";
import { ENGLISH_TEXTS } from "../../language/english.ts";
import { equal } from "../compare/equal.ts";
import type { Read } from "../worker/question.ts";
import {
  demandedBy,
  NOTHING_EXPECTED,
  type Expectations,
} from "./expectations.ts";

export interface Shown {
  readonly text: string;
  readonly form: Expectations;
}

/** What the form can hold. */
const HELD: readonly (keyof InquiryPolicy)[] = [
  "keys",
  "publicKey",
  "secret",
  "secretEncoding",
  "issuer",
  "audience",
  "scopes",
  "algorithms",
  "kind",
  "clockTolerance",
];

/** Where the box and the form cannot hold all of it as it is, the box gets the inquiry itself: nothing is lost. */
export function showInquiry(text: string, read: Read): Shown {
  const asItIs = { text, form: NOTHING_EXPECTED };
  if (read === null || read.alone === null) return asItIs;
  const form = formOf(read.policy, read.now);
  return form === null ? asItIs : { text: read.alone, form };
}

function formOf(
  policy: InquiryPolicy,
  now: string | null,
): Expectations | null {
  const names = Object.keys(policy) as (keyof InquiryPolicy)[];
  const keys = keysOf(policy);
  const form: Expectations = {
    ...NOTHING_EXPECTED,
    ...keys,
    issuer: words(policy.issuer),
    audience: words(policy.audience),
    scopes: words(policy.scopes),
    algorithms: words(policy.algorithms),
    kind: policy.kind ?? "",
    tolerance: policy.clockTolerance?.toString() ?? "",
    now: now === null ? "" : localMoment(now),
  };
  // What the form says is read anew, and must be what the inquiry said. Its words are not shown, so that their language does not matter.
  const demanded = demandedBy(form, ENGLISH_TEXTS.expect);
  const whole =
    names.every(
      (name) =>
        HELD.includes(name) &&
        equal(inLists(policy[name]), inLists(demanded.policy[name])),
    ) &&
    (now === null || demanded.now === Date.parse(now));
  return keys !== null && whole ? form : null;
}

/** null: several kinds of keys at once. */
function keysOf({
  keys,
  publicKey,
  secret,
  secretEncoding,
}: InquiryPolicy): Partial<Expectations> | null {
  const given = [keys, publicKey, secret].filter((one) => one !== undefined);
  if (given.length > 1 || (secret === undefined && secretEncoding)) return null;
  if (keys) return { keys: JSON.stringify(keys, null, 2), keysAre: "keys" };
  if (publicKey !== undefined) return { keys: publicKey, keysAre: "publicKey" };
  return secret === undefined
    ? {}
    : {
        keys: secret,
        keysAre: "secret",
        secretEncoding: secretEncoding ?? "utf8",
      };
}

const words = (value: string | readonly string[] | null | undefined): string =>
  [value ?? []].flat().join(" ");

/** One text stands for a list of one. */
const inLists = (value: unknown): unknown =>
  typeof value === "string" ? [value] : value;

/** As a field for local date and time has it: in whole seconds of a year of four digits, and without a word for the hour that a clock shows twice. */
function localMoment(now: string): string {
  const at = Date.parse(now);
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  const local = new Date(at - offset);
  if (Number.isNaN(local.getTime())) return "";
  return /^\d{4}-.{14}/.exec(local.toISOString())?.[0] ?? "";
}
