/**
 * Remembers DPoP proofs (RFC 9449 section 11.1) for several processes: one atomic SET NX for each, which Redis forgets by itself when the
 * proof is past its time.
 */
import type { ReplayStore } from "@assay/token";
import { PortFailure } from "./port-failure.ts";
import { proofId } from "./proof-id.ts";

/** A client of node-redis 5 or newer, or of ioredis, connected. Any other by a wrapper: `{ sendCommand: (command) => … }`. */
export type RedisClient =
  | { sendCommand(command: string[]): Promise<unknown> }
  | { call(command: string, ...rest: string[]): Promise<unknown> };

export interface RedisReplayOptions {
  /** Default assay:dpop: */
  readonly prefix?: string;
  /** How long an answer may take, in milliseconds. Default 1000. Let the client fail at once while it has no connection. */
  readonly timeout?: number;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

export interface RedisReplayStore extends ReplayStore {
  /**
   * Call it at the start. Rejects with an Error when Redis does not answer, and when its `maxmemory-policy` is not `noeviction`. Threat: a
   * proof that Redis evicted could be used again. Where Redis does not let us ask for the policy, it is not checked.
   */
  ready(): Promise<void>;
}

const TIMEOUT = 1000;

/** Full memory, an error and silence leave the request undecided (503). Threat: a Redis that loses its data forgets the proofs; only nonces help then. */
export function redisReplayStore(
  client: RedisClient,
  {
    prefix = "assay:dpop:",
    timeout = TIMEOUT,
    clock = Date.now,
  }: RedisReplayOptions = {},
): RedisReplayStore {
  const ask = (name: string, ...rest: string[]): Promise<unknown> =>
    within(
      timeout,
      // ioredis has a sendCommand too, of another shape.
      "call" in client
        ? client.call(name, ...rest)
        : client.sendCommand([name, ...rest]),
    );
  return {
    async remember(jkt, jti, until) {
      const life = Math.max(1, Math.ceil(until * 1000 - clock()));
      const key = `${prefix}${jkt}:${await proofId(jti)}`;
      const answer = await ask("SET", key, "1", "NX", "PX", String(life));
      if (answer === null) return false;
      if (textOf(answer) === "OK") return true;
      throw new PortFailure("replay", "Redis answered SET with something else");
    },
    async ready() {
      const policy = /^maxmemory_policy:(\S+)/m.exec(
        await ask("INFO", "memory").then(textOf, mayNotAsk),
      )?.[1];
      if (policy !== undefined && policy !== "noeviction")
        throw new PortFailure(
          "replay",
          `expected a Redis whose maxmemory-policy is noeviction, found ${policy}: a proof that it evicts could be used again`,
        );
    },
  };
}

/** A client may be set to give bytes. */
const textOf = (answer: unknown): string =>
  answer instanceof Uint8Array
    ? new TextDecoder().decode(answer)
    : typeof answer === "string"
      ? answer
      : "";

/** Redis answered, and lets this user not ask (NOPERM), or knows no INFO (ERR). */
function mayNotAsk(error: unknown): string {
  if (error instanceof Error && /^(?:NOPERM|ERR)\b/.test(error.message))
    return "";
  throw error;
}

async function within<T>(timeout: number, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        new PortFailure("replay", `Redis was silent for ${timeout} ms`),
      ),
    timeout,
  );
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
