/** Makes of a server's statement a finding, with the evidence that its words and the token itself give. */
import {
  finding,
  headerValues,
  type Evidence,
  type Finding,
  type Reason,
} from "@assay/token";
import type { Inquiry } from "./inquiry.ts";
import type { Statement } from "./testimony-answer.ts";
import { UNSEEN_EVIDENCE, type Unseen } from "./testimony-evidence-unseen.ts";

export interface Said {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly now: number;
}

interface About extends Said {
  readonly inquiry: Inquiry;
  readonly challenge: ReadonlyMap<string, string>;
  readonly words: string;
  readonly alg: string;
  readonly kid: string | null;
  /** What the message says that the verifier wanted. */
  readonly expected: readonly string[];
}

/** null: the statement is not about this token, or the token itself shows that it cannot be so. */
export function findingOf(
  { reason, challenge, words }: Statement,
  said: Said,
  inquiry: Inquiry,
): Finding | null {
  const { alg, kid } = said.header;
  const about = {
    ...said,
    inquiry,
    challenge,
    words,
    alg: textOf(alg)?.slice(0, 64) ?? (isUnseen(inquiry) ? "…" : ""),
    kid: textOf(kid),
    expected: expectedIn(words),
  };
  if (reason === "scope.insufficient" || reason === "scope.missing")
    return scopeFinding(about, reason);
  const evidence = EVIDENCE[reason](about);
  return evidence && finding(reason, evidence as never);
}

/** Nothing is known but the answer: what a token says stays open. */
const isUnseen = ({ token, request }: Inquiry): boolean =>
  token === undefined && !request;

const textOf = (value: unknown): string | null =>
  typeof value === "string" ? value : null;
const ended = (): Evidence["revocation.token"] => ({
  at: null,
  event: "the server's answer",
  by: null,
});

const EVIDENCE: {
  readonly [
    R in Exclude<Reason, Unseen | "scope.insufficient" | "scope.missing">
  ]: (about: About) => Evidence[R] | null;
} & typeof UNSEEN_EVIDENCE = {
  ...UNSEEN_EVIDENCE,
  "request.token_missing": ({ inquiry }) => ({
    scheme: inquiry.policy?.scheme ?? "Bearer",
    headers: Object.keys(inquiry.request?.headers ?? {}).map((name) =>
      name.slice(0, 64),
    ),
  }),
  "format.type": ({ header: { typ }, inquiry, words }) => ({
    expected: /\bmust be "?(\w{1,20})/i.exec(words)?.[1] ?? "another type",
    found: textOf(typ)?.slice(0, 60) ?? (isUnseen(inquiry) ? "…" : "no typ"),
    by: "the server's answer",
  }),
  "signature.key_not_found": ({ alg, kid }) => ({
    alg,
    kid,
    known: [],
    keys: 0,
  }),
  "signature.mismatch": ({ alg, kid }) => ({ alg, kid, key: null }),
  "signature.algorithm_not_allowed": ({ alg }) => ({
    alg,
    allowed: [],
    usual: null,
  }),
  "signature.missing": ({ alg }) => ({ alg }),
  "expiration.expired": (about) => ({
    exp: timeOf("exp", about),
    ...moment(about),
    bySeconds: about.now - timeOf("exp", about),
  }),
  "expiration.not_yet_valid": (about) => ({
    nbf: timeOf("nbf", about),
    ...moment(about),
    bySeconds: timeOf("nbf", about) - about.now,
  }),
  "expiration.issued_in_future": (about) => ({
    iat: timeOf("iat", about),
    ...moment(about),
    bySeconds: timeOf("iat", about) - about.now,
  }),
  "expiration.too_old": (about) => ({
    iat: timeOf("iat", about),
    ...moment(about),
    maxAgeSeconds: about.inquiry.policy?.maxAge ?? 0,
  }),
  "expiration.lifetime_too_long": (about) => ({
    lifetimeSeconds: timeOf("exp", about) - timeOf("iat", about),
    maxLifetimeSeconds: about.inquiry.policy?.maxLifetime ?? 0,
  }),
  "expiration.missing": ({ words }) => ({
    claim: /\biat (?:claim is )?required\b/i.test(words) ? "iat" : "exp",
  }),
  "issuer.missing": ({ claims, expected }) =>
    claims["iss"] === undefined ? { expected } : null,
  "issuer.mismatch": ({ claims, expected, words, inquiry }) => ({
    expected: orDemanded(expected, inquiry, "issuer"),
    found: textOf(claims["iss"]) ?? quotedIn(words) ?? "",
  }),
  "audience.missing": ({ claims, expected }) =>
    claims["aud"] === undefined ? { expected } : null,
  "audience.mismatch": ({ claims, expected, words, inquiry }) => ({
    expected: orDemanded(expected, inquiry, "audience"),
    found: [claims["aud"] ?? quotedIn(words) ?? []].flat().map(String),
  }),
  "audience.party_mismatch": ({ claims, expected, words, inquiry }) => ({
    expected,
    found:
      textOf(claims["client_id"]) ??
      /client id not allowed: ([^\s,]{1,300}?)\.?(?=[\s,]|$)/i.exec(
        words,
      )?.[1] ??
      (isUnseen(inquiry) ? "…" : null),
    claim: "client_id",
  }),
  "scope.authentication": authentication,
  "binding.nonce": ({ inquiry }) => ({ found: hasNonce(inquiry) }),
  "binding.replayed": ({ claims }) => ({
    id: textOf(claims["jti"])?.slice(0, 64) ?? "",
  }),
  "revocation.token": ended,
  "revocation.grant": ended,
  "revocation.subject": ended,
  "revocation.client": ended,
};

