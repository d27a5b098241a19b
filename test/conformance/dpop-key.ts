/** A key that makes DPoP proofs (RFC 9449 section 4.2), right ones and, for the modules, wrong ones. */
import { randomUUID } from "node:crypto";
import * as jose from "jose";

export interface ProofChanges {
  /** An undefined claim is left out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs in place of the key that the proof names. */
  readonly signer?: jose.CryptoKey | Uint8Array;
  /** Done to the finished proof. */
  readonly damage?: (proof: string) => string;
}

export class DpopKey {
  readonly privateKey: jose.CryptoKey;
  readonly jwk: jose.JWK;
  readonly thumbprint: string;
  nonce: string | null = null;

  private constructor(
    privateKey: jose.CryptoKey,
    jwk: jose.JWK,
    thumbprint: string,
  ) {
    this.privateKey = privateKey;
    this.jwk = jwk;
    this.thumbprint = thumbprint;
  }

  static async make(): Promise<DpopKey> {
    const pair = await jose.generateKeyPair("ES256", { extractable: true });
    const jwk = await jose.exportJWK(pair.publicKey);
    const thumbprint = await jose.calculateJwkThumbprint(jwk);
    return new DpopKey(pair.privateKey, jwk, thumbprint);
  }

  async proof(
    url: string,
    { claims = {}, header = {}, signer, damage }: ProofChanges = {},
  ): Promise<string> {
    const proof = await new jose.SignJWT({
      jti: randomUUID(),
      htm: "POST",
      htu: url,
      iat: Math.floor(Date.now() / 1000),
      ...(this.nonce !== null && { nonce: this.nonce }),
      ...claims,
    })
      .setProtectedHeader({
        alg: "ES256",
        typ: "dpop+jwt",
        jwk: this.jwk,
        ...header,
      })
      .sign(signer ?? this.privateKey);
    return damage ? damage(proof) : proof;
  }
}
