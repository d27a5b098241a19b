/** Status lists of a test issuer (draft-ietf-oauth-status-list), good ones and doubtful ones. */
import { deflateSync, gzipSync } from "node:zlib";
import { exportKey, generateKey, sign, type Key } from "@assay/token";
import { text, type IssuerServer } from "./issuer-server.ts";

const TYPE = { "content-type": "application/statuslist+jwt" };

export interface ListPublisher {
  readonly server: IssuerServer;
  /** Publishes a list; `claims` and `list` go before what is usual. */
  publish(list?: object, claims?: object, header?: object): Promise<void>;
  /** A good token with this index. */
  mint(idx: unknown, uri?: string): Promise<string>;
}

export const pack = (bytes: Uint8Array): string =>
  deflateSync(bytes).toString("base64url");

export async function publishLists(
  server: IssuerServer,
): Promise<ListPublisher> {
  const key: Key = await generateKey("ES256");
  server.answers.set(
    "/jwks",
    text(
      200,
      JSON.stringify({
        keys: [...server.issuer.jwks.keys, exportKey(key, { secret: false })],
      }),
      { "content-type": "application/json" },
    ),
  );
  const usual = `${server.origin}/list`;
  return {
    server,
    async publish(list = {}, claims = {}, header = {}) {
      const now = Math.floor(server.issuer.clock() / 1000);
      const jwt = await sign(
        {
          sub: usual,
          iat: now,
          exp: now + 600,
          ttl: 60,
          // Index 0: valid, 1: invalid, 2: suspended, 3: of a meaning that nobody knows.
          status_list: {
            bits: 2,
            lst: pack(Uint8Array.of(0b11_10_01_00)),
            ...list,
          },
          ...claims,
        },
        key,
        { header: { typ: "statuslist+jwt", ...header } },
      );
      server.answers.set("/list", text(200, jwt, TYPE));
    },
    mint: (idx, uri = usual) =>
      server.issuer.mint({ claims: { status: { status_list: { idx, uri } } } }),
  };
}

const LATER = 4_000_000_000;
/** What leaves a token undecided: what, how the list comes to be so, and the index, where it is not 0. */
export const DOUBTFUL_LISTS: readonly [
  string,
  (it: ListPublisher) => Promise<void>,
  unknown?,
][] = [
  [
    "a list for another uri",
    (it) => it.publish({}, { sub: "https://other.test/list" }),
  ],
  ["an index beyond the list", (it) => it.publish(), 4],
  ["an index below 0", (it) => it.publish(), -1],
  ["an index that is no number", (it) => it.publish(), "0"],
  ["a status that nobody knows", (it) => it.publish(), 3],
  ["three bits a status", (it) => it.publish({ bits: 3 })],
  ["a list that is not packed", (it) => it.publish({ lst: "AAAA" })],
  [
    "a list that is gzip",
    (it) =>
      it.publish({ lst: gzipSync(Uint8Array.of(0)).toString("base64url") }),
  ],
  [
    "a bomb",
    (it) => it.publish({ lst: pack(new Uint8Array(32 * 1024 * 1024)) }),
  ],
  [
    "an expired list",
    (it) => it.publish({}, { exp: 1_000_000_000, iat: 999_999_000 }),
  ],
  ["a list without iat", (it) => it.publish({}, { iat: undefined })],
  ["a list of tomorrow", (it) => it.publish({}, { nbf: LATER })],
  ["another kind of token", (it) => it.publish({}, {}, { typ: "at+jwt" })],
  [
    "a list of a stranger",
    async (it) => {
      const stranger = await generateKey("ES256");
      const jwt = await sign(
        {
          sub: `${it.server.origin}/list`,
          iat: 1,
          status_list: { bits: 1, lst: pack(Uint8Array.of(0)) },
        },
        stranger,
        { header: { typ: "statuslist+jwt" } },
      );
      it.server.answers.set("/list", text(200, jwt, TYPE));
    },
  ],
  ["no list", async () => {}],
  [
    "a server that fails",
    async (it) => {
      it.server.answers.set("/list", text(500, ""));
    },
  ],
  [
    "a way to somewhere else",
    async (it) => {
      it.server.answers.set(
        "/list",
        text(302, "", { location: `${it.server.origin}/other` }),
      );
    },
  ],
];
