/** A client with a token source, with a clock that can be turned. */
import { createHash } from "node:crypto";
import {
  createTokenSource,
  MemoryStore,
  TemporarilyUnavailable,
  TokenError,
  type TokenSource,
} from "@assay/client";
import { FileStore } from "@assay/client/node";
import { offer } from "./child.ts";

type Options = Extract<
  Parameters<typeof createTokenSource>[0],
  { readonly issuer: string }
>;

let ahead = 0;
let options: Options;
let source: TokenSource;
let load: { isWanted: boolean; readonly done: Promise<unknown> } | null = null;
/** How many answers had which status, and how many tokens were used, under which keys. */
const heard = {
  statuses: {} as Record<string, number>,
  keys: {} as Record<string, number>,
};

const count = (of: Record<string, number>, name: string): void => {
  of[name] = (of[name] ?? 0) + 1;
};

const calls = {
  open: async ({
    file,
    ...given
  }: Options & { readonly file?: string }): Promise<void> => {
    options = {
      ...given,
      clock: () => Date.now() + ahead,
      store: file === undefined ? new MemoryStore() : new FileStore(file),
    };
    source = createTokenSource(options);
  },
  turn: async (seconds: number): Promise<void> => {
    ahead += seconds * 1000;
  },
  beginSignIn: async (redirectUri: string) =>
    source.beginSignIn({ redirectUri }),
  finishSignIn: async ({
    pending,
    callback,
  }: {
    readonly pending: string;
    readonly callback: string;
  }): Promise<void> => void (await source.finishSignIn(pending, callback)),
  /** A fingerprint of the token that is good now, or what went wrong. */
  token: async (): Promise<
    | { readonly is: string }
    | { readonly code: string; readonly retryAfterSeconds: number | null }
  > => {
    try {
      const { value } = await source.token();
      return { is: createHash("sha256").update(value).digest("hex") };
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      return {
        code: error.code,
        retryAfterSeconds:
          error instanceof TemporarilyUnavailable
            ? error.retryAfterSeconds
            : null,
      };
    }
  },
  /** Sends so many requests at once. How many answers had which status. */
  call: async ({
    url,
    times = 1,
    body,
  }: {
    readonly url: string;
    readonly times?: number;
    readonly body?: string;
  }): Promise<Readonly<Record<string, number>>> => {
    const statuses: Record<string, number> = {};
    await Promise.all(
      Array.from({ length: times }, async () => {
        const response = await source.fetch(
          url,
          body === undefined ? {} : { method: "POST", body },
        );
        await response.text();
        count(statuses, String(response.status));
      }),
    );
    return statuses;
  },
  /** Begins a steady load: one request after the other in each of four lines, each with a token of its own. */
  beginLoad: async (urls: readonly string[]): Promise<void> => {
    const running = { isWanted: true };
    const line = async (url: string): Promise<void> => {
      while (running.isWanted) {
        const own = createTokenSource({ ...options, store: new MemoryStore() });
        const { value } = await own.token();
        const header = Buffer.from(value.split(".")[0] ?? "", "base64url");
        const { kid } = JSON.parse(header.toString()) as {
          readonly kid: string;
        };
        const response = await own.fetch(url);
        await response.text();
        count(heard.statuses, String(response.status));
        count(heard.keys, kid);
      }
    };
    const lines = [...urls, ...urls].map(line);
    load = Object.assign(running, { done: Promise.all(lines) });
    load.done.catch(() => {});
  },
  /** What the load has heard so far. Rejects when a request got no answer. */
  heard: async () => {
    await Promise.race([load?.done, Promise.resolve()]);
    return heard;
  },
  endLoad: async (): Promise<typeof heard> => {
    if (load) load.isWanted = false;
    await load?.done;
    return heard;
  },
};
export type ClientProcess = typeof calls;

offer(calls);
