/** Notes when a secret was last used: at most once a minute each, and never in the way of an answer. */
import type { Store } from "../store/store.ts";

const ONCE_A = 60_000;
/** So many secrets are remembered as noted. More of them only means that some are written more often. */
const REMEMBERED = 10_000;

export class SecretUse {
  readonly #store: Pick<Store, "noteSecretUsed">;
  readonly #failed: (error: unknown) => void;
  readonly #noted = new Map<string, number>();
  readonly #pending = new Set<Promise<void>>();

  /** `failed` hears what the store threw: that a use was not noted stops nobody. */
  constructor(
    store: Pick<Store, "noteSecretUsed">,
    failed: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#failed = failed;
  }

  /** `at` and `lastUsedAt` in milliseconds; the latter as the store has it. */
  note(
    {
      clientId,
      secretId,
      lastUsedAt,
    }: {
      readonly clientId: string;
      readonly secretId: string;
      readonly lastUsedAt: number | null;
    },
    at: number,
  ): void {
    const last = Math.max(lastUsedAt ?? 0, this.#noted.get(secretId) ?? 0);
    if (at - last < ONCE_A) return;
    if (this.#noted.size >= REMEMBERED) this.#noted.clear();
    this.#noted.set(secretId, at);
    const write = this.#store
      .noteSecretUsed(clientId, secretId, at)
      .catch((error: unknown) => {
        this.#noted.delete(secretId);
        this.#failed(error);
      })
      .finally(() => this.#pending.delete(write));
    this.#pending.add(write);
  }

  /** Resolves when nothing is on its way to the store any more: before the store is closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }
}
