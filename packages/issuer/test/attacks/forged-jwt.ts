/** JWTs that are signed, or not, as no library would do it. */
import {
  createHmac,
  createPrivateKey,
  sign as signOf,
  type webcrypto,
} from "node:crypto";
import { exportKey, thumbprint, type Key } from "@assay/token";

export const b64 = (value: unknown): string =>
  Buffer.from(
    typeof value === "string" ? value : JSON.stringify(value),
  ).toString("base64url");

/** A JWT before it is bent. */
export interface Made {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly key: Key;
}

export const unsigned = (
  { header, claims }: Made,
  alg: unknown,
  third = "",
): string =>
  `${b64(alg === undefined ? { ...header, alg: undefined } : { ...header, alg })}.${b64(claims)}.${third}`;

export const resigned = async (
  { header, claims, key }: Made,
  change: {
    readonly header?: Readonly<Record<string, unknown>>;
    readonly claims?: Readonly<Record<string, unknown>>;
    readonly key?: Key;
  },
): Promise<string> => {
  const signer = change.key ?? key;
  const kid = signer.kid ?? (await thumbprint(signer));
  return signedBytes(
    JSON.stringify({ kid, ...header, ...change.header }),
    JSON.stringify({ ...claims, ...change.claims }),
    signer,
  );
};

/** Signs these bytes with the key, whatever they say. */
export function signedBytes(header: string, claims: string, key: Key): string {
  // The library signs only what is well formed: so the platform is asked.
  const secret = createPrivateKey({
    key: exportKey(key, { secret: true }) as webcrypto.JsonWebKey,
    format: "jwk",
  });
  const input = `${b64(header)}.${b64(claims)}`;
  const signature = signOf("sha256", Buffer.from(input), {
    key: secret,
    dsaEncoding: "ieee-p1363",
  });
  return `${input}.${signature.toString("base64url")}`;
}

export const hmac = (
  made: Made,
  header: object,
  secret: string | Uint8Array,
): string => {
  const input = `${b64({ ...made.header, ...header })}.${b64(made.claims)}`;
  return `${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`;
};

/** Order of P-256 (NIST SP 800-186 section 3.2.1.3). */
const ORDER =
  0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Attack row 14: the second signature that every ECDSA signature has, (r, n - s). */
export function otherSignature(jwt: string): string {
  const [header, claims, third = ""] = jwt.split(".");
  const bytes = Buffer.from(third, "base64url");
  const s = ORDER - BigInt(`0x${bytes.subarray(32).toString("hex")}`);
  const twin = Buffer.concat([
    bytes.subarray(0, 32),
    Buffer.from(s.toString(16).padStart(64, "0"), "hex"),
  ]);
  return `${header}.${claims}.${twin.toString("base64url")}`;
}
