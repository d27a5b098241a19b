/** The Redis of the setting `replayStore`. */
import { redisReplayStore, type RedisReplayStore } from "@assay/guard";
import { UsageError } from "../usage-error.ts";

export interface OpenedRedis {
  readonly store: RedisReplayStore;
  close(): void;
}

/** In milliseconds. */
const CONNECT = 5000;

/** Connects, and asks for the policy. Throws UsageError where Redis is away or may forget proofs; the address may hold a password and is not repeated. */
export async function openRedis(
  url: string,
  lost: (problem: string) => void,
): Promise<OpenedRedis> {
  // Loaded here: most guards have none.
  const { Redis } = await import("ioredis");
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT,
    // A request is answered 503 at once: it does not wait for a Redis that is away.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    retryStrategy: (times) => Math.min(times * 100, 2000),
  });
  let isAway = false;
  client.on("error", (error: NodeJS.ErrnoException) => {
    if (!isAway) lost(error.code ?? error.name);
    isAway = true;
  });
  client.on("ready", () => {
    isAway = false;
  });
  const store = redisReplayStore(client);
  try {
    await client.connect();
    await store.ready();
  } catch (error) {
    client.disconnect();
    throw new UsageError(
      `replayStore: expected a Redis that answers and forgets no proof, found ${problemOf(error)}`,
    );
  }
  return { store, close: () => client.disconnect() };
}

const problemOf = (error: unknown): string =>
  error instanceof Error
    ? ((error as NodeJS.ErrnoException).code ?? error.message)
    : "an error";