/** Where the words name only what was found, the policy tells what was wanted. */
function orDemanded(
  said: readonly string[],
  { policy }: Inquiry,
  member: "issuer" | "audience",
): readonly string[] {
  const demanded = policy?.[member] ?? [];
  return said.length > 0 ? said : [demanded].flat();
}

const moment = ({ now }: About): { now: number; toleranceSeconds: number } => ({
  now,
  toleranceSeconds: 0,
});

/** The claim, else a time in the message, else the moment of judging: something was wrong with a time that is not known. */
function timeOf(claim: string, { claims, words, now }: About): number {
  const value = claims[claim];
  return typeof value === "number" ? value : (momentIn(words) ?? now);
}

/** Scopes that the challenge names (RFC 6750 section 3); without it the server has only said that the token's do not do. */
function scopeFinding(
  { challenge, claims, inquiry }: About,
  reason: "scope.insufficient" | "scope.missing",
): Finding | null {
  const needed = challenge.get("scope")?.split(" ").filter(Boolean) ?? [];
  // Of a token that nobody has seen, the server's word stands: it has scopes, and they do not do.
  if (isUnseen(inquiry) && reason === "scope.insufficient")
    return finding("scope.insufficient", {
      needed,
      found: [],
      lacking: needed,
      shape: "string",
    });
  const scope = claims["scope"] ?? claims["scp"];
  if (typeof scope !== "string" && !Array.isArray(scope))
    return finding("scope.missing", { needed });
  const found =
    typeof scope === "string"
      ? scope.split(" ").filter(Boolean)
      : scope.map(String);
  const lacking = needed.filter((one) => !found.includes(one));
  if (needed.length > 0 && lacking.length === 0 && typeof scope === "string")
    return null;
  return finding("scope.insufficient", {
    needed,
    found,
    lacking,
    shape: typeof scope === "string" ? "string" : "array",
  });
}

/** RFC 9470 section 3: the server names the strength, or the age, of the sign-in that it wants. */
function authentication({
  challenge,
  claims: { acr, auth_time: time },
}: About): Evidence["scope.authentication"] {
  const values = challenge.get("acr_values");
  const age = challenge.get("max_age");
  if (values === undefined && age !== undefined)
    return {
      needed: `auth_time within ${age} s`,
      found: typeof time === "number" ? `auth_time ${time}` : null,
    };
  return { needed: values ?? "a stronger sign-in", found: textOf(acr) };
}

/** The proof's payload is enough to see whether it carries a nonce. */
function hasNonce({ request }: Inquiry): boolean {
  const [proof = ""] = headerValues(request ?? {}, "dpop");
  const payload = proof.split(".", 2)[1] ?? "";
  try {
    return (
      "nonce" in
      (JSON.parse(
        atob(payload.replaceAll("-", "+").replaceAll("_", "/")),
      ) as object)
    );
  } catch {
    return false;
  }
}

/** What a message says that it wanted: "expected: X", "Expected 'X', but was", "Expected iss claim to be: X, but was", "ValidIssuer: 'X'". */
const EXPECTED = [
  /\bexpected (?:iss|aud) claim to be: ([^\s,]{1,300}?)\.?(?=[\s,]|$)/i,
  /\bexpected one of: ([^\s,"'[\]]{1,300}?)\.?(?=[\s,]|$)/i,
  /\bvalid(?:issuer|audience)s?: '(?!null')([^'\n]{1,300})'/i,
  /\bexpected:? (?:audience |issuer )?["'[]?([^\s"',\]]{1,300})/i,
];

function expectedIn(words: string): readonly string[] {
  const named = EXPECTED.map((pattern) => pattern.exec(words)?.[1]).find(
    (value) => value !== undefined,
  );
  return named === undefined ? [] : [named];
}

/** What a message says that it found: "The issuer 'X' is invalid", "Issuer: 'X'. Did not match", "but was: X", "found X", "got X", after what was expected. */
const FOUND = [
  /(?:issuer|audience) '([^'\n]{1,300})' is invalid/i,
  /(?<![\w.])(?:issuer|audiences?): '([^'\n]{1,300})'/i,
  /\bexpected\b[^\n]{1,300}[,;"' ](?:but was:?|found|got|received) {1,2}["'[]{0,2}([^\s"',\]]{1,300}?)\.?(?=[\s"',\]]|$)/i,
];

const quotedIn = (words: string): string | null =>
  FOUND.map((pattern) => pattern.exec(words)?.[1]).find(
    (value) => value !== undefined,
  ) ?? null;

/** A time in ISO 8601 in the message, in seconds since the epoch. */
function momentIn(words: string): number | null {
  const time = Date.parse(
    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/.exec(
      words,
    )?.[0] ?? "",
  );
  return Number.isNaN(time) ? null : time / 1000;
}
