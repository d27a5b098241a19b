/** DPoP proofs (RFC 9449): each request shows that its sender holds the key that the token is bound to. */
import { platform, thumbprint, type Jwk } from "@assay/token";
import { misconfigured } from "./errors.ts";

type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export interface DpopKeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface ProofFacts {
  readonly method: string;
  readonly url: string;
  /** The token that goes with it; null at the token endpoint. */
  readonly accessToken: string | null;
  /** The server's clock, in milliseconds. */
  readonly now: number;
  /** Default: the last one that this server gave. */
  readonly nonce?: string;
}

const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/** A key that this platform can use, and nobody can read unless asked for. Threat: a script that copies the key to use it elsewhere. */
export const generateDpopKey = async ({
  extractable = false,
}: { readonly extractable?: boolean } = {}): Promise<DpopKeyPair> =>
  crypto.subtle.generateKey(CURVE, extractable, ["sign", "verify"]);

/** A private JWK as a key that cannot be read out again. Rejects for what is none of ECDSA on P-256. */
export async function importDpopKey(jwk: Jwk): Promise<DpopKeyPair> {
  const { kty, crv, x, y, d } = jwk as Readonly<
    Record<"kty" | "crv" | "x" | "y" | "d", string>
  >;
  const imported = async (
    part: { readonly d?: string },
    extractable: boolean,
    use: "sign" | "verify",
  ): Promise<CryptoKey> =>
    crypto.subtle.importKey(
      "jwk",
      { kty, crv, x, y, ...part },
      CURVE,
      extractable,
      [use],
    );
  return {
    privateKey: await imported({ d }, false, "sign"),
    publicKey: await imported({}, true, "verify"),
  };
}

/** The key and the nonces that servers gave, by their origin. */
export class DpopProver {
  readonly jkt: string;
  readonly #key: CryptoKey;
  readonly #jwk: Jwk;
  readonly #nonces: Map<string, string> = new Map();

  private constructor(key: CryptoKey, jwk: Jwk, jkt: string) {
    this.#key = key;
    this.#jwk = jwk;
    this.jkt = jkt;
  }

  /** Throws TokenError (`configuration`) for a key of another kind than ECDSA on P-256. */
  static async of({ privateKey, publicKey }: DpopKeyPair): Promise<DpopProver> {
    const { name, namedCurve } = privateKey.algorithm as {
      name?: string;
      namedCurve?: string;
    };
    if (name !== CURVE.name || namedCurve !== CURVE.namedCurve)
      throw misconfigured(
        "a DPoP key of ECDSA on P-256",
        [name, namedCurve].join(" "),
      );
    const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
    const jwk = { kty, crv, x, y };
    return new DpopProver(privateKey, jwk, await thumbprint(jwk));
  }

  /** Keeps the nonce of an answer, good or bad (RFC 9449 section 8.2). True when it is new. */
  observe(origin: string, headers: Headers): boolean {
    const nonce = headers.get("dpop-nonce");
    if (nonce === null || nonce === this.#nonces.get(origin)) return false;
    this.#nonces.set(origin, nonce);
    return true;
  }

  async proof({
    method,
    url,
    accessToken,
    now,
    nonce: given,
  }: ProofFacts): Promise<string> {
    const { origin, pathname } = new URL(url);
    const nonce = given ?? this.#nonces.get(origin);
    const header = { typ: "dpop+jwt", alg: "ES256", jwk: this.#jwk };
    const claims = {
      jti: crypto.randomUUID(),
      htm: method,
      // Without query and fragment (section 4.2).
      htu: `${origin}${pathname}`,
      iat: Math.floor(now / 1000),
      ...(nonce !== undefined && { nonce }),
      ...(accessToken !== null && {
        ath: platform.encodeBase64url(
          await platform.digest("sha256", accessToken),
        ),
      }),
    };
    const input = `${encode(header)}.${encode(claims)}`;
    const signature = await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      this.#key,
      new TextEncoder().encode(input),
    );
    return `${input}.${platform.encodeBase64url(new Uint8Array(signature))}`;
  }
}

const encode = (value: object): string =>
  platform.encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
