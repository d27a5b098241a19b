/**
 * An issuer with a feed of revocations on a real port, as docs/guides/revocation-table.md has it: honest, unless a test lets it do otherwise.
 * Everything is signed with real keys; the clock is the test issuer's.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { deflateSync } from "node:zlib";
import {
  createTestIssuer,
  testClock,
  type TestClock,
  type TestIssuer,
} from "@assay/guard/testing";
import {
  exportKey,
  generateKey,
  sign,
  thumbprint,
  type AlgorithmName,
  type Key,
} from "@assay/token";
import { listen } from "./listen.ts";

export interface FeedRequest {
  readonly after: number | null;
  readonly resources: readonly string[];
  readonly authorization: string;
}

export interface Signing {
  readonly key?: Key;
  readonly header?: object;
}

export interface FeedServer extends AsyncDisposable {
  readonly origin: string;
  readonly issuer: TestIssuer;
  readonly clock: TestClock;
  /** The requests for the feed, in order. */
  readonly requests: FeedRequest[];
  /** Requests for tokens and for status lists. */
  readonly asked: string[];
  /** Open connections of the feed. */
  readonly connections: ReadonlySet<ServerResponse>;
  /** The number of the last revocation. */
  seq: number;
  /** Every revocation, by its number. */
  readonly revoked: Map<number, { list: string; idx: number }>;
  /** Of which resources it tells. */
  resources: readonly string[];
  /** The keys that it says are published; null: those that are. */
  kids: readonly string[] | null;
  etag: string;
  /** False: it falls silent. */
  beats: boolean;
  /** False: nothing is at the address of the status list. */
  publishes: boolean;
  /** How a connection is begun, in place of the honest way. */
  begin: ((to: ServerResponse, request: FeedRequest) => Promise<void>) | null;
  /** How a request for the feed is answered, in place of a stream. */
  refuse: ((to: ServerResponse) => void) | null;
  /** How a status list is answered, in place of the honest way. */
  list: ((to: ServerResponse) => void) | null;
  revoke(list: string, idx: number): void;
  send(text: string): void;
  /** Ends every connection of the feed, with a reason if there is one. */
  end(why?: string): void;
  heartbeat(claims?: object, signing?: Signing): Promise<string>;
  snapshot(claims?: object, signing?: Signing): Promise<string>;
  /** A good token at this place. */
  mint(idx: number, list?: string, claims?: object): Promise<string>;
}

export const CLIENT = { clientId: "api", clientSecret: "a secret" } as const;
export const LIST = "first";

export const event = (
  name: string,
  data: string,
  id: number | string | null,
): string =>
  `${id === null ? "" : `id: ${id}\n`}event: ${name}\ndata: ${data}\n\n`;

/** Waits for what must come; the test's own bound says when it did not. */
export async function until(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await holds())) await pause(10);
}

