/** A cause that the server itself decided, with the facts that its refusal carries, in the words of the catalogue. */
import type {
  Cause,
  CauseCode,
  Confidence,
  Facts,
  HistoryEntry,
} from "@assay/diagnosis";
import { UNKNOWN_RETURN } from "@assay/diagnosis/refresh";
import type { Reason } from "@assay/token";
import type { RefusalDetail } from "../errors.ts";
import { laidOver } from "./laid-over.ts";

type Loose = NonNullable<RefusalDetail["facts"]>;

const RETURNED = { by: "history", ...UNKNOWN_RETURN } as const;
const ENDED = { at: null, event: "revoked", by: null };

/** What is said where the refusal knows no more. */
const STANDING: { readonly [C in CauseCode]?: Facts[C] } = {
  "oauth.code_reused": { by: "history", firstUseSecondsAgo: null },
  "oauth.code_expired": { by: "history", what: "code", ageSeconds: null },
  "oauth.pkce": { by: "comparison", how: "unknown" },
  "oauth.redirect_uri": {
    by: "comparison",
    sent: null,
    others: [],
    against: "authorization_request",
    differs: [],
  },
  "oauth.client_authentication_method": {
    by: "request",
    used: [],
    registered: [],
  },
  "oauth.client_secret_encoding": {
    by: "comparison",
    part: "secret",
    place: "body",
    how: "not_encoded",
    characters: [],
  },
  "oauth.client_secret_wrong": {
    by: "comparison",
    how: "other",
    length: null,
    expectedLength: null,
    rotatedAt: null,
  },
  "oauth.client_unknown": {
    by: "comparison",
    clientId: null,
    registered: null,
  },
  "oauth.assertion_audience": { by: "comparison", expected: [], found: [] },
  "oauth.assertion_time": {
    by: "comparison",
    how: "unknown",
    bySeconds: null,
    lifetimeSeconds: null,
  },
  "oauth.assertion_replayed": { by: "history", ageSeconds: null },
  "oauth.request_format": { by: "request", how: "unknown", parameter: null },
  "oauth.grant_not_allowed": { by: "comparison", grant: null, allowed: [] },
  "oauth.scope_invalid": { by: "comparison", how: "unknown", scopes: [] },
  "oauth.resource_unknown": {
    by: "comparison",
    resource: null,
    parameter: null,
  },
  "oauth.refresh_race": RETURNED,
  "oauth.refresh_lost_response": RETURNED,
  "oauth.refresh_not_stored": RETURNED,
  "oauth.refresh_theft": RETURNED,
  "oauth.refresh_expired": {
    by: "history",
    ageSeconds: null,
    limitSeconds: null,
  },
  "oauth.refresh_idle": { by: "history", idleSeconds: null },
  "oauth.refresh_other_client": {
    by: "comparison",
    what: "refresh_token",
    issuedTo: null,
    sentBy: null,
  },
  "oauth.introspection_wrong_issuer": {
    by: "usual",
    tokenIssuer: null,
    asked: "this server",
  },
  "token.altered": { changed: [], by: "comparison" },
  "token.forged": { pattern: "not known", emulator: null },
  "token.key_instead": { name: "a key" },
  "key.unknown": { tried: 0, sampleSecret: false },
  "verifier.not_configured": { setting: "not known" },
  "kind.access_token": {
    by: "the text begins as an access token of ours does",
  },
  "kind.refresh_token": {
    by: "the text begins as a refresh token of ours does",
  },
  "time.clock_behind": {
    bySeconds: null,
    against: "the client's clock",
    what: "proof",
  },
  "time.expired": { exp: null, bySeconds: null, lifetimeSeconds: null },
  "binding.scheme_downgraded": {
    found: null,
    proofSent: false,
    binding: "dpop",
    bound: null,
  },
  "binding.other_key": { binding: "dpop", by: "thumbprint" },
  "binding.proof_stale": { what: "an earlier request" },
  "binding.nonce_required": { hadNonce: false },
  "revoked.by_user": ENDED,
  "revoked.by_administrator": ENDED,
  "revoked.refresh_reuse": ENDED,
  "revoked.not_before": { ...ENDED, event: "subject.tokens_revoked_before" },
};

/** What the server concludes from signs; everything else it decides from its own state. */
const CONCLUDED =
  /^(?:oauth\.refresh_(?:race|lost_response|not_stored|theft)|revoked\.)/;

export interface DecidedCause {
  readonly cause: CauseCode;
  readonly facts: Loose;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What ended it; null: not known, or nothing did. */
  readonly ending: HistoryEntry | null;
  /** null: as it is for what the server decides. */
  readonly confidence?: Confidence | null;
  readonly reason?: Reason | null;
}

/** Of what was never seen, no value is told. */
const UNSEEN: Loose = { by: "usual" };

const HOW_LATE: { readonly [R in Reason]?: string } = {
  "expiration.expired": "expired",
  "expiration.not_yet_valid": "future",
  "expiration.issued_in_future": "future",
  "expiration.too_old": "too_old",
  "expiration.lifetime_too_long": "too_long",
};

/** What follows from other facts. */
function derived(facts: Loose, at: number, reason: Reason | null): Loose {
  const { firstAt, expiredAt } = facts;
  const secondsSince = (moment: string): number =>
    Math.max(0, Math.round((at - Date.parse(moment)) / 1000));
  const how = reason === null ? undefined : HOW_LATE[reason];
  return {
    ...(how !== undefined && { how }),
    ...(typeof firstAt === "string" && {
      firstUseSecondsAgo: secondsSince(firstAt),
    }),
    ...(typeof expiredAt === "string" && {
      exp: Math.floor(Date.parse(expiredAt) / 1000),
      bySeconds: secondsSince(expiredAt),
    }),
  };
}

/** Whether there are words for the cause without a diagnosis. */
export const isDecidable = (cause: CauseCode): boolean => cause in STANDING;

export async function decidedCause({
  cause,
  facts,
  at,
  ending,
  confidence: given = null,
  reason = null,
}: DecidedCause): Promise<Cause> {
  const { ACTORS, wordsOf } = await import("@assay/diagnosis");
  const standing = STANDING[cause] ?? {};
  const confidence = given ?? (CONCLUDED.test(cause) ? "likely" : "certain");
  // Who acted is taken from the history alone: in a refusal, `by` could be anything.
  const { by: _, ...told } = facts;
  const known: Loose = {
    ...derived(told, at, reason),
    ...told,
    ...(given === "possible" && cause.startsWith("oauth.") && UNSEEN),
    ...(cause.startsWith("revoked.") &&
      ending && { at: ending.at, event: ending.event, by: ending.by ?? null }),
  };
  const say = (typed: object): Cause => {
    const { evidence, fix } = wordsOf(cause, typed as never, confidence);
    return {
      cause,
      confidence,
      actor: ACTORS[cause],
      facts: typed,
      evidence,
      fix,
    } as unknown as Cause;
  };
  try {
    return say(laidOver(standing, known));
  } catch {
    // A fact with a value that the catalogue has no words for.
    return say(standing);
  }
}
