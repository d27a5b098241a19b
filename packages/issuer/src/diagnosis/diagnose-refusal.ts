/**
 * The full diagnosis of a refusal, made when its handle is read. What the server decided stands as it was decided: the diagnosis adds the
 * causes that only the history tells, and says all of it in the words of `assay why`.
 */
import type {
  Cause,
  CauseCode,
  Diagnosis,
  HistoryEntry,
} from "@assay/diagnosis";
import { stepOf, type Reason } from "@assay/token";
import type { Life } from "../journal/life.ts";
import type { LifeState } from "../journal/life-state.ts";
import { decidedCause, isDecidable } from "./decided-cause.ts";
import { diagnoseLife } from "./diagnose-life.ts";
import { evidenceOf } from "./evidence-of.ts";
import type { RefusalRecord } from "./refusal-record.ts";
import { stepsWith } from "./steps-with.ts";

export interface RefusalToDiagnose {
  readonly refusal: RefusalRecord;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly issuer: string;
  /** As the reader may see it. */
  readonly history: readonly HistoryEntry[];
  readonly anonymous: boolean;
  /** What the refusal was about; null: not known, or not the reader's to know. */
  readonly life: Life | null;
  readonly state: LifeState | null;
}

export async function diagnoseRefusal(
  input: RefusalToDiagnose,
): Promise<Diagnosis> {
  const { refusal, at } = input;
  const { reason, cause, facts = {} } = refusal.detail;
  const judged = await judgedLife(input);
  const ending = endingOf(judged);
  const decided = cause ?? usualCause(reason);
  const causes = await causesOf(input, judged, decided, ending);
  if (judged) return { ...judged, causes };
  const found = reason === null ? null : evidenceOf(reason, facts, at, ending);
  return {
    contract: 1,
    outcome: "rejected",
    reason,
    steps: stepsWith(found),
    causes,
    token: { header: null, claims: null, trusted: false },
    needs: [],
  };
}

/** null: nothing is known of the token, or its own story is another than the one that it was refused for. */
async function judgedLife({
  refusal,
  life,
  state,
  history,
  issuer,
  at,
  anonymous,
}: RefusalToDiagnose): Promise<Diagnosis | null> {
  if (!life || !state) return null;
  const judged = await diagnoseLife({
    life,
    state: state.outcome === "good" ? { ...state, outcome: "unknown" } : state,
    history,
    issuer,
    now: at,
    anonymous,
  });
  const { reason } = refusal.detail;
  return judged && sameStory(judged.reason, reason) ? judged : null;
}

/** Whether the token, its grant or its subject was revoked, the journal may know better than the row that was looked at. */
const sameStory = (one: Reason | null, other: Reason | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    stepOf(one) === "revocation" &&
    stepOf(other) === "revocation");

async function causesOf(
  { refusal, at }: RefusalToDiagnose,
  judged: Diagnosis | null,
  decided: CauseCode | null,
  ending: HistoryEntry | null,
): Promise<readonly Cause[]> {
  const told = judged?.causes ?? [];
  if (decided === null) return told.length > 0 ? told : heard(refusal, at);
  // The same with the facts of the history says more.
  const same = told.find(({ cause }) => cause === decided);
  if (same) return [same, ...told.filter((one) => one !== same)];
  if (refusal.detail.cause === null && told.length > 0) return told;
  if (!isDecidable(decided)) return told.length > 0 ? told : heard(refusal, at);
  const { facts = {} } = refusal.detail;
  return [await decidedCause({ cause: decided, facts, at, ending })];
}

/** What the words of the answer tell, where the server knew no more itself. */
async function heard(
  { code, description, endpoint, detail }: RefusalRecord,
  at: number,
): Promise<readonly Cause[]> {
  const { diagnose } = await import("@assay/diagnosis");
  const { causes } = await diagnose({
    response: {
      status: code === "invalid_client" || endpoint === "admin" ? 401 : 400,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ error: code, error_description: description }),
    },
    now: new Date(at).toISOString(),
    context:
      detail.clientId === undefined ? {} : { client: { id: detail.clientId } },
  });
  // That the server names the wrong error is no answer of the server itself.
  return causes.filter(({ cause }) => cause !== "oauth.error_misleading");
}

function endingOf(judged: Diagnosis | null): HistoryEntry | null {
  for (const step of judged?.steps ?? [])
    if ("findings" in step)
      for (const { evidence } of step.findings)
        if (
          "event" in evidence &&
          evidence.event !== null &&
          evidence.at !== null
        )
          return {
            at: evidence.at,
            event: evidence.event as HistoryEntry["event"],
            ...(evidence.by !== null && { by: evidence.by }),
          };
  return null;
}

/** What a reason means where nothing else is known. */
const USUAL: { readonly [R in Reason]?: CauseCode } = {
  "expiration.expired": "time.expired",
  "binding.proof_missing": "binding.scheme_downgraded",
  "binding.key_mismatch": "binding.other_key",
  "binding.request_mismatch": "binding.proof_stale",
  "binding.replayed": "binding.proof_stale",
  "binding.nonce": "binding.nonce_required",
  "revocation.client": "revoked.by_administrator",
  "revocation.key": "revoked.by_administrator",
};

const usualCause = (reason: Reason | null): CauseCode | null =>
  reason === null ? null : (USUAL[reason] ?? null);
