/**
 * The store as the issuer needs it. Each verb is one transaction, and returns what happened; state and journal change together, and a
 * verb that writes is done only when its commit is on disk. `contract-suite.ts` proves every back-end alike. A verb throws StoreUnavailable
 * when the database cannot be reached or its answer is not known: never an answer about a token.
 */
import type { RefreshSender } from "@assay/diagnosis/refresh";
import type { Client, ClientSecret } from "../clients/client.ts";
import type { JournalEntry, SealedEntry } from "../journal/events.ts";
import type { ExchangeRule, Resource } from "../resources/resource.ts";
import type {
  FamilyPolicy,
  ReturnPolicy,
  FamilyState,
  RefreshOutcome,
  RefreshPresentation,
} from "../tokens/refresh-family.ts";
import type {
  AuthorizationCode,
  CodeFault,
  EndedBy,
  FoundAccessToken,
  Grant,
  HandleRecord,
  NewAccessToken,
  NewRefreshToken,
  RefreshTokenName,
  Resealing,
  RevokedPlace,
  SealedRow,
  SigningKeyRecord,
  StatusList,
} from "./records.ts";

export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

export interface ClientWithSecrets {
  readonly client: Client;
  /** Live and past ones, newest first. */
  readonly secrets: readonly ClientSecret[];
}

export interface RedeemCode {
  readonly digest: string;
  readonly clientId: string;
  readonly redirectUri: string | null;
  /** S256 of the verifier that was presented; null: none. */
  readonly challenge: string | null;
  readonly jkt: string | null;
  readonly now: number;
  /** What is written when the code is good. The grant's id is that of the code. */
  readonly access: NewAccessToken;
  readonly refresh: NewFamily | null;
  /** Without event and grantId: the verb says what happened. */
  readonly journal: EntryDraft;
}

export interface NewFamily {
  readonly familyId: string;
  readonly token: NewRefreshToken;
  readonly policy: FamilyPolicy;
  /** Thumbprint of the key that the family is bound to; null: not bound. */
  readonly jkt: string | null;
  readonly origin: RefreshSender;
}

export type CodeOutcome =
  | { readonly outcome: "redeemed" }
  | {
      readonly outcome:
        "unknown" | "expired" | "wrong_client" | CodeFault | "grant_revoked";
    }
  /** An earlier request with it was wrong; null: in what is not known. */
  | { readonly outcome: "dead"; readonly diedOf: CodeFault | null }
  /** It was redeemed before: the grant and its tokens are revoked now (RFC 6749 section 4.1.2). */
  | {
      readonly outcome: "replayed";
      readonly redeemedAt: number;
      readonly grantId: string;
    };

/** An entry whose event, and what the state knows of it, the verb fills in; or several, of one change. */
export type EntryDraft = Omit<JournalEntry, "event">;

/** What is known of a refresh token before it is used. */
export interface FoundRefreshToken {
  readonly tokenId: string;
  readonly generation: number;
  readonly family: FamilyState;
  readonly grant: Grant;
}

export interface UseRefreshToken {
  readonly token: RefreshTokenName;
  readonly presentation: RefreshPresentation;
  /** What the client's settings say now of a token that comes back. Default: what they said at the sign-in. */
  readonly judgedBy?: ReturnPolicy;
  /** Written when the family rotates. */
  readonly next: NewRefreshToken;
  /** The next token, sealed so that only the superseded one opens it (tokens/successor-seal.ts). */
  readonly nextSealed: string;
  readonly access: NewAccessToken;
  readonly journal: EntryDraft;
}

export interface UsedRefreshToken {
  readonly outcome: RefreshOutcome;
  /** The successor's seal when `outcome` is a repeat. */
  readonly successorSealed: string | null;
}

export type RevocationTarget =
  | { readonly by: "token"; readonly tokenId: string }
  | { readonly by: "grant"; readonly grantId: string }
  | { readonly by: "session"; readonly sessionId: string }
  | { readonly by: "subject"; readonly subject: string }
  | { readonly by: "client"; readonly clientId: string }
  | { readonly by: "key"; readonly kid: string }
  | { readonly by: "all" };

export interface Revoked {
  /** Whether there was anything to revoke that was not revoked before. */
  readonly found: boolean;
  readonly accessTokens: number;
  readonly families: number;
  readonly grants: number;
}

export interface RevokedNow extends Revoked {
  /** More is ended by the same point in time: introspection knows it, rows and status bits follow by `settleRevocations`. */
  readonly left: boolean;
}

