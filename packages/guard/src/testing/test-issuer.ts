/** An issuer within the process, for the tests of whoever uses the guard: it mints any token, good or bad, and serves its keys. */
import {
  exportKey,
  generateKey,
  importSecret,
  keySetOf,
  platform,
  sign,
  thumbprint,
  type AlgorithmName,
  type Fetch,
  type Jwk,
  type Key,
  type KeySet,
} from "@assay/token";
import { testClock, type TestClock } from "./test-clock.ts";

/** What is to be wrong with a token. */
export type Flaw =
  /** One bit of the signature is another. */
  | "signature"
  /** The payload was changed after it was signed. */
  | "payload"
  /** Signed with a key that the issuer never had, under the kid of its own. */
  | "forged"
  /** Signed with a key that nobody published. */
  | "unknown_key"
  /** alg is none, and there is no signature. */
  | "none"
  /** HMAC with the public key as its secret. */
  | "confused"
  | "expired"
  | "not_yet_valid"
  | "other_issuer"
  | "other_audience"
  /** Marked as an ID token. */
  | "id_token"
  /** Cut off in the middle. */
  | "cut";

export interface MintOptions {
  /** Claims that go before the usual ones; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly flaw?: Flaw;
  /** Binds the token to the key of proofs (RFC 9449 section 6). */
  readonly boundTo?: Key;
}

export interface ProofOptions {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly nonce?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface TestIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly clock: TestClock;
  /** The keys as they are published now. */
  readonly keys: KeySet;
  readonly jwks: { readonly keys: readonly Jwk[] };
  /** Options of a guard that takes these tokens. */
  readonly options: {
    readonly issuers: readonly [
      { readonly issuer: string; readonly keys: { lookup(): KeySet } },
    ];
    readonly audience: string;
    readonly clock: TestClock;
  };
  /** Answers as the issuer's server would: hand it to `createGuard` as `remote.fetch`, with the issuer's name alone. */
  readonly fetch: Fetch;
  /** A good token, unless a flaw or other claims are asked for. */
  mint(options?: MintOptions): Promise<string>;
  /** From now on tokens are signed with a new key; the old one stays published until the next turn, unless `drop`. */
  rotate(options?: { readonly drop?: boolean }): Promise<void>;
  /** A key for proofs. */
  proofKey(): Promise<Key>;
  /** A DPoP proof (RFC 9449 section 4.2). */
  prove(key: Key, options: ProofOptions): Promise<string>;
}

export interface TestIssuerOptions {
  readonly issuer?: string;
  readonly audience?: string;
  readonly alg?: AlgorithmName;
  readonly clock?: TestClock;
  /** Seconds that a token lives. Default 600. */
  readonly lifetime?: number;
}

/** Tokens of it are good only where a guard is told to trust it; nothing is written and no port is opened. */
export async function createTestIssuer({
  issuer = "https://issuer.test",
  audience = "https://api.test",
  alg = "ES256",
  clock = testClock(),
  lifetime = 600,
}: TestIssuerOptions = {}): Promise<TestIssuer> {
  let current = await generateKey(alg);
  let published = keySetOf(current);
  const stranger = await generateKey(alg);
  const jwksOf = (): TestIssuer["jwks"] => ({
    keys: published.keys.map((key) => exportKey(key, { secret: false })),
  });

  async function mint({
    claims,
    header,
    flaw,
    boundTo,
  }: MintOptions = {}): Promise<string> {
    const now = Math.floor(clock() / 1000);
    const said = {
      iss: issuer,
      aud: audience,
      sub: "user-1",
      client_id: "client-1",
      iat: now,
      exp: now + lifetime,
      jti: crypto.randomUUID(),
      ...(boundTo && { cnf: { jkt: await thumbprint(boundTo) } }),
      ...(flaw && FLAWED_CLAIMS[flaw]?.(now)),
      ...claims,
    };
    const key =
      flaw === "forged"
        ? await generateKey(alg, { kid: current.kid ?? "" })
        : flaw === "unknown_key"
          ? stranger
          : current;
    const typ = flaw === "id_token" ? "id_token+jwt" : "at+jwt";
    if (flaw === "confused")
      return sign(
        said,
        importSecret(JSON.stringify(jwksOf()), { alg: "HS256" }),
        {
          header: { typ, kid: current.kid, ...header },
        },
      );
    return damaged(await sign(said, key, { header: { typ, ...header } }), flaw);
  }

  const documents: Readonly<Record<string, () => unknown>> = {
    [`${issuer}/.well-known/openid-configuration`]: () => ({
      issuer,
      jwks_uri: `${issuer}/jwks`,
    }),
    [`${issuer}/jwks`]: jwksOf,
  };

  return {
    issuer,
    audience,
    clock,
    get keys() {
      return published;
    },
    get jwks() {
      return jwksOf();
    },
    options: {
      issuers: [{ issuer, keys: { lookup: () => published } }],
      audience,
      clock,
    },
    fetch: async (url) => {
      const document = documents[url];
      return document
        ? Response.json(document())
        : Response.json({ error: "not_found" }, { status: 404 });
    },
    mint,
    async rotate({ drop = false } = {}) {
      const before = current;
      current = await generateKey(alg);
      published = drop ? keySetOf(current) : keySetOf(current, before);
    },
    proofKey: () => generateKey("ES256"),
    async prove(key, { method, url, token, nonce, claims, header }) {
      const { kty, crv, x, y, n, e } = exportKey(key, { secret: false });
      const hash = await platform.digest("sha256", token);
      return sign(
        {
          jti: crypto.randomUUID(),
          htm: method,
          htu: url.replace(/[?#].*$/, ""),
          iat: Math.floor(clock() / 1000),
          ath: platform.encodeBase64url(hash),
          ...(nonce !== undefined && { nonce }),
          ...claims,
        },
        key,
        {
          header: {
            typ: "dpop+jwt",
            kid: undefined,
            jwk: JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as Jwk,
            ...header,
          },
        },
      );
    },
  };
}

const FLAWED_CLAIMS: Partial<Record<Flaw, (now: number) => object>> = {
  expired: (now) => ({ iat: now - 1200, exp: now - 600 }),
  not_yet_valid: (now) => ({ nbf: now + 300 }),
  other_issuer: () => ({ iss: "https://other.test" }),
  other_audience: () => ({ aud: "https://other-api.test" }),
};

const text = (value: object): string =>
  platform.encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));

const DAMAGE: Partial<
  Record<Flaw, (header: string, payload: string, signature: string) => string>
> = {
  signature(header, payload, signature) {
    const bytes = platform.decodeBase64url(signature) ?? new Uint8Array(1);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return `${header}.${payload}.${platform.encodeBase64url(bytes)}`;
  },
  payload(header, payload, signature) {
    const read = platform.decodeText(payload) ?? "{}";
    return `${header}.${text({ ...(JSON.parse(read) as object), admin: true })}.${signature}`;
  },
  none: (_, payload) => `${text({ alg: "none", typ: "at+jwt" })}.${payload}.`,
  cut: (header, payload) =>
    `${header}.${payload.slice(0, Math.floor(payload.length / 2))}`,
};

function damaged(token: string, flaw: Flaw | undefined): string {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return (flaw && DAMAGE[flaw]?.(header, payload, signature)) ?? token;
}