/** `alg`: of the tokens; what the feed says is signed with ES256. */
export async function serveFeed(
  clock: TestClock = testClock(),
  alg: AlgorithmName = "ES256",
): Promise<FeedServer> {
  const key = await generateKey("ES256");
  const kid = await thumbprint(exportKey(key, { secret: false }));
  const connections = new Set<ServerResponse>();

  const server = await listen((request, response) => {
    void answer(request, response);
  });
  const { origin } = server;
  const issuer = await createTestIssuer({ issuer: origin, clock, alg });
  const now = (): number => clock() / 1000;
  const jwks = (): object => ({
    keys: [
      ...issuer.jwks.keys,
      { ...exportKey(key, { secret: false }), kid, alg: "ES256" },
    ],
  });
  const signed = async (
    typ: string,
    claims: object,
    { key: other = key, header = {} }: Signing = {},
  ): Promise<string> =>
    sign({ iss: origin, iat: now(), ...claims }, other, {
      header: { typ, kid, ...header },
    });

  const feed: FeedServer = {
    origin,
    issuer,
    clock,
    requests: [],
    asked: [],
    connections,
    seq: 0,
    revoked: new Map(),
    resources: [issuer.audience],
    kids: null,
    etag: '"1"',
    beats: true,
    publishes: true,
    begin: null,
    refuse: null,
    list: null,
    revoke(list, idx) {
      feed.seq++;
      feed.revoked.set(feed.seq, { list, idx });
      feed.send(told(feed.seq));
    },
    send(text) {
      for (const connection of connections) connection.write(text);
    },
    end(why) {
      if (why !== undefined)
        feed.send(event("end", JSON.stringify({ why }), null));
      for (const connection of connections) connection.end();
      connections.clear();
    },
    heartbeat: async (claims = {}, signing) =>
      signed(
        "assay-revocations-heartbeat+jwt",
        {
          seq: feed.seq,
          kids: feed.kids ?? [
            kid,
            ...issuer.jwks.keys.map((one) => String(one.kid)),
          ],
          jwks_etag: feed.etag,
          ...claims,
        },
        signing,
      ),
    snapshot: async (claims = {}, signing) => {
      const lists = new Map<string, number[]>();
      for (const { list, idx } of feed.revoked.values())
        lists.set(list, [...(lists.get(list) ?? []), idx]);
      return signed(
        "assay-revocations-snapshot+jwt",
        {
          aud: CLIENT.clientId,
          resource: feed.resources[0],
          seq: feed.seq,
          part: 1,
          last: true,
          lists: [...lists].map(([list, indexes]) => ({ list, indexes })),
          ...claims,
        },
        signing,
      );
    },
    mint: async (idx, list = LIST, claims = {}) =>
      issuer.mint({
        claims: {
          status: {
            status_list: { idx, uri: `${origin}/status-lists/${list}` },
          },
          ...claims,
        },
      }),
    async [Symbol.asyncDispose]() {
      clearInterval(beating);
      await server[Symbol.asyncDispose]();
    },
  };

  function told(seq: number): string {
    const { list, idx } = feed.revoked.get(seq) ?? { list: LIST, idx: 0 };
    return event(
      "revoked",
      JSON.stringify({
        seq,
        resource: issuer.audience,
        list,
        idx,
        exp: Math.ceil(now() + 600),
      }),
      seq,
    );
  }

  /** Fifty milliseconds instead of five hundred: the tests wait for heartbeats. */
  const beating = setInterval(() => void beat(), 50);

  async function beat(): Promise<void> {
    if (!feed.beats) return;
    const { seq } = feed;
    const jwt = await feed.heartbeat();
    if (feed.beats && feed.seq === seq) feed.send(event("heartbeat", jwt, seq));
  }

  async function begin(to: ServerResponse, after: number | null) {
    if (after !== null && after <= feed.seq) {
      for (let seq = after + 1; seq <= feed.seq; seq++) to.write(told(seq));
      return;
    }
    const { seq } = feed;
    for (const resource of feed.resources) {
      const jwt = await feed.snapshot({
        resource,
        seq,
        ...(resource !== issuer.audience && { lists: [] }),
      });
      const isEnd = resource === feed.resources.at(-1);
      to.write(event("snapshot", jwt, isEnd ? seq : null));
    }
    for (let next = seq + 1; next <= feed.seq; next++) to.write(told(next));
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", origin);
    const json = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (pathname === "/jwks") return json(200, jwks());
    if (pathname === "/token") {
      feed.asked.push(pathname);
      const basic = `Basic ${btoa(`${CLIENT.clientId}:${CLIENT.clientSecret.replace(" ", "+")}`)}`;
      return request.headers.authorization === basic
        ? json(200, { access_token: "feed-token", token_type: "Bearer" })
        : json(401, { error: "invalid_client" });
    }
    if (pathname.startsWith("/status-lists/")) {
      feed.asked.push(pathname);
      if (feed.list) return feed.list(response);
      if (!feed.publishes) return json(503, {});
      const bits = new Uint8Array(1024);
      for (const { list, idx } of feed.revoked.values())
        if (pathname.endsWith(`/${list}`))
          bits[idx >> 3] = (bits[idx >> 3] ?? 0) | (1 << (idx & 7));
      const jwt = await signed("statuslist+jwt", {
        sub: origin + pathname,
        exp: now() + 60,
        ttl: 10,
        status_list: {
          bits: 1,
          lst: deflateSync(bits).toString("base64url"),
        },
      });
      response.writeHead(200, { "content-type": "application/statuslist+jwt" });
      response.end(jwt);
      return;
    }
    if (pathname === "/revocations") {
      const given = request.headers["last-event-id"];
      const asked: FeedRequest = {
        after: typeof given === "string" ? Number(given) : null,
        resources: searchParams.getAll("resource"),
        authorization: String(request.headers.authorization),
      };
      feed.requests.push(asked);
      if (feed.refuse) return feed.refuse(response);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("retry: 1000\n\n");
      if (feed.begin) await feed.begin(response, asked);
      else await begin(response, asked.after);
      response.on("close", () => connections.delete(response));
      if (!response.writableEnded) connections.add(response);
      return;
    }
    const document = await issuer.fetch(origin + pathname, undefined as never);
    return json(document.status, (await document.json()) as object);
  }

  return feed;
}