/** How far settling has come: which point in time, and which of its rows. Its maker alone reads it. */
export interface SettlingPlace {
  readonly kind: "session" | "subject" | "client" | "key" | "all";
  readonly name: string;
  readonly before: number;
  readonly of: "grants" | "tokens" | "nothing";
  readonly after: string;
}

export interface Settled {
  /** Grants, and tokens that no grant took along. */
  readonly ended: number;
  /** Where the next batch goes on; null: all is settled that was to be at that time. */
  readonly next: SettlingPlace | null;
}

/** What one process of a guard tells, in the order of its numbers. */
export interface GuardBatch {
  /** The guard's client. */
  readonly clientId: string;
  /** Names one life of the guard's process; its numbers begin with 1. */
  readonly boot: string;
  readonly events: readonly {
    readonly sequence: number;
    readonly entry: JournalEntry;
    readonly handle: HandleRecord | null;
  }[];
  /** The number with which the next batch begins. */
  readonly next: number;
  readonly now: number;
  /** Becomes an entry when numbers are missing: `count` of them, `from` the first, all before `until`. */
  readonly gap: EntryDraft;
}

export interface GuardWritten {
  /** Events that were not told before. */
  readonly written: number;
  readonly missing: number;
  /** The number that is due now. */
  readonly next: number;
}

export interface JournalFilter {
  /** Sequence number after which to begin; 0: from the start. */
  readonly after?: number;
  readonly limit: number;
  readonly newestFirst?: boolean;
  readonly event?: string;
  /** What the issuer itself did and saw, or what guards told. Default: both. */
  readonly origin?: "issuer" | "guards";
  readonly clientId?: string;
  readonly grantId?: string;
  readonly tokenId?: string;
  readonly personalKeyId?: string;
  /** Milliseconds since the epoch. */
  readonly from?: number;
  readonly until?: number;
}

export interface Store {
  // Clients, resources, rules
  findClient(clientId: string): Promise<ClientWithSecrets | null>;
  listClients(): Promise<readonly Client[]>;
  putClient(client: Client, entry: JournalEntry): Promise<void>;
  /** Writes when the client is still as `before` (null: there is none of its id). False: somebody else was faster, and nothing was written. */
  replaceClient(
    before: Client | null,
    client: Client,
    entry: JournalEntry,
  ): Promise<boolean>;
  /** Adds a secret. At most two may be live: "too_many" otherwise. */
  addSecret(
    secret: ClientSecret,
    now: number,
    entry: JournalEntry,
  ): Promise<"added" | "too_many">;
  /** Sets the end of a secret, in milliseconds. False: there is none of that id. */
  endSecret(
    clientId: string,
    secretId: string,
    expiresAt: number,
    entry: JournalEntry,
  ): Promise<boolean>;
  noteSecretUsed(clientId: string, secretId: string, at: number): Promise<void>;
  findResource(resource: string): Promise<Resource | null>;
  listResources(): Promise<readonly Resource[]>;
  putResource(resource: Resource, entry: JournalEntry): Promise<void>;
  /** As `replaceClient`. */
  replaceResource(
    before: Resource | null,
    resource: Resource,
    entry: JournalEntry,
  ): Promise<boolean>;
  listExchangeRules(clientId: string | null): Promise<readonly ExchangeRule[]>;
  putExchangeRule(rule: ExchangeRule, entry: JournalEntry): Promise<void>;
  deleteExchangeRule(ruleId: string, entry: JournalEntry): Promise<boolean>;

