/** What a reader gets that cannot resume: every revoked place of its resources whose token is not over by itself, signed, in parts. */
import type { IssuerContext } from "../issuer-context.ts";
import type { RevokedPlace } from "../store/records.ts";
import { ID_TOKEN_ALGORITHM } from "../tokens/id-token.ts";
import type { FeedAccess } from "./feed-reader.ts";
import {
  byList,
  event,
  preciseSeconds,
  SNAPSHOT_TYPE,
  type SnapshotClaims,
} from "./feed-words.ts";

export type SnapshotContext = Pick<
  IssuerContext,
  "issuer" | "store" | "keys" | "clock"
>;

/** Indexes in one part: some 50 KB. A part is read, signed and sent before the next is read. */
const PART = 5000;
/** The keys of snapshots and heartbeats stay published for at least so long, in seconds. */
export const FEED_JWT_SECONDS = 60;

/**
 * Whether `after` is a number from which the store can go on. Not when it is of a history that is not ours (beyond the newest: a backup was
 * restored), and not when numbers behind it were swept already.
 */
export async function canResume(
  { store }: Pick<SnapshotContext, "store">,
  after: number | null,
  newest: number,
): Promise<boolean> {
  if (after === null || after > newest) return false;
  if (after === newest) return true;
  const [oldest] = await store.revokedPlaces({ after: 0, limit: 1 });
  return oldest !== undefined && after >= oldest.sequence - 1;
}

/** The texts of the snapshots, one resource after the other, as of number `upTo`. The very last one carries the number to resume from. */
export async function* snapshots(
  context: SnapshotContext,
  { clientId, resources }: Pick<FeedAccess, "clientId" | "resources">,
  upTo: number,
): AsyncGenerator<string> {
  const { issuer, keys, clock } = context;
  for (const resource of resources) {
    let part = 0;
    for await (const { places, last } of pages(context, resource, upTo)) {
      part++;
      const claims: SnapshotClaims = {
        iss: issuer,
        aud: clientId,
        iat: preciseSeconds(clock()),
        resource,
        seq: upTo,
        part,
        last,
        lists: byList(places),
      };
      const jwt = await keys.sign(ID_TOKEN_ALGORITHM, claims, {
        ...SNAPSHOT_TYPE,
        lifetimeSeconds: FEED_JWT_SECONDS,
      });
      const isEnd = last && resource === resources.at(-1);
      yield event("snapshot", jwt, isEnd ? upTo : null);
    }
  }
}

interface Page {
  readonly places: readonly RevokedPlace[];
  readonly last: boolean;
}

async function* pages(
  { store, clock }: SnapshotContext,
  resource: string,
  upTo: number,
): AsyncGenerator<Page> {
  let after = 0;
  for (;;) {
    const rows = await store.revokedPlaces({ resource, after, limit: PART });
    const now = clock();
    const last = rows.length < PART || (rows.at(-1)?.sequence ?? 0) >= upTo;
    yield {
      places: rows.filter(
        ({ sequence, expiresAt }) => sequence <= upTo && expiresAt > now,
      ),
      last,
    };
    if (last) return;
    after = rows.at(-1)?.sequence ?? after;
  }
}
