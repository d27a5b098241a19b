/**
 * Why a token of ours is no longer good, from what the store and the journal know of it. The token itself is not kept, so the diagnosis is
 * made of a stand-in with the same claims, signed by a key that lives for that moment. It never leaves this module.
 */
import { randomBytes } from "node:crypto";
import type { Cause, Diagnosis, HistoryEntry, Inquiry } from "@assay/diagnosis";
import { readJwk, sign, type StepReport } from "@assay/token";
import type { Life } from "../journal/life.ts";
import type { LifeState } from "../journal/life-state.ts";
import { SOMEBODY, type RefreshStoryTold } from "../journal/history-entries.ts";
import type { AccessToken } from "../store/records.ts";
import { subjectOf } from "../tokens/subject-of.ts";
import { decidedCause } from "./decided-cause.ts";
import { stepsWith } from "./steps-with.ts";
import { evidenceOf } from "./evidence-of.ts";
import { withoutToken } from "./without-token.ts";

export interface LifeToDiagnose {
  readonly life: Life;
  readonly state: LifeState;
  readonly history: readonly HistoryEntry[];
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What the server judged when the superseded refresh token came back; null: it is none, or never did. */
  readonly story: RefreshStoryTold | null;
  /** Whether it is known to be a refresh token. Default: as far as store and history tell, which do not for one that was never used. */
  readonly presentedAsRefresh?: boolean;
  /** The history names no subject (`withoutOthers`): neither does the stand-in. */
  readonly anonymous?: boolean;
}

/** null: it is good, or it is nothing that can be judged. */
export async function diagnoseLife(
  input: LifeToDiagnose,
): Promise<Diagnosis | null> {
  const { life, state } = input;
  if (state.outcome === "good") return null;
  const isRefresh =
    input.presentedAsRefresh === true ||
    life.refresh ||
    wasRefreshToken(life, input.history);
  if (!life.access && !isRefresh) return null;
  const token = life.access?.token;
  const judge = async (history: readonly HistoryEntry[]): Promise<Diagnosis> =>
    token
      ? diagnoseAccess(token, { ...input, history })
      : diagnoseRefresh({ ...input, history });
  const diagnosis = await judge(input.history);
  const { ending } = state;
  // The store decides: where the journal has lost its entry, or not sealed it yet, the ending stands in the history all the same.
  return ending && !tellsOfEnding(diagnosis)
    ? judge([...input.history, nameless(ending, input.anonymous === true)])
    : diagnosis;
}

const tellsOfEnding = ({ steps }: Diagnosis): boolean =>
  steps.some(
    ({ step, outcome }) => step === "revocation" && outcome === "failed",
  );

const nameless = (entry: HistoryEntry, anonymous: boolean): HistoryEntry =>
  anonymous && entry.subject !== undefined
    ? { ...entry, subject: SOMEBODY }
    : entry;

const wasRefreshToken = (
  { tokenId }: Life,
  history: readonly HistoryEntry[],
): boolean =>
  tokenId !== null &&
  history.some(
    ({ event, tokenId: id }) =>
      id === tokenId &&
      (event === "token.refreshed" || event === "token.reused"),
  );

async function diagnoseAccess(
  token: AccessToken,
  { history, issuer, now, anonymous = false }: LifeToDiagnose,
): Promise<Diagnosis> {
  const { diagnose } = await import("@assay/diagnosis");
  const jwk = {
    kty: "oct",
    k: randomBytes(32).toString("base64url"),
    alg: "HS256",
    ...(token.kid !== null && { kid: token.kid }),
  };
  const claims = {
    iss: issuer,
    sub: anonymous && token.subject !== null ? SOMEBODY : subjectOf(token),
    aud: token.resource,
    client_id: token.clientId,
    scope: token.scopes.join(" "),
    jti: token.tokenId,
    iat: Math.floor(token.issuedAt / 1000),
    exp: Math.floor(token.expiresAt / 1000),
  };
  const text = await sign(claims, readJwk(jwk), { header: { typ: "at+jwt" } });
  const diagnosis = await diagnose({
    token: text,
    policy: {
      issuer,
      audience: token.resource,
      algorithms: ["HS256"],
      keys: { keys: [jwk] },
    },
    now: new Date(now).toISOString(),
    context: { client: { id: token.clientId }, history },
  });
  return {
    ...diagnosis,
    steps: diagnosis.steps.map(notOfTheToken),
    token: { header: null, claims, trusted: false },
  };
}

