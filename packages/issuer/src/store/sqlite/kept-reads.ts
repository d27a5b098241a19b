/**
 * What was read, kept until something is written that may change it. This process is the only one that writes to the file (server-lock.ts), so
 * what is kept is never behind what was answered.
 */
import { gaveToken, rotate } from "../../tokens/refresh-family.ts";
import type {
  CodeOutcome,
  FoundRefreshToken,
  UsedRefreshToken,
  UseRefreshToken,
} from "../store.ts";

/** Verbs that write, and never to anything that is kept. */
const NOTES = [
  "storeCode",
  "issueAccessToken",
  "rememberOnce",
  "storeHandle",
  "acquireLease",
  "openStatusList",
  "personalKey",
  "writeEntries",
  "seal",
  "trimJournal",
];

/** One kind of answers, by what was asked for. */
class Kept {
  readonly #answers = new Map<string, unknown>();
  readonly #most: number;
  /** Verbs that never change these. Any other empties them: a verb that is forgotten here costs time, not truth. */
  readonly #elsewhere: ReadonlySet<string>;

  constructor(most: number, elsewhere: readonly string[]) {
    this.#most = most;
    this.#elsewhere = new Set([...NOTES, ...elsewhere]);
  }

  get(key: string): unknown {
    return this.#answers.get(key);
  }

  set(key: string, answer: unknown): void {
    if (this.#answers.size >= this.#most) this.#answers.clear();
    this.#answers.set(key, answer);
  }

  delete(key: string): void {
    this.#answers.delete(key);
  }

  written(verb: string): void {
    if (!this.#elsewhere.has(verb)) this.#answers.clear();
  }
}

export class KeptReads {
  /** Clients, resources and rules: every request asks for them, and they change seldom. */
  readonly #rules = new Kept(1000, [
    "redeemCode",
    "useRefreshToken",
    "revoke",
    "settleRevocations",
    "sweep",
  ]);
  /** A resource server asks for the same token again and again. */
  readonly #accessTokens = new Kept(10_000, ["noteSecretUsed"]);
  /** What was looked up is used next, and what it was rotated to comes back after that. */
  readonly #refreshTokens = new Kept(5000, ["noteSecretUsed"]);

  readonly #ofVerb: ReadonlyMap<string, Kept> = new Map([
    ["findClient", this.#rules],
    ["listClients", this.#rules],
    ["findResource", this.#rules],
    ["listResources", this.#rules],
    ["listExchangeRules", this.#rules],
    ["findAccessToken", this.#accessTokens],
    ["findRefreshToken", this.#refreshTokens],
  ]);

  read(verb: string, args: readonly unknown[], ask: () => unknown): unknown {
    const kept = this.#ofVerb.get(verb);
    if (!kept) return ask();
    const key = keyOf(verb, args);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    // What is not there may be asked for under any name, and of a family only the newest token is known to change by its own use.
    if (answer !== null && (verb !== "findRefreshToken" || isNewest(answer)))
      kept.set(key, answer);
    return answer;
  }

  /** Called before the verb's caller hears that it is done. `answer`: what the verb gave; null: it failed. */
  written(verb: string, args: readonly unknown[], answer: unknown): void {
    this.#rules.written(verb);
    // A code or a refresh token ends others only when it came back, and then nothing is issued for it.
    const isRedeemed =
      verb === "redeemCode" &&
      (answer as CodeOutcome | null)?.outcome === "redeemed";
    const used =
      verb === "useRefreshToken" ? (answer as UsedRefreshToken | null) : null;
    if (!isRedeemed && !(used && gaveToken(used.outcome)))
      this.#accessTokens.written(verb);
    if (isRedeemed) return;
    if (used?.outcome.kind === "rotated")
      this.#rotated(args as [UseRefreshToken]);
    else this.#refreshTokens.written(verb);
  }

  /** The next token will be found as this one was, a generation later. */
  #rotated([{ digest, presentation, next }]: [UseRefreshToken]): void {
    const key = keyOf("findRefreshToken", [digest]);
    const before = this.#refreshTokens.get(key) as
      FoundRefreshToken | undefined;
    if (before === undefined) return;
    this.#refreshTokens.delete(key);
    const { family } = rotate(before.family, presentation, next);
    this.#refreshTokens.set(keyOf("findRefreshToken", [next.digest]), {
      tokenId: next.tokenId,
      generation: family.generation,
      family: { ...family, generations: family.generations.slice(-1) },
      grant: before.grant,
    } satisfies FoundRefreshToken);
  }
}

const isNewest = (found: unknown): boolean => {
  const { generation, family } = found as FoundRefreshToken;
  return generation === family.generation;
};

/** As JSON, where it is not the one text or the one digest that most ask by: nobody may be called "null" and be taken for no name at all. */
function keyOf(verb: string, args: readonly unknown[]): string {
  const [only] = args;
  if (args.length !== 1) return `${verb}, ${JSON.stringify(args)}`;
  if (typeof only === "string") return `${verb} ${only}`;
  return typeof only === "object" && only !== null && "digest" in only
    ? `${verb}: ${String(only.digest)}`
    : `${verb}, ${JSON.stringify(args)}`;
}
