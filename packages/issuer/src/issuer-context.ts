/** What every endpoint gets. No endpoint knows a clock, a source of randomness, a database or a key but these. */
import type { Incoming } from "./incoming.ts";
import type { Logger } from "pino";
import type { Account } from "./authorization/account.ts";
import type { Handles } from "./diagnosis/handles.ts";
import type { GuardEvents } from "./guard-events/guard-events.ts";
import type { ClaimsHook, ProtocolOptions } from "./issuer-options.ts";
import type { JournalWriter, Who } from "./journal/journal-writer.ts";
import type { LifeStories } from "./journal/life-story.ts";
import type { TurnedAway } from "./journal/turned-away.ts";
import type { MasterKey } from "./master-key.ts";
import type { RecentReading } from "./recent-reading.ts";
import type { RevocationFeed } from "./revocation/revocation-feed.ts";
import type { StatusListTokens } from "./revocation/status-list-tokens.ts";
import type { StatusPlaces } from "./revocation/status-places.ts";
import type { SecretUse } from "./clients/secret-use.ts";
import type { DpopNonces } from "./tokens/dpop-nonces.ts";
import type { SenderMarks } from "./tokens/sender-mark.ts";
import type { KeyRing } from "./signing-keys/key-ring.ts";
import type { Store } from "./store/store.ts";

export interface IssuerContext {
  /** The issuer's name: a URL without query, fragment and final slash (RFC 8414 section 2). */
  readonly issuer: string;
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Bytes of a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  readonly keys: KeyRing;
  readonly master: MasterKey;
  readonly journal: JournalWriter;
  readonly handles: Handles;
  readonly guardEvents: GuardEvents;
  readonly turnedAway: TurnedAway;
  readonly lives: LifeStories;
  readonly feed: RevocationFeed;
  readonly statusLists: StatusListTokens;
  readonly places: StatusPlaces;
  readonly marks: SenderMarks;
  readonly nonces: DpopNonces;
  readonly secretUse: SecretUse;
  /** Of pages that may read answers. */
  readonly origins: RecentReading<ReadonlySet<string>>;
  readonly options: ProtocolOptions;
  readonly claimsHook: ClaimsHook | null;
  /** Who may sign in; null: nobody. */
  readonly account: Account | null;
  readonly logger: Logger;
  /** Wakes the sealer: something was written to the journal. */
  readonly written: () => void;
  /** A revocation left more to settle than it ends at once. */
  readonly settle: () => void;
}

/** Where a request came from, as far as the server trusts what tells it. */
export interface Connection {
  /** The sender's address; null: not known. */
  readonly ip: string | null;
}

/** Milliseconds to the whole seconds of a token. */
export const seconds = (milliseconds: number): number =>
  Math.floor(milliseconds / 1000);

export const nobody = (connection: Connection, request: Incoming): Who => ({
  subject: null,
  clientId: null,
  ip: connection.ip,
  agent: request.headers.get("user-agent"),
});
