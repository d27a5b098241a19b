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

/** Verbs that write, and never to anything that is kept. Any other empties what it may change: one that is forgotten here costs time, not truth. */
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
const LEAVE_RULES: ReadonlySet<string> = new Set([
  ...NOTES,
  "redeemCode",
  "useRefreshToken",
  "revoke",
  "settleRevocations",
  "sweep",
]);
const LEAVE_TOKENS: ReadonlySet<string> = new Set([...NOTES, "noteSecretUsed"]);

/** The answers of one verb, by what was asked for. */
class Kept extends Map<string, unknown> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  keep(key: string, answer: unknown): void {
    if (this.size >= this.#most) this.clear();
    this.set(key, answer);
  }
}

export class KeptReads {
  /** Clients, resources and rules: every request asks for them, and they change seldom. */
  readonly #rules: ReadonlyMap<string, Kept> = new Map(
    [
      "findClient",
      "listClients",
      "findResource",
      "listResources",
      "listExchangeRules",
    ].map((verb) => [verb, new Kept(1000)]),
  );
  /** A resource server asks for the same token again and again. */
  readonly #accessTokens = new Kept(10_000);
  /** What was looked up is used next, and what it was rotated to comes back after that. */
  readonly #refreshTokens = new Kept(5000);

  readonly #ofVerb: ReadonlyMap<string, Kept> = new Map([
    ...this.#rules,
    ["findAccessToken", this.#accessTokens],
    ["findRefreshToken", this.#refreshTokens],
  ]);

  read(verb: string, args: readonly unknown[], ask: () => unknown): unknown {
    const kept = this.#ofVerb.get(verb);
    if (!kept) return ask();
    const key = keyOf(args);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    // What is not there may be asked for under any name, and of a family only the newest token is known to change by its own use.
    if (answer !== null && (verb !== "findRefreshToken" || isNewest(answer)))
      kept.keep(key, answer);
    return answer;
  }

  /** Called before the verb's caller hears that it is done. `answer`: what the verb gave; null: it failed. */
  written(verb: string, args: readonly unknown[], answer: unknown): void {
    if (!LEAVE_RULES.has(verb))
      for (const rules of this.#rules.values()) rules.clear();
    if (LEAVE_TOKENS.has(verb)) return;
    // A code or a refresh token ends others only when it came back, and then nothing is issued for it.
    const isRedeemed =
      verb === "redeemCode" &&
      (answer as CodeOutcome | null)?.outcome === "redeemed";
    const used =
      verb === "useRefreshToken" ? (answer as UsedRefreshToken | null) : null;
    if (isRedeemed) return;
    if (!used || !gaveToken(used.outcome)) this.#accessTokens.clear();
    if (used?.outcome.kind === "rotated")
      this.#rotated(args as [UseRefreshToken]);
    else this.#refreshTokens.clear();
  }

  /** The next token will be found as this one was, a generation later. */
  #rotated([{ token, presentation, next }]: [UseRefreshToken]): void {
    const { digest } = token;
    const before = this.#refreshTokens.get(digest) as
      FoundRefreshToken | undefined;
    if (before === undefined) return;
    this.#refreshTokens.delete(digest);
    const { family } = rotate(before.family, presentation, next);
    this.#refreshTokens.keep(next.digest, {
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

/** The one name or digest that most ask by, or all of it as JSON, which is a list: no name may be taken for one. */
function keyOf(args: readonly unknown[]): string {
  const [only] = args;
  const name =
    typeof only === "object" && only !== null && "digest" in only
      ? only.digest
      : only;
  return args.length === 1 && typeof name === "string" && !name.startsWith("[")
    ? name
    : JSON.stringify(args);
}
