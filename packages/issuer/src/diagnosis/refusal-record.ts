/**
 * What is kept of a refusal: what the server knew, sealed under the master key. No token, code or secret is in it; who it was stands
 * under the key of the person, so that an erased person is gone from here as well.
 */
import type { RefusalDetail } from "../errors.ts";
import type { ToldCause } from "../guard-events/read-batch.ts";
import type { SealedPersonal } from "../journal/events.ts";
import type { MasterKey } from "../master-key.ts";
import type { HandleRecord } from "../store/records.ts";

export interface RefusalRecord {
  /** The code of the error (RFC 6749 section 5.2), or that of RFC 6750 for an inactive token. */
  readonly code: string;
  readonly description: string;
  readonly endpoint: string;
  /** The client that sent the request, as it named itself. */
  readonly clientId: string | null;
  readonly authenticated: boolean;
  /** Without the subject. */
  readonly detail: Omit<RefusalDetail, "subject">;
  /** What a guard told of a refusal of its own. Default: it was the issuer's. */
  readonly seen?: SeenByGuard;
  readonly personal: SealedPersonal | null;
}

export interface SeenByGuard {
  readonly outcome: "rejected" | "undecided";
  readonly evidence: Readonly<Record<string, unknown>> | null;
  /** null: the guard could say none. */
  readonly cause: ToldCause | null;
}

/** A refusal can be read for so long, in milliseconds. */
export const HANDLE_LIFE: number = 24 * 3600 * 1000;

const DAY_MS = 24 * 3600 * 1000;

/** One purpose a day: no key of the master seals more than a day's refusals. */
const purpose = (at: number): string =>
  `diagnosis handle ${Math.floor(at / DAY_MS)}`;

/** `digest` names the row: sealed for one, it does not open in another. */
export function sealRefusal(
  master: MasterKey,
  digest: string,
  at: number,
  refusal: RefusalRecord,
): HandleRecord {
  return {
    digest,
    clientId: refusal.authenticated ? refusal.clientId : null,
    at,
    expiresAt: at + HANDLE_LIFE,
    sealed: master.seal(
      purpose(at),
      Buffer.from(JSON.stringify(refusal)),
      digest,
    ),
  };
}

/** Throws UnsealError. */
export function openRefusal(
  master: MasterKey,
  { digest, at, sealed }: HandleRecord,
): RefusalRecord {
  const plain = master.unseal(purpose(at), sealed, digest);
  return JSON.parse(Buffer.from(plain).toString("utf8")) as RefusalRecord;
}
