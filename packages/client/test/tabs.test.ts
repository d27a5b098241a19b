/** Tabs of one sign-in, as threads: the platform's own Web Locks and BroadcastChannel between them. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, afterEach, before, describe, it } from "node:test";
import { Worker } from "node:worker_threads";
import { API } from "../../../test/interop/running-issuer.ts";
import { TabStore, type Channel, type KeptTexts } from "../src/browser.ts";
import { MemoryStore, type TokenSet } from "../src/index.ts";
import { openBed, PUBLIC, type Bed } from "./bed.ts";

const GRANT = { type: "authorization_code" } as const;
let bed: Bed;
const open: Tab[] = [];
before(async () => {
  bed = await openBed();
});
after(async () => bed.close());
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (tab) => tab.close()));
});

class Tab {
  readonly #worker: Worker;
  readonly heard: Readonly<Record<string, unknown>>[] = [];

  constructor(stored: Readonly<Record<string, string>>, ahead: number) {
    this.#worker = new Worker(new URL("tab.ts", import.meta.url), {
      execArgv: ["--conditions=@assay/source"],
      workerData: {
        options: {
          issuer: bed.running.url,
          clientId: PUBLIC,
          resource: API,
          grant: GRANT,
          metadata: bed.metadata,
        },
        stored,
        ahead,
      },
    });
    this.#worker.on("message", (message: Readonly<Record<string, unknown>>) =>
      this.heard.push(message),
    );
    open.push(this);
  }

  /** What it says of this, now or later. */
  async hears(name: string): Promise<unknown> {
    for (;;) {
      const found = this.heard.find((message) => name in message);
      if (found) return found[name];
      await once(this.#worker, "message");
    }
  }

  say(word: string): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
    this.#worker.postMessage(word);
  }

  async close(): Promise<void> {
    const ended = once(this.#worker, "exit");
    this.say("close");
    await ended;
  }
}

/** Tabs that were made from one, as by duplicating it. */
async function tabs(count: number, ahead: number): Promise<Tab[]> {
  const store = new MemoryStore();
  await bed.signIn(bed.source({ grant: GRANT, store }));
  const stored = { "assay-client:app": JSON.stringify(await store.load()) };
  const opened = Array.from({ length: count }, () => new Tab(stored, ahead));
  await Promise.all(opened.map(async (tab) => tab.hears("ready")));
  return opened;
}

it("a tab whose lock comes before the news asks for the news", async () => {
  const memory = new MemoryStore();
  const person = bed.source({ grant: GRANT, store: memory });
  await bed.signIn(person);
  const older = (await memory.load()) as TokenSet;
  const newer = {
    ...older,
    accessToken: "newer",
    generation: 2,
  };
  const channel = (hears: (kind: string) => boolean): Channel => {
    const real = new BroadcastChannel("assay-client:late");
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches its own origin alone
      postMessage: (message) => real.postMessage(message),
      addEventListener: (type, listener) =>
        real.addEventListener(type, (event) => {
          const { data } = event as {
            readonly data: { readonly kind: string };
          };
          if (hears(data.kind)) listener({ data });
        }),
      close: () => real.close(),
    };
  };
  const storage = (): KeptTexts => {
    const texts = new Map<string, string>();
    return {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, value) => void texts.set(key, value),
      removeItem: (key) => void texts.delete(key),
    };
  };
  const one = new TabStore({
    name: "late",
    storage: storage(),
    channel: channel(() => true),
  });
  const late = new TabStore({
    name: "late",
    storage: storage(),
    channel: channel((kind) => kind !== "saved"),
  });
  await late.save(older);
  await one.save(newer);
  assert.deepEqual(await late.load(), older);
  assert.deepEqual(await late.exclusive(async () => late.load()), newer);
  one.close();
  late.close();
});

describe("tabs of one sign-in", () => {
  it("renew once, and all have the same token", async () => {
    const all = await tabs(4, 301_000);
    const asked = bed.way.requests.length;
    for (const tab of all) tab.say("token");
    const tokens = await Promise.all(
      all.map(async (tab) => tab.hears("token")),
    );
    assert.equal(bed.way.requests.length - asked, 1);
    assert.equal(new Set(tokens).size, 1);
    assert.equal(
      (await bed.verifier.verify(String(tokens[0]))).outcome,
      "accepted",
    );
  });

  it("hear of a renewal without asking, and are signed out together", async () => {
    const [one, other] = (await tabs(2, 301_000)) as [Tab, Tab];
    one.say("token");
    assert.equal(await other.hears("changed"), await one.hears("token"));
    other.heard.length = 0;
    one.say("sign out");
    assert.equal(await one.hears("signedOut"), true);
    assert.equal(await other.hears("changed"), null);
    other.say("token");
    assert.match(String(await other.hears("token")), /^SignInRequired/);
  });

  it("take nothing of another person's sign-in", async () => {
    const [one] = (await tabs(1, 301_000)) as [Tab];
    const [stranger] = (await tabs(1, 301_000)) as [Tab];
    one.say("token");
    const token = await one.hears("token");
    stranger.say("token");
    assert.notEqual(await stranger.hears("token"), token);
  });
});
