/** A compact JWT (RFC 7519) whose signature a port makes. */
import type { AlgorithmName } from "@assay/token";
import type { SignInput } from "./signer.ts";

export interface JwtKind {
  /** The kind of token (RFC 8725 section 3.11), such as at+jwt. */
  readonly typ: string;
}

/** Nothing is added to the claims. */
export async function signJwt(
  sign: SignInput,
  key: { readonly kid: string; readonly algorithm: AlgorithmName },
  claims: object,
  { typ }: JwtKind,
): Promise<string> {
  const input = `${headerOf(key.algorithm, typ, key.kid)}.${encode(claims)}`;
  const signature = await sign(Buffer.from(input, "latin1"));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

/** Of the last key for each kind: a server signs millions of tokens under one. */
const headers = new Map<
  string,
  { readonly kid: string; readonly text: string }
>();

function headerOf(alg: AlgorithmName, typ: string, kid: string): string {
  const kind = `${alg} ${typ}`;
  const known = headers.get(kind);
  if (known?.kid === kid) return known.text;
  const text = encode({ alg, typ, kid });
  headers.set(kind, { kid, text });
  return text;
}

const encode = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");
