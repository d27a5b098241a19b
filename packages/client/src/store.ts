/** Where tokens are kept. */
import type { TokenSet } from "./token-set.ts";

/** Several sources, tabs or processes may share one store: then they share the tokens, and renew them once. */
export interface TokenStore {
  load(): Promise<TokenSet | null>;
  /** Replaces all at once: whoever loads finds the old or the new. null: forgets them. Within `exclusive` alone. */
  save(tokens: TokenSet | null): Promise<void>;
  /** Runs the task while nobody else who shares the store runs one. */
  exclusive<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Calls back when somebody else saved. Gives what ends it. */
  watch?(changed: (tokens: TokenSet | null) => void): () => void;
}

/** Keeps tokens as long as the program runs. */
export class MemoryStore implements TokenStore {
  #tokens: TokenSet | null = null;
  #last: Promise<unknown> = Promise.resolve();
  readonly #watchers: Set<(tokens: TokenSet | null) => void> = new Set();

  async load(): Promise<TokenSet | null> {
    return this.#tokens;
  }

  async save(tokens: TokenSet | null): Promise<void> {
    this.#tokens = tokens;
    for (const changed of this.#watchers) changed(tokens);
  }

  async exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(task, task);
    this.#last = turn.catch(() => {});
    return turn;
  }

  watch(changed: (tokens: TokenSet | null) => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }
}
