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
  const state: { problem: string | null; isOpen: boolean } = {
    problem: null,
    isOpen: false,
  };
  client.on("error", (error: NodeJS.ErrnoException) => {
    const isNew = state.problem === null;
    state.problem = error.code ?? error.name;
    if (state.isOpen && isNew) lost(state.problem);
  });
  client.on("ready", () => {
    state.problem = null;
  });
  const store = redisReplayStore(client);
  try {
    await client.connect();
    await store.ready();
  } catch (error) {
    client.disconnect();
    throw new UsageError(
      `replayStore: expected a Redis that answers and forgets no proof, found ${state.problem ?? (error as Error).message}`,
    );
  }
  state.isOpen = true;
  return { store, close: () => client.disconnect() };
}
