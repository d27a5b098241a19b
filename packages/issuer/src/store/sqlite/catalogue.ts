/**
 * Clients, resources and rules as they were read, kept until something is written that may change them. Every request asks for them, and they
 * change seldom. This process is the only one that writes to the file (server-lock.ts), so what is kept is never behind what was answered.
 */
const KEPT = new Set([
  "findClient",
  "listClients",
  "findResource",
  "listResources",
  "listExchangeRules",
]);

/** Verbs that write, and never to what is kept. Any other empties it: a verb that is forgotten here costs time, not truth. */
const ELSEWHERE = new Set([
  "storeCode",
  "redeemCode",
  "issueAccessToken",
  "useRefreshToken",
  "revoke",
  "settleRevocations",
  "rememberOnce",
  "storeHandle",
  "acquireLease",
  "personalKey",
  "writeEntries",
  "seal",
  "trimJournal",
  "sweep",
]);

/** More answers than this are not kept. */
const MOST = 1000;

export class Catalogue {
  readonly #answers = new Map<string, unknown>();

  read(verb: string, args: readonly unknown[], ask: () => unknown): unknown {
    if (!KEPT.has(verb)) return ask();
    // As JSON: nobody may be called "null" and be taken for no name at all.
    const key = `${verb} ${JSON.stringify(args)}`;
    const kept = this.#answers.get(key);
    if (kept !== undefined) return kept;
    const answer = ask();
    // What is not there may be asked for under any name.
    if (answer !== null) {
      if (this.#answers.size >= MOST) this.#answers.clear();
      this.#answers.set(key, answer);
    }
    return answer;
  }

  /** Called before the verb's caller hears that it is done. */
  written(verb: string): void {
    if (!ELSEWHERE.has(verb)) this.#answers.clear();
  }
}
