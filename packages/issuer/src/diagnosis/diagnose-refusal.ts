/**
 * The full diagnosis of a refusal, made when its handle is read. What the server decided stands as it was decided: the diagnosis adds the
 * causes that only the history tells, and says all of it in the words of `assay why`.
 */
import type { Cause, Diagnosis, HistoryEntry } from "@assay/diagnosis";
import { stepOf, type Reason } from "@assay/token";
import type { RefreshStoryTold } from "../journal/history-entries.ts";
import type { Life } from "../journal/life.ts";
import type { LifeState } from "../journal/life-state.ts";
import { decidedCause, isDecidable } from "./decided-cause.ts";
import { diagnoseLife } from "./diagnose-life.ts";
import { seenCause, seenFinding } from "./diagnose-seen.ts";
import { evidenceOf } from "./evidence-of.ts";
import type { RefusalRecord } from "./refusal-record.ts";
import { usualCauses } from "./usual-causes.ts";
import { withoutToken } from "./without-token.ts";

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
  /** What the server judged when the superseded refresh token came back; null: it is none, or never did. */
  readonly story: RefreshStoryTold | null;
}

export async function diagnoseRefusal(
  input: RefusalToDiagnose,
): Promise<Diagnosis> {
  const { refusal, at } = input;
  const { reason, facts = {} } = refusal.detail;
  const judged = await judgedLife(input);
  const ending = endingOf(judged);
  const { seen } = refusal;
  const cause = seen && (await seenCause(seen));
  const causes = cause ? [cause] : await causesOf(input, judged, ending);
  if (judged) return { ...judged, causes };
  const found =
    (seen && (await seenFinding(reason, seen))) ??
    (reason === null ? null : evidenceOf(reason, facts, at, ending));
  return withoutToken(seen?.outcome ?? "rejected", reason, found, causes);
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
  story,
}: RefusalToDiagnose): Promise<Diagnosis | null> {
  if (!life || !state) return null;
  const judged = await diagnoseLife({
    life,
    state: state.outcome === "good" ? { ...state, outcome: "unknown" } : state,
    history,
    issuer,
    now: at,
    anonymous,
    story,
    presentedAsRefresh: isEndedRefresh(refusal),
  });
  const { reason } = refusal.detail;
  return judged && sameStory(judged.reason, reason) ? judged : null;
}

/** At the token endpoint, a token that is over is a refresh token: of others no id is told. Introspection says what it was shown. */
const isEndedRefresh = ({ endpoint, detail }: RefusalRecord): boolean =>
  (endpoint === "token" || detail.facts?.["kind"] === "refresh") &&
  detail.reason !== null &&
  stepOf(detail.reason) === "revocation";

/** Whether the token, its grant or its subject was revoked, the journal may know better than the row that was looked at. */
const sameStory = (one: Reason | null, other: Reason | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    stepOf(one) === "revocation" &&
    stepOf(other) === "revocation");

async function causesOf(
  { refusal, at, story }: RefusalToDiagnose,
  judged: Diagnosis | null,
  ending: HistoryEntry | null,
): Promise<readonly Cause[]> {
  const { cause, reason, facts = {} } = refusal.detail;
  const told = judged?.causes ?? [];
  if (cause !== null && isDecidable(cause)) {
    // The same with the facts of the history says more; of a token that came back, the judgement of that moment does.
    const same = told.find((one) => one.cause === cause);
    const judgedThen = typeof facts["secondsAfterFirstUse"] === "number";
    return same && !judgedThen
      ? [same, ...told.filter((one) => one !== same)]
      : [
          await decidedCause({
            cause,
            facts: { ...story?.facts, ...facts },
            at,
            ending,
            reason,
          }),
          ...told.filter((one) => one !== same),
        ];
  }
  if (told.length > 0) return told;
  const usual = await Promise.all(
    usualCauses(refusal).map((one) =>
      decidedCause({ ...one, at, ending, reason }),
    ),
  );
  if (usual.length > 0) return usual;
  const causes = await heard(refusal, at);
  return causes.length > 0
    ? causes
    : [
        await decidedCause({
          cause: "oauth.request_format",
          confidence: "possible",
          facts: {},
          at,
          ending: null,
        }),
      ];
}

/** What such an answer mostly means. Our own words are left out: they tell nothing that the server did not know. */
async function heard(
  { code, detail: { clientId } }: RefusalRecord,
  at: number,
): Promise<readonly Cause[]> {
  const { diagnose } = await import("@assay/diagnosis");
  const { causes } = await diagnose({
    response: {
      status: code === "invalid_client" ? 401 : 400,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ error: code }),
    },
    now: new Date(at).toISOString(),
    context: clientId === undefined ? {} : { client: { id: clientId } },
  });
  return causes.filter((one) => !NOT_OURS.has(one.cause));
}

/** That the server names the wrong error is no answer of the server itself, and what was presented was there. */
const NOT_OURS: ReadonlySet<string> = new Set([
  "oauth.error_misleading",
  "token.absent",
]);

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
