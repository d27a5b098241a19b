/** What the feed says: the texts of its events (server-sent events, HTML Standard section 9.2), and the claims of what is signed. */
import { seconds } from "../issuer-context.ts";
import type { JwtKind } from "../signing-keys/sign-jwt.ts";
import type { RevokedPlace } from "../store/records.ts";

export const SNAPSHOT_TYPE: JwtKind = {
  typ: "assay-revocations-snapshot+jwt",
};
export const HEARTBEAT_TYPE: JwtKind = {
  typ: "assay-revocations-heartbeat+jwt",
};

/** Why a stream ends. The reader comes back, with a new token where the old one is over. */
export type FeedEnd = "stopping" | "token_over" | "access_changed";

/** After so many milliseconds a reader that was cut off comes back. */
export const greeting = "retry: 1000\n\n";

/** `id`: what a reader has when it has read this; null: it has not got so far. Nothing here holds a line break. */
export const event = (name: string, data: string, id: number | null): string =>
  `${id === null ? "" : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;

/** An index of a resource's token and its end in seconds. Never a subject, a client or a token. */
export const revokedEvent = ({
  sequence,
  resource,
  list,
  index,
  expiresAt,
}: RevokedPlace): string =>
  event(
    "revoked",
    JSON.stringify({
      seq: sequence,
      resource,
      list,
      idx: index,
      exp: Math.ceil(expiresAt / 1000),
    }),
    sequence,
  );

export const endEvent = (why: FeedEnd): string =>
  event("end", JSON.stringify({ why }), null);

export interface HeartbeatClaims {
  readonly iss: string;
  /** Seconds with milliseconds: of this moment is what it says. */
  readonly iat: number;
  /** Every revocation up to this number went over this connection before. */
  readonly seq: number;
  /** Published keys: a token under any other is over. */
  readonly kids: readonly string[];
  /** ETag of the published set, so that a verifier knows when to fetch it. */
  readonly jwks_etag: string;
}

export interface SnapshotClaims {
  readonly iss: string;
  /** The client that reads: a snapshot is for nobody else. */
  readonly aud: string;
  readonly iat: number;
  readonly resource: string;
  /** Revocations up to this number are in the snapshot, those after it follow as events. */
  readonly seq: number;
  /** Parts count from 1; a snapshot is whole when the last one has come. */
  readonly part: number;
  readonly last: boolean;
  readonly lists: readonly {
    readonly list: string;
    readonly indexes: readonly number[];
  }[];
}

/** Indexes by their lists, both in the order of revocation. */
export function byList(
  places: readonly RevokedPlace[],
): SnapshotClaims["lists"] {
  const lists = new Map<string, number[]>();
  for (const { list, index } of places) {
    const indexes = lists.get(list);
    if (indexes) indexes.push(index);
    else lists.set(list, [index]);
  }
  return [...lists].map(([list, indexes]) => ({ list, indexes }));
}

/** NumericDate may have a fraction (RFC 7519 section 2); milliseconds tell a fresh heartbeat from one that was kept. */
export const preciseSeconds = (milliseconds: number): number =>
  seconds(milliseconds) + (milliseconds % 1000) / 1000;
