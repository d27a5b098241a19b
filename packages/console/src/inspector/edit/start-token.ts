/** What the editor begins with: the token that was pasted, or one of the page's own. */
import type { Inquiry } from "@assay/diagnosis";
import { decodeUnverified } from "@assay/token";
import type { Draft } from "./forge.ts";

export interface StartToken extends Draft {
  /** The signature that came with it; "" for a token of the page's own. */
  readonly signature: string;
}

const HOUR = 3600;

export const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

/** A token as an issuer would make it now. `now` in seconds since the epoch. */
export const ownToken = (now: number = nowInSeconds()): StartToken => ({
  header: { alg: "ES256", typ: "at+jwt" },
  claims: {
    iss: "https://issuer.example.com",
    sub: "alice",
    aud: "https://api.example.com",
    client_id: "web",
    iat: now - 60,
    exp: now + HOUR,
    scope: "orders:read",
    jti: "b3c1f0a2",
  },
  signature: "",
});

/** null: it has no token that can be read. */
export function tokenIn(inquiry: Inquiry): StartToken | null {
  for (const sent of tokensIn(inquiry)) {
    const token = sent.trim();
    const { header, claims } = decodeUnverified(token);
    if (header && claims)
      return { header, claims, signature: token.split(".")[2] ?? "" };
  }
  return null;
}

/** The token, and what stands in the header Authorization, without the scheme. */
export const tokensIn = ({ token, request }: Inquiry): readonly string[] => [
  ...(token === undefined ? [] : [token]),
  ...Object.entries(request?.headers ?? {})
    .filter(([name]) => name.toLowerCase() === "authorization")
    .flatMap(([, value]) => value)
    .map((value) => value.replace(/^\w+ +/, "")),
];
