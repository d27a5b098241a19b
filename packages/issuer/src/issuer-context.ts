/** What every endpoint gets. No endpoint knows a clock, a source of randomness, a database or a key but these. */
import type { Logger } from "pino";
import type { OAuthErrorCode, RefusalDetail } from "./errors.ts";
import type { ClaimsHook, ProtocolOptions } from "./issuer-options.ts";
import type { JournalWriter, Who } from "./journal/journal-writer.ts";
import type { MasterKey } from "./master-key.ts";
import type { SecretUse } from "./clients/secret-use.ts";
import type { DpopNonces } from "./tokens/dpop-nonces.ts";
import type { SenderMarks } from "./tokens/sender-mark.ts";
import type { KeyRing } from "./signing-keys/key-ring.ts";
import type { Store } from "./store/store.ts";

/** A refusal as the diagnosis behind a handle tells it. */
export interface Refusal {
  readonly code: OAuthErrorCode;
  /** What went to the wire. */
  readonly description: string;
  readonly detail: RefusalDetail;
  readonly endpoint: string;
  /** The client that was refused; null: not known. */
  readonly clientId: string | null;
  /** Whether it proved to be that client by a key or a secret. */
  readonly authenticated: boolean;
  readonly who: Who;
}

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
  /** Gives a handle for a refusal, at once: what is behind it is written later, if at all. */
  readonly handles: { open(refusal: Refusal): string };
  readonly marks: SenderMarks;
  readonly nonces: DpopNonces;
  readonly secretUse: SecretUse;
  readonly options: ProtocolOptions;
  readonly claimsHook: ClaimsHook | null;
  readonly logger: Logger;
  /** Wakes the sealer: something was written to the journal. */
  readonly written: () => void;
}

/** Where a request came from, as far as the server trusts what tells it. */
export interface Connection {
  /** The sender's address; null: not known. */
  readonly ip: string | null;
}

/** Milliseconds to the whole seconds of a token. */
export const seconds = (milliseconds: number): number =>
  Math.floor(milliseconds / 1000);

export const nobody = (connection: Connection, request: Request): Who => ({
  subject: null,
  clientId: null,
  ip: connection.ip,
  agent: request.headers.get("user-agent"),
});
