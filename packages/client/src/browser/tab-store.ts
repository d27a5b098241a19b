/** Tokens of a browser's tab, shared with the tabs that hold the same sign-in: by Web Locks one renewal, by a BroadcastChannel its result. */
import { TemporarilyUnavailable } from "../errors.ts";
import type { TokenStore } from "../store.ts";
import { readTokenSet, type TokenSet } from "../token-set.ts";

/** The parts that are used, so that what else has their shape can be brought. */
export interface KeptTexts {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Locks {
  request<Result>(name: string, task: () => Promise<Result>): Promise<Result>;
}

export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(
    type: "message",
    listener: (event: { readonly data: unknown }) => void,
  ): void;
  close(): void;
}

export interface TabStoreOptions {
  /** Tells the tokens of one application and client from others of this origin. */
  readonly name: string;
  /** Default sessionStorage: it ends with the tab. */
  readonly storage?: KeptTexts;
  readonly locks?: Locks;
  readonly channel?: Channel;
}

type Message =
  | {
      readonly kind: "saved";
      readonly family: string;
      readonly tokens: string | null;
    }
  /** Before a renewal: whoever has other tokens of this sign-in shall say so. */
  | {
      readonly kind: "ask";
      readonly id: string;
      readonly family: string;
      readonly generation: number;
    }
  | { readonly kind: "newer"; readonly id: string; readonly tokens: string };

/** How long other tabs are listened to before a renewal, in milliseconds: a channel may be slower than a lock. */
const LISTEN = 100;

/**
 * What a duplicated tab has copied stays one sign-in: it is renewed once, and ended in all tabs. Threat: other scripts of this origin can
 * read storage and channel; keep a bound token (`dpop`) where that counts.
 */
export class TabStore implements TokenStore {
  readonly #key: string;
  readonly #storage: KeptTexts;
  readonly #locks: Locks;
  readonly #channel: Channel;
  readonly #watchers: Set<(tokens: TokenSet | null) => void> = new Set();
  readonly #answers: Map<string, () => void> = new Map();

  constructor({ name, storage, locks, channel }: TabStoreOptions) {
    const platform = globalThis as unknown as {
      readonly sessionStorage: KeptTexts;
      readonly navigator: { readonly locks: Locks };
    };
    this.#key = `assay-client:${name}`;
    this.#storage = storage ?? platform.sessionStorage;
    this.#locks = locks ?? platform.navigator.locks;
    this.#channel = channel ?? new BroadcastChannel(this.#key);
    this.#channel.addEventListener("message", ({ data }) =>
      this.#hear(data as Message),
    );
  }

  async load(): Promise<TokenSet | null> {
    return this.#read();
  }

  async save(tokens: TokenSet | null): Promise<void> {
    const before = this.#read();
    this.#write(tokens);
    const family = tokens?.family ?? before?.family;
    if (family !== undefined)
      this.#say({
        kind: "saved",
        family,
        tokens: tokens && JSON.stringify(tokens),
      });
  }

  async exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#locks.request(this.#key, async () => {
      await this.#askOthers();
      return task();
    });
  }

  watch(changed: (tokens: TokenSet | null) => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** Hears no other tab any more. */
  close(): void {
    this.#channel.close();
  }

  /** The lock may come before the message of the tab that held it: without asking, its refresh token would be used twice. */
  async #askOthers(): Promise<void> {
    const held = this.#read();
    if (!held) return;
    const id = crypto.randomUUID();
    await new Promise<void>((resolve) => {
      // After a pause of this tab itself, the timer is due before what has come meanwhile is heard: that is heard first.
      let late = setTimeout(() => {
        late = setTimeout(resolve, 0);
      }, LISTEN);
      this.#answers.set(id, () => {
        clearTimeout(late);
        resolve();
      });
      this.#say({
        kind: "ask",
        id,
        family: held.family,
        generation: held.generation,
      });
    });
    this.#answers.delete(id);
  }

  #hear(message: Message): void {
    const held = this.#read();
    switch (message.kind) {
      case "saved": {
        // Threat: two people's sign-ins in two tabs of one origin must not get mixed up.
        if (held?.family !== message.family) return;
        this.#take(message.tokens);
        return;
      }
      case "ask":
        if (
          held?.family === message.family &&
          held.generation > message.generation
        )
          this.#say({
            kind: "newer",
            id: message.id,
            tokens: JSON.stringify(held),
          });
        return;
      case "newer":
        if (!this.#answers.has(message.id)) return;
        this.#take(message.tokens);
        this.#answers.get(message.id)?.();
    }
  }

  /** Messages may come late: an older generation takes no newer one's place. */
  #take(text: string | null): void {
    const tokens = text === null ? null : readTokenSet(text);
    if (tokens && tokens.generation <= (this.#read()?.generation ?? 0)) return;
    this.#write(tokens);
    for (const changed of this.#watchers) changed(tokens);
  }

  #read(): TokenSet | null {
    const text = this.#storage.getItem(this.#key);
    return text === null ? null : readTokenSet(text);
  }

  #write(tokens: TokenSet | null): void {
    try {
      if (tokens) this.#storage.setItem(this.#key, JSON.stringify(tokens));
      else this.#storage.removeItem(this.#key);
    } catch (error) {
      throw new TemporarilyUnavailable("a browser storage that takes nothing", {
        cause: error,
      });
    }
  }

  #say(message: Message): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin alone
    this.#channel.postMessage(message);
  }
}
