/** A guard that reads the feed of a server, at a door of its own. */
import {
  revocationFeed,
  type RevocationFeedOptions,
  type RevocationStatus,
} from "@assay/guard";
import { bearer, openDoor, type Door } from "./door.ts";
import {
  CLIENT,
  LIST,
  serveFeed,
  until,
  type FeedServer,
} from "./revocation-server.ts";

export interface FeedDoor extends AsyncDisposable {
  readonly feed: FeedServer;
  readonly door: Door;
  readonly statuses: RevocationStatus[];
  /** Sends a good token at this place. Returns the status of the answer. */
  ask(idx: number, list?: string, claims?: object): Promise<number>;
  /** Until the feed decides. */
  live(): Promise<void>;
  /** Until a connection after this many was begun. */
  connectedAfter(requests: number): Promise<void>;
}

export async function openFeedDoor(
  options: Partial<RevocationFeedOptions> = {},
  given?: FeedServer,
): Promise<FeedDoor> {
  const feed = given ?? (await serveFeed());
  const statuses: RevocationStatus[] = [];
  const door = await openDoor(
    {
      issuers: feed.origin,
      revocation: revocationFeed({
        issuer: feed.origin,
        ...CLIENT,
        onStatus: (status) => statuses.push(status),
        // A machine that is slow must not look like silence.
        monotonic: () => 0,
        ...options,
      }),
    },
    feed.issuer,
  );
  const { revocation } = door.guard;
  return {
    feed,
    door,
    statuses,
    async ask(idx, list = LIST, claims = {}) {
      const token = await feed.mint(idx, list, claims);
      return (await door.get(bearer(token))).status;
    },
    live: async () => until(() => revocation.status()?.by === "feed"),
    connectedAfter: async (requests) =>
      until(() => feed.requests.length > requests),
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await feed[Symbol.asyncDispose]();
    },
  };
}
