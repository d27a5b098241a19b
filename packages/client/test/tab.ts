/** A tab: a thread with storage of its own, that shares locks and channels with the others. */
import { parentPort, workerData } from "node:worker_threads";
import { TabStore } from "../src/browser.ts";
import { createTokenSource } from "../src/index.ts";
import type { IssuedOptions } from "../src/options.ts";

interface Given {
  readonly options: Omit<IssuedOptions, "store" | "clock">;
  readonly ahead: number;
  readonly stored: Readonly<Record<string, string>>;
}

const { options, ahead, stored } = workerData as Given;
const texts = new Map(Object.entries(stored));
const store = new TabStore({
  name: "app",
  storage: {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  },
});
const source = createTokenSource({
  ...options,
  store,
  clock: () => Date.now() + ahead,
});
const say = (message: Readonly<Record<string, unknown>>): void =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  parentPort?.postMessage(message);
source.onChange((token) => say({ changed: token?.value ?? null }));

parentPort?.on("message", (word: "token" | "sign out" | "close") => {
  void (async () => {
    switch (word) {
      case "token":
        return say({
          token: await source.token().then(
            ({ value }) => value,
            (error: unknown) => String(error),
          ),
        });
      case "sign out":
        return say({ signedOut: await source.signOut() });
      case "close":
        source.close();
        store.close();
        parentPort?.close();
    }
  })();
});
say({ ready: true });
