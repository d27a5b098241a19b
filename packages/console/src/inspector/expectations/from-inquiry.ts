/** An inquiry taken apart for people: the token into the box, what is expected into the form. */
import { readPasted, type Inquiry, type InquiryPolicy } from "@assay/diagnosis";
import { NOTHING_EXPECTED, type Expectations } from "./expectations.ts";

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

/** Where the box and the form cannot hold all of it, the box gets the inquiry as it is: nothing is lost. */
export function showInquiry(text: string): Shown {
  const { inquiry, form } = readPasted(text);
  const asItIs = { text, form: NOTHING_EXPECTED };
  if (form !== "inquiry") return asItIs;
  const { token, policy = {}, now, ...more } = inquiry;
  const held = formOf(policy, now);
  if (held === null || Object.keys(more).length > 0 || token === undefined)
    return asItIs;
  // A token that would be read as something else must stay in its inquiry.
  return readPasted(token).inquiry.token === token
    ? { text: token, form: held }
    : asItIs;
}

function formOf(
  policy: InquiryPolicy,
  now: Inquiry["now"],
): Expectations | null {
  const names = Object.keys(policy) as (keyof InquiryPolicy)[];
  const keys = keysOf(policy);
  const moment = now === undefined ? "" : localMoment(now);
  if (
    names.some((name) => !HELD.includes(name)) ||
    keys === null ||
    moment === null ||
    policy.audience === null
  )
    return null;
  return {
    ...NOTHING_EXPECTED,
    ...keys,
    issuer: words(policy.issuer),
    audience: words(policy.audience),
    scopes: words(policy.scopes),
    algorithms: words(policy.algorithms),
    kind: policy.kind ?? "",
    tolerance: policy.clockTolerance?.toString() ?? "",
    now: moment,
  };
}

/** null: several kinds of keys at once. */
function keysOf({
  keys,
  publicKey,
  secret,
  secretEncoding,
}: InquiryPolicy): Partial<Expectations> | null {
  const given = [keys, publicKey, secret].filter((one) => one !== undefined);
  if (given.length > 1) return null;
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

/** As a field for local date and time has it. null: it is no whole second, which the field cannot hold. */
function localMoment(now: string): string | null {
  const at = Date.parse(now);
  if (Number.isNaN(at) || at % 1000 !== 0) return null;
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - offset).toISOString().slice(0, 19);
}
