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
  const input = `${encode({ alg: key.algorithm, typ, kid: key.kid })}.${encode(claims)}`;
  const signature = await sign(Buffer.from(input, "latin1"));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

const encode = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");