  // Grants, codes, tokens
  storeCode(
    grant: Grant,
    code: AuthorizationCode,
    entry: JournalEntry,
  ): Promise<void>;
  findCode(digest: string): Promise<{
    readonly code: AuthorizationCode;
    readonly grant: Grant;
  } | null>;
  redeemCode(input: RedeemCode): Promise<CodeOutcome>;
  /** An access token without a code or refresh token. When it names a grant that is revoked, the token is born revoked. */
  issueAccessToken(access: NewAccessToken, entry: JournalEntry): Promise<void>;
  findAccessToken(
    name: { readonly tokenId: string } | { readonly digest: string },
  ): Promise<FoundAccessToken | null>;
  findRefreshToken(name: RefreshTokenName): Promise<FoundRefreshToken | null>;
  useRefreshToken(input: UseRefreshToken): Promise<UsedRefreshToken | null>;
  findGrant(grantId: string): Promise<Grant | null>;
  listGrants(filter: {
    readonly clientId?: string;
    readonly subject?: string;
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly Grant[]>;

  /** Ends what the target names, as of `before` (milliseconds): what was issued later is not touched. */
  revoke(
    target: RevocationTarget,
    before: number,
    entry: JournalEntry,
  ): Promise<RevokedNow>;
  /**
   * Ends the rows of what points in time ended, and sets their status bits: at most `limit` rows, from `from` on; null: from the beginning.
   * All batches of one way through have the same `now`, because a point in time is done with when the way was begun after the last token
   * from before it can have been written.
   */
  settleRevocations(
    now: number,
    limit: number,
    from: SettlingPlace | null,
  ): Promise<Settled>;

  // Status lists and feed: sealed numbers only
  /** Before the first token of the list. Throws for a name that was given before. */
  openStatusList(list: StatusList): Promise<void>;
  listStatusLists(
    resource: string | null,
  ): Promise<readonly { readonly list: string; readonly resource: string }[]>;
  revokedPlaces(filter: {
    readonly resource?: string;
    readonly list?: string;
    /** After this sequence number. */
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly RevokedPlace[]>;
  newestRevocation(): Promise<number>;
  /** When the oldest revoked place was written that has no number yet, in milliseconds; null: none waits for the sealer. */
  oldestUnsealed(): Promise<number | null>;

  // Signing keys
  listSigningKeys(): Promise<readonly SigningKeyRecord[]>;
  /** Writes the keys given and deletes those named by kid, when nobody else changed the ring since `version`; false: read it again. */
  changeSigningKeys(
    version: number,
    keys: readonly SigningKeyRecord[],
    forgotten: readonly string[],
    entries: readonly JournalEntry[],
  ): Promise<boolean>;
  signingKeysVersion(): Promise<number>;

  // Once only, handles, leases
  /** Notes `jti` of `owner` until `until` (milliseconds). False: it was there. */
  rememberOnce(
    kind: string,
    owner: string,
    jti: string,
    until: number,
  ): Promise<boolean>;
  storeHandle(handle: HandleRecord, entry: JournalEntry | null): Promise<void>;
  findHandle(digest: string): Promise<HandleRecord | null>;
  /** Takes or renews a lease until `until`; false: another holder has it. */
  acquireLease(
    name: string,
    holder: string,
    now: number,
    until: number,
  ): Promise<boolean>;

  // Journal
  /**
   * The key of a person's events, wrapped by the master key; made from `wrapped` when there is none. null: it was erased. Ask again at
   * least once a day: a key that nobody asks for goes with the last row that it opens.
   */
  personalKey(
    keyId: string,
    wrapped: string,
    now: number,
  ): Promise<string | null>;
  /** Destroys the key: the person's fields can be read by nobody again, and the chain stays whole. */
  erasePersonalKey(
    keyId: string,
    now: number,
    entry: JournalEntry,
  ): Promise<boolean>;
  writeEntries(entries: readonly JournalEntry[]): Promise<void>;
  /** Writes each event whose number was not told before, with its handle unless there is one of that name, and says which are missing. */
  writeGuardEvents(batch: GuardBatch): Promise<GuardWritten>;
  /** Numbers and chains at most `limit` committed changes, each with its entries, and as many places of the feed. For the holder of the lease "sealer"; two at once wait for each other. */
  seal(limit: number): Promise<{
    readonly entries: number;
    readonly revocations: number;
    readonly newest: number;
  }>;
  readJournal(filter: JournalFilter): Promise<readonly SealedEntry[]>;
  /** Removes the entries of at most `limit` changes that are older than `before` from the front of the chain; the hash of the last that goes is kept as the chain's anchor. Returns how many entries went. */
  trimJournal(before: number, limit: number): Promise<number>;

  // Operation
  /** Small named values that belong to the whole server: wrapped keys, anchors. */
  readValue(name: string): Promise<string | null>;
  /** Writes when the value is still `expected` (null: not there yet). */
  writeValue(
    name: string,
    expected: string | null,
    value: string,
  ): Promise<boolean>;
  /** Rows of a kind that hold a sealed text, in the order of their ids, after the one named; []: from the first. */
  listSealed(
    kind: SealedRow["kind"],
    after: readonly string[],
    limit: number,
  ): Promise<readonly SealedRow[]>;
  /** Writes each new seal whose row is still as it was read. Returns how many were. */
  replaceSealed(changes: readonly Resealing[]): Promise<number>;
  /** Deletes at most `limit` rows of each kind whose time is over. Returns how many went. */
  sweep(now: number, limit: number): Promise<number>;
  /** For a database that was put back from a backup. `entry`: ends every token from before `now`, some of which were revoked since; null: they stay. */
  markRestored(now: number, entry: JournalEntry | null): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type { EndedBy };
