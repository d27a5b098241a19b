import { HISTORY_EVENTS } from "@assay/diagnosis/refresh";

/**
 * The events of a token's life. The first group are the names of the contract (docs/contract/diagnosis.md, "History events"), so that a
 * journal can be handed to a diagnosis as its history; the second are refusals and acts of the server itself; the third, all under
 * `guard.`, are what guards of resources told of (guard-events). Threat: a guard that writes that a grant was revoked. No name of its own
 * choice comes into the journal, and none of the third group counts as an act of the server.
 */
export const EVENTS = [
  ...HISTORY_EVENTS,
  "request.refused",
  "refusals.counted",
  "requests.turned_away",
  "token.inactive",
  "token.refused",
  "subject.signed_in",
  "subject.erased",
  "client.created",
  "client.changed",
  "client.enabled",
  "resource.changed",
  "exchange_rule.changed",
  "key.published",
  "master_key.rotated",
  "journal.read",
  "journal.trimmed",
  "diagnosis.read",
  "server.started",
  "guard.refused",
  "guard.undecided",
  "guard.admitted",
  "guard.counted",
  "guard.gap",
] as const;
export type EventName = (typeof EVENTS)[number];

/** One event before it is sealed: what a verb of the store writes in the transaction of the state that it tells of. */
export interface JournalEntry {
  /** Time and random bits, in hexadecimal: later entries sort later (journal/entry-id.ts). */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly event: EventName;
  readonly clientId?: string | undefined;
  readonly grantId?: string | undefined;
  /** jti of a JWT, id of an opaque token or of a refresh token's generation, kid of a key. Never a token. */
  readonly tokenId?: string | undefined;
  readonly resource?: string | undefined;
  /** What can be said without a person: reason, cause, counts. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
  readonly personal: SealedPersonal | null;
}

/** Subject, address and agent, encrypted under the key of the person (journal/personal-fields.ts). */
export interface SealedPersonal {
  /** Row of the key: a keyed digest of the subject, so that a person's events can be found without reading any. */
  readonly keyId: string;
  /** AES-256-GCM, base64url of salt, nonce, ciphertext and tag. */
  readonly cipher: string;
}

/** A row after the sealer gave it its number and its place in the chain. */
export interface SealedEntry extends JournalEntry {
  readonly sequence: number;
  /** SHA-256 over the row and the hash before, base64url. */
  readonly hash: string;
}
