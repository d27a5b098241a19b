/** An attacker's workshop: tokens put together by hand with node:crypto, never by the code under test. */
import assert from "node:assert/strict";
import {
  constants,
  createHmac,
  createSign,
  generateKeyPairSync,
  privateEncrypt,
  randomBytes,
  sign,
  type KeyObject,
} from "node:crypto";
import { inspect } from "node:util";
import {
  createVerifier,
  keySet,
  type Finding,
  type Jwk,
  type Policy,
  type Presented,
  type Reason,
} from "@assay/token";

export interface Row {
  /** Its number in the table of attacks. */
  readonly row: number;
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

export const ISSUER = "https://issuer.example";
export const AUDIENCE = "https://api.example";
/** The verifier's clock, in seconds. */
export const NOW = 1_800_000_000;

export const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const ec384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
export const ed = generateKeyPairSync("ed25519");
export const secret = randomBytes(32);

export const jwkOf = (
  key: KeyObject,
  members: Readonly<Record<string, unknown>> = {},
): Jwk => ({ ...key.export({ format: "jwk" }), ...members });
export const octOf = (
  bytes: Uint8Array,
  members: Readonly<Record<string, unknown>> = {},
): Jwk => ({ kty: "oct", k: base64url(bytes), ...members });

export const good = (): Record<string, unknown> => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: "someone",
  iat: NOW - 10,
  exp: NOW + 300,
});

export type Signer = (input: string) => Uint8Array;
export const hs256 =
  (key: Uint8Array | string): Signer =>
  (input) =>
    createHmac("sha256", key).update(input).digest();
export const rs =
  (key: KeyObject, hash = "sha256"): Signer =>
  (input) =>
    createSign(hash).update(input).sign(key);
export const ps =
  (key: KeyObject, saltLength: number, hash = "sha256"): Signer =>
  (input) =>
    sign(hash, Buffer.from(input), {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength,
    });
export const es =
  (
    key: KeyObject,
    dsaEncoding: "ieee-p1363" | "der" = "ieee-p1363",
    hash = "sha256",
  ): Signer =>
  (input) =>
    sign(hash, Buffer.from(input), { key, dsaEncoding });
export const eddsa =
  (key: KeyObject): Signer =>
  (input) =>
    sign(null, Buffer.from(input), key);
/** RSA without any padding: whatever block the attacker wants. */
export const rsaBlock =
  (key: KeyObject, make: (input: string) => Uint8Array): Signer =>
  (input) =>
    privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, make(input));

export const base64url = (data: Uint8Array | string): string =>
  Buffer.from(data).toString("base64url");

/** Objects become JSON; texts and bytes stay as they are. */
export function compact(
  header: object | string,
  payload: unknown,
  signer: Signer,
): string {
  const segment = (part: unknown): string =>
    base64url(
      part instanceof Uint8Array || typeof part === "string"
        ? part
        : JSON.stringify(part),
    );
  const input = `${segment(header)}.${segment(payload)}`;
  return `${input}.${base64url(signer(input))}`;
}

/** A token that is good but for what is changed in its claims. */
export const claiming = (changes: Readonly<Record<string, unknown>>): string =>
  compact(
    { alg: "ES256", kid: "k" },
    { ...good(), ...changes },
    es(ec.privateKey),
  );

export const policy = (changes: Partial<Policy> = {}): Policy => ({
  issuer: ISSUER,
  audience: AUDIENCE,
  keys: keySet({ keys: [jwkOf(ec.publicKey, { kid: "k" })] }),
  clock: () => NOW * 1000,
  ...changes,
});

export const withKeys = (...keys: readonly Jwk[]): Partial<Policy> => ({
  keys: keySet({ keys }),
});

/** The verdict's finding, or null when accepted. `examine` must say the same. */
export async function judge(
  presented: string | Presented,
  changes: Partial<Policy> = {},
): Promise<Finding | null> {
  const verifier = createVerifier(policy(changes));
  const verdict = await verifier.verify(presented);
  const examination = await verifier.examine(presented);
  assert.equal(examination.outcome, verdict.outcome);
  assert.equal(
    examination.reason,
    verdict.outcome === "accepted" ? null : verdict.reason,
  );
  return verdict.outcome === "accepted" ? null : verdict;
}

export async function refused(
  reason: Reason,
  presented: string | Presented,
  changes: Partial<Policy> = {},
  evidence: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const finding = await judge(presented, changes);
  const told = inspect(presented).slice(0, 200);
  assert.equal(finding?.reason ?? "accepted", reason, told);
  const found = finding?.evidence as unknown as Readonly<
    Record<string, unknown>
  >;
  assert.deepEqual(
    Object.fromEntries(
      Object.keys(evidence).map((name) => [name, found[name]]),
    ),
    evidence,
    told,
  );
}

export async function accepted(
  presented: string | Presented,
  changes: Partial<Policy> = {},
): Promise<void> {
  assert.equal(await judge(presented, changes), null);
}
