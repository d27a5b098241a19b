/** What each step expected and what it found, also where it passed or was not asked. All of it is shown as data, never as markup. */
import {
  safeJson,
  untrusted,
  type Cell,
  type InquiryPolicy,
} from "@assay/diagnosis";
import type { Step } from "@assay/token";
import type { Texts } from "../../language/english.ts";
import type { Judged } from "../worker/question.ts";

export interface Sides {
  readonly expected: string;
  readonly found: string;
}

type Members = Readonly<Record<string, unknown>>;

interface Known {
  readonly policy: InquiryPolicy;
  readonly header: Members | null;
  readonly claims: Members | null;
  readonly judged: Judged;
  readonly words: Texts["answer"]["sides"];
  readonly kinds: Readonly<Record<string, string>>;
}

export function bothSides(
  step: Cell["step"],
  judged: Judged,
  { answer, expect }: Texts,
): Sides {
  const { header, claims } = judged.diagnosis.token;
  return SIDES[step]({
    policy: judged.policy,
    header: header as Members | null,
    claims: claims as Members | null,
    judged,
    words: answer.sides,
    kinds: expect.kinds,
  });
}

const SIDES: Readonly<Record<Step, (known: Known) => Sides>> = {
  request: ({ policy, judged: { headers }, words }) => ({
    expected: words.oneToken(untrusted(policy.scheme ?? "Bearer")),
    found:
      headers === null
        ? words.noRequest
        : headers.length === 0
          ? words.noHeaders
          : words.headers(headers.map(untrusted).join(", ")),
  }),
  format: ({ policy, header, words, kinds }) => {
    const kind = policy.kind ?? "access_token";
    return {
      expected: words.form(kinds[kind] ?? kind),
      found:
        header === null ? words.noToken : value(pick(header, "typ", "alg")),
    };
  },
  signature: ({ policy, header, words }) => ({
    expected: keysOf(policy, words),
    found:
      header === null
        ? words.unsigned
        : words.signedWith(
            untrusted(header["alg"] ?? words.none),
            header["kid"] === undefined ? null : untrusted(header["kid"]),
          ),
  }),
  expiration: ({ claims, judged: { now }, words }) => ({
    expected: words.within(new Date(now).toISOString()),
    found: value(pick(claims, "iat", "nbf", "exp")) || words.noTimes,
  }),
  issuer: ({ policy, claims, words }) => ({
    expected: list(policy.issuer) ?? words.notAsked,
    found: claim(claims, "iss") ?? words.none,
  }),
  audience: ({ policy, claims, words }) => ({
    expected:
      list(policy.audience) ?? list(policy.authorizedParties) ?? words.notAsked,
    found: claim(claims, "aud") ?? words.none,
  }),
  binding: ({ policy, claims, judged: { headers }, words }) => {
    const cnf = claims?.["cnf"];
    const bound =
      typeof cnf === "object" && cnf !== null
        ? words.boundTo(Object.keys(cnf).map(untrusted).join(", "))
        : words.notBound;
    const proof = headers?.includes("dpop") ? `, ${words.proof.dpop}` : "";
    return {
      expected: words.proof[policy.binding ?? "none"],
      found: bound + proof,
    };
  },
  scope: ({ policy, claims, words }) => ({
    expected: list(policy.scopes) ?? words.notAsked,
    found: claim(claims, "scope") ?? words.none,
  }),
  revocation: ({ claims, words }) => ({
    expected: words.history,
    found:
      claims?.["jti"] === undefined
        ? words.noName
        : words.named(untrusted(claims["jti"])),
  }),
};

function keysOf(policy: InquiryPolicy, words: Known["words"]): string {
  const { algorithms } = policy;
  const known = knownKeys(policy, words);
  return algorithms ? `${known}, ${list(algorithms)}` : known;
}

function knownKeys(
  { keys, secret, publicKey, jwksUri }: InquiryPolicy,
  words: Known["words"],
): string {
  if (keys) return words.keys(keys.keys.length);
  if (secret !== undefined) return words.aSecret;
  if (publicKey !== undefined) return words.keys(1);
  return jwksUri === undefined
    ? words.noKeys
    : words.keysAt(untrusted(jwksUri));
}

const pick = (members: Members | null, ...names: string[]): Members =>
  Object.fromEntries(
    names
      .filter((name) => members && Object.hasOwn(members, name))
      .map((name) => [name, members?.[name]]),
  );

const value = (members: Members): string =>
  Object.entries(members)
    .map(([name, one]) => `${name} ${untrusted(safeJson(one))}`)
    .join(", ");

const claim = (claims: Members | null, name: string): string | null =>
  claims && Object.hasOwn(claims, name)
    ? untrusted(safeJson(claims[name]))
    : null;

function list(
  values: string | readonly string[] | null | undefined,
): string | null {
  const all = [values ?? []].flat();
  // A configuration that names nothing in earnest is seen as that.
  return all.length === 0
    ? null
    : all.map((one) => (one === "" ? '""' : untrusted(one))).join(", ");
}
