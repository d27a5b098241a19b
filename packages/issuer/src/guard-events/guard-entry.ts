/** One event of a guard as an entry of the journal, and as what stands behind its handle. */
import { isUndecided } from "@assay/token";
import { sealRefusal } from "../diagnosis/refusal-record.ts";
import type { EventName, JournalEntry } from "../journal/events.ts";
import type { JournalWriter, Who } from "../journal/journal-writer.ts";
import { NOBODY } from "../journal/personal-fields.ts";
import type { MasterKey } from "../master-key.ts";
import type { AccessToken, HandleRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { digestOf } from "../tokens/opaque-token.ts";
import type {
  ToldAdmission,
  ToldCount,
  ToldEvent,
  ToldRefusal,
} from "./read-batch.ts";

export interface GuardEntryContext {
  readonly store: Pick<Store, "findAccessToken">;
  readonly journal: JournalWriter;
  readonly master: MasterKey;
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Teller {
  /** client_id of the guard. */
  readonly guard: string;
  readonly boot: string;
  readonly resource: string;
}

export interface KeptEvent {
  readonly entry: JournalEntry;
  readonly handle: HandleRecord | null;
}

const NAMES: Readonly<Record<ToldEvent["event"], EventName>> = {
  "token.refused": "guard.refused",
  "token.undecided": "guard.undecided",
  "token.admitted": "guard.admitted",
  "audit.counted": "guard.counted",
};

/** `keepsHandle` is asked once, for a refusal alone. Throws StoreUnavailable. */
export async function guardEntry(
  context: GuardEntryContext,
  teller: Teller,
  told: ToldEvent,
  keepsHandle: () => boolean,
): Promise<KeptEvent> {
  const { guard, boot, resource } = teller;
  const name = NAMES[told.event];
  const facts = { guard, boot, number: told.sequence, seenAt: told.at };
  if (told.event === "audit.counted")
    return {
      handle: null,
      entry: await context.journal.entry(
        name,
        { resource, facts: { ...facts, ...countFacts(told) } },
        { ...NOBODY, clientId: guard },
      ),
    };
  const token = await tokenOf(context, told);
  const about = {
    clientId: token?.clientId,
    grantId: token?.grantId ?? undefined,
    tokenId: token?.tokenId ?? told.fingerprint ?? undefined,
    resource,
  };
  const isAdmission = told.event === "token.admitted";
  const entry = await context.journal.entry(
    name,
    {
      ...about,
      facts: {
        ...facts,
        ...(isAdmission ? {} : refusalFacts(told)),
        alg: told.key?.alg ?? null,
        kid: told.key?.kid ?? null,
        proven: told.who?.proven ?? false,
        fingerprint: told.fingerprint,
      },
    },
    whoOf(told, token),
  );
  return {
    entry,
    handle:
      isAdmission || !keepsHandle()
        ? null
        : handleOf(context, teller, told, token, entry),
  };
}

/**
 * The token as the issuer itself knows it. Threat: a forged token that bears the id of a real one puts its refusals into that one's story;
 * so an id counts only where the guard has found the signature good, and is that of this issuer. Else the text is known by its fingerprint.
 */
async function tokenOf(
  { store, issuer }: GuardEntryContext,
  { who }: ToldRefusal | ToldAdmission,
): Promise<AccessToken | null> {
  if (!who?.proven || who.issuer !== issuer || who.tokenId === null)
    return null;
  const found = await store.findAccessToken({ tokenId: who.tokenId });
  return found?.token ?? null;
}

/** A subject that nobody has proven is the word of a stranger, and must not come among what is known of that person. */
const whoOf = (
  { where }: ToldRefusal | ToldAdmission,
  token: AccessToken | null,
): Who => ({
  subject: token?.subject ?? null,
  clientId: token?.clientId ?? null,
  ip: where.ip,
  agent: where.agent,
  request: `${where.method} ${where.host ?? ""}${where.path}`,
});

const refusalFacts = ({
  handle,
  status,
  error,
  step,
  reason,
  problem,
  cause,
}: ToldRefusal): NonNullable<JournalEntry["facts"]> => ({
  handle,
  status,
  error,
  step,
  reason,
  problem,
  cause: cause?.code ?? null,
  confidence: cause?.confidence ?? null,
});

/** Reasons that are kept apart in an entry of the journal. */
const REASONS = 20;

const countFacts = ({
  since,
  count,
  reasons,
}: ToldCount): NonNullable<JournalEntry["facts"]> => ({
  since,
  count,
  ...Object.fromEntries(
    Object.entries(reasons)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, REASONS)
      .map(([reason, times]) => [`of ${reason}`, times]),
  ),
});

function handleOf(
  { master, now }: GuardEntryContext,
  { guard, resource }: Teller,
  told: ToldRefusal,
  token: AccessToken | null,
  { personal }: JournalEntry,
): HandleRecord {
  const { handle, status, error, reason, problem, evidence, cause } = told;
  const undecided = reason === null ? status === 503 : isUndecided(reason);
  return sealRefusal(master, digestOf(handle), now, {
    code: error ?? String(status),
    description: `The guard ${guard} of ${resource} answered ${status}.`,
    endpoint: "guard",
    // The client of the token may read it: it has got the handle, and shows by its secret or key who it is.
    clientId: token?.clientId ?? null,
    authenticated: token !== null,
    detail: {
      reason,
      cause: cause?.code ?? null,
      ...(token && { clientId: token.clientId, tokenId: token.tokenId }),
      ...(token?.grantId && { grantId: token.grantId }),
      ...(!token && told.fingerprint && { tokenId: told.fingerprint }),
      facts: { guard, resource, problem, seenAt: told.at },
    },
    seen: { outcome: undecided ? "undecided" : "rejected", evidence, cause },
    personal,
  });
}