/** What the stand-in passed says nothing of the token: it was made so that it passes. */
const notOfTheToken = (step: StepReport): StepReport =>
  step.step === "expiration" || step.step === "revocation"
    ? step
    : {
        step: step.step,
        outcome: "skipped",
        because: "the token is judged by what the server keeps of it",
      };

/** As an exchange at the token endpoint that presents it: in the history it is known by its id. */
async function diagnoseRefresh(input: LifeToDiagnose): Promise<Diagnosis> {
  const { life, state, history, issuer, now, story } = input;
  const { tokenId, clientId } = life;
  if (isOnlyUsed(input)) return usedUp(now);
  const { diagnose } = await import("@assay/diagnosis");
  const inquiry: Inquiry = {
    request: {
      method: "POST",
      url: `${issuer}/token`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({
        grant_type: "refresh_token",
        refresh_token: tokenId ?? "",
        ...(clientId !== null && { client_id: clientId }),
      }).toString(),
    },
    response: {
      status: 400,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ error: "invalid_grant" }),
    },
    now: new Date(now).toISOString(),
    context: {
      ...(clientId !== null && { client: { id: clientId } }),
      history,
    },
  };
  const diagnosis = await diagnose(inquiry);
  if (state.limit === null)
    return { ...diagnosis, causes: await storyFirst(diagnosis, story, now) };
  // By which of its limits it ended is known here, and only guessed from a history.
  const cause = await decidedCause({
    ...(state.limit.by === "age"
      ? {
          cause: "oauth.refresh_expired",
          facts: { ageSeconds: state.limit.seconds },
        }
      : {
          cause: "oauth.refresh_idle",
          facts: { idleSeconds: state.limit.seconds },
        }),
    at: now,
    ending: null,
  });
  return {
    ...diagnosis,
    reason: "expiration.expired",
    steps: stepsWith(
      evidenceOf(
        "expiration.expired",
        { exp: Math.floor((state.since ?? now) / 1000) },
        now,
        null,
      ),
    ),
    causes: [cause],
    needs: [],
  };
}

/** Rotation has taken its place, and it never came back: whoever asks about it does not present it. */
const isOnlyUsed = ({
  life: { tokenId },
  state,
  history,
  presentedAsRefresh = false,
}: LifeToDiagnose): boolean =>
  state.superseded !== null &&
  state.ending === null &&
  state.limit === null &&
  !presentedAsRefresh &&
  !history.some(
    (one) => one.event === "token.reused" && one.tokenId === tokenId,
  );

async function usedUp(now: number): Promise<Diagnosis> {
  const reason = "revocation.grant";
  const found = evidenceOf(reason, { event: "token.refreshed" }, now, null);
  const cause = await decidedCause({
    cause: "oauth.refresh_not_stored",
    confidence: "possible",
    facts: {},
    at: now,
    ending: null,
  });
  return withoutToken("rejected", reason, found, [cause]);
}

/** The judgement of the moment knew the sender better than a history, which may lack the addresses. */
async function storyFirst(
  { causes }: Diagnosis,
  story: RefreshStoryTold | null,
  at: number,
): Promise<readonly Cause[]> {
  if (!story || causes[0]?.cause === story.cause) return causes;
  const same = causes.find(({ cause }) => cause === story.cause);
  const first = same ?? (await decidedCause({ ...story, at, ending: null }));
  return [first, ...causes.filter((one) => one !== same)];
}
