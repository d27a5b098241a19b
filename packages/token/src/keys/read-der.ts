import { platform } from "#crypto";
import type { Jwk } from "../crypto/platform.ts";
import { CURVES } from "./curves.ts";
import {
  bitString,
  contentOf,
  DerError,
  objectIdentifier,
  readOne,
  readSequence,
  readValues,
  TAG,
  unsignedInteger,
  type DerValue,
} from "./der.ts";

const CURVE_OIDS: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10045.3.1.7", "P-256"],
  ["1.3.132.0.34", "P-384"],
  ["1.3.132.0.35", "P-521"],
  ["1.3.132.0.10", "secp256k1"],
]);
const EDWARDS_OIDS: ReadonlyMap<string, string> = new Map([
  ["1.3.101.110", "X25519"],
  ["1.3.101.111", "X448"],
  ["1.3.101.112", "Ed25519"],
  ["1.3.101.113", "Ed448"],
]);
const ML_DSA_OIDS: ReadonlyMap<string, string> = new Map([
  ["2.16.840.1.101.3.4.3.17", "ML-DSA-44"],
  ["2.16.840.1.101.3.4.3.18", "ML-DSA-65"],
  ["2.16.840.1.101.3.4.3.19", "ML-DSA-87"],
]);
const RSA = "1.2.840.113549.1.1.1";
const RSA_PSS = "1.2.840.113549.1.1.10";
const EC = "1.2.840.10045.2.1";

export type DerForm =
  "spki" | "pkcs1-public" | "pkcs1-private" | "pkcs8" | "sec1" | "certificate";

const READERS: Readonly<Record<DerForm, (der: Uint8Array) => Jwk>> = {
  spki: readSpki,
  "pkcs1-public": readPkcs1Public,
  "pkcs1-private": readPkcs1Private,
  pkcs8: readPkcs8,
  sec1: (der) => readSec1(der, null) ?? complete(der, "sec1"),
  certificate: readCertificate,
};

/** The JWK that a DER key of this form stands for. Throws DerError for what is not that form or not a key for signatures. */
export function readDer(der: Uint8Array, form: DerForm): Jwk {
  return READERS[form](der);
}

/** Says which form a DER key has, by its outline alone: the forms begin differently. */
export function derForm(der: Uint8Array): DerForm {
  const outline = readSequence(der).map(({ tag }) => tag);
  const begins = (...tags: number[]): boolean =>
    tags.every((tag, i) => outline[i] === tag);
  if (begins(TAG.sequence, TAG.bitString)) return "spki";
  if (begins(TAG.sequence, TAG.sequence, TAG.bitString)) return "certificate";
  if (begins(TAG.integer, TAG.sequence, TAG.octetString)) return "pkcs8";
  if (begins(TAG.integer, TAG.octetString)) return "sec1";
  if (begins(TAG.integer, TAG.integer))
    return outline.length === 2 ? "pkcs1-public" : "pkcs1-private";
  throw new DerError(
    "expected a key (SPKI, PKCS#1, PKCS#8, SEC 1) or a certificate, found another structure",
  );
}

/** SubjectPublicKeyInfo (RFC 5280 section 4.1). */
function readSpki(der: Uint8Array): Jwk {
  return publicKey(readSequence(der));
}

/** A certificate (RFC 5280 section 4.1): its key alone. Neither its signature nor its dates nor its use are judged here. */
function readCertificate(der: Uint8Array): Jwk {
  const fields = readValues(contentOf(readSequence(der)[0], TAG.sequence));
  const versioned = fields[0]?.tag === TAG.context(0) ? 1 : 0;
  // serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo
  return publicKey(readValues(contentOf(fields[versioned + 5], TAG.sequence)));
}

function publicKey(info: readonly DerValue[]): Jwk {
  if (info.length !== 2)
    throw new DerError(
      `expected an algorithm and a key, found ${info.length} values`,
    );
  const algorithm = readAlgorithm(info[0]);
  const bytes = bitString(info[1]);
  if (algorithm.kty === "RSA") return readPkcs1Public(bytes);
  if (algorithm.kty === "EC")
    return { ...algorithm, ...point(algorithm.crv, bytes) };
  return algorithm.kty === "OKP"
    ? { ...algorithm, x: encode(bytes) }
    : { ...algorithm, pub: encode(bytes) };
}

type KeyAlgorithm =
  | { readonly kty: "RSA" }
  | { readonly kty: "EC"; readonly crv: string }
  | { readonly kty: "OKP"; readonly crv: string }
  | { readonly kty: "AKP"; readonly alg: string };

/** AlgorithmIdentifier of a key (RFC 3279 section 2.3, RFC 5480, RFC 8410, RFC 9881). */
function readAlgorithm(value: DerValue | undefined): KeyAlgorithm {
  const [id, parameters, ...more] = readValues(contentOf(value, TAG.sequence));
  const oid = objectIdentifier(id);
  if (more.length > 0)
    throw new DerError("expected an algorithm and its parameters, found more");
  if (oid === EC) return { kty: "EC", crv: namedCurve(parameters) };
  if (
    oid === RSA &&
    (!parameters ||
      (parameters.tag === TAG.null && parameters.content.length === 0))
  )
    return { kty: "RSA" };
  // Its parameters bind the key to one hash and salt, which a JWK says as alg.
  if (oid === RSA_PSS)
    throw new DerError(
      "expected an RSA key (rsaEncryption), found one bound to RSASSA-PSS; give it as a JWK with its alg",
    );
  const crv = EDWARDS_OIDS.get(oid);
  const alg = ML_DSA_OIDS.get(oid);
  if (parameters)
    throw new DerError(
      `expected no parameters for ${crv ?? alg ?? oid}, found some`,
    );
  if (crv !== undefined) return { kty: "OKP", crv };
  if (alg !== undefined) return { kty: "AKP", alg };
  throw new DerError(
    `expected a key for RSA, EC, Ed25519, Ed448 or ML-DSA, found the algorithm ${oid}`,
  );
}

function namedCurve(parameters: DerValue | undefined): string {
  if (parameters?.tag !== TAG.oid)
    throw new DerError(
      "expected a named curve (RFC 5480 section 2.1.1), found a curve spelt out or none",
    );
  const oid = objectIdentifier(parameters);
  const crv = CURVE_OIDS.get(oid);
  if (crv === undefined)
    throw new DerError(
      `expected P-256, P-384, P-521 or secp256k1, found the curve ${oid}`,
    );
  return crv;
}

/** An uncompressed point (SEC 1 section 2.3.3). A compressed one would need arithmetic to read, and RFC 7518 has no form for it. */
function point(crv: string, bytes: Uint8Array): Jwk {
  const size = CURVES.get(crv)?.bytes ?? 0;
  if (bytes[0] === 2 || bytes[0] === 3)
    throw new DerError(
      "expected an uncompressed point, found a compressed one; convert it with: openssl ec -pubin -conv_form uncompressed",
    );
  if (bytes[0] !== 4 || bytes.length !== 2 * size + 1)
    throw new DerError(
      `expected a point of ${2 * size + 1} bytes on ${crv}, found ${bytes.length}`,
    );
  return {
    x: encode(bytes.subarray(1, size + 1)),
    y: encode(bytes.subarray(size + 1)),
  };
}

/** RSAPublicKey (RFC 8017 appendix A.1.1). */
function readPkcs1Public(der: Uint8Array): Jwk {
  const [n, e, ...more] = readSequence(der);
  if (more.length > 0)
    throw new DerError("expected a modulus and an exponent, found more");
  return {
    kty: "RSA",
    n: encode(unsignedInteger(n)),
    e: encode(unsignedInteger(e)),
  };
}

/** RSAPrivateKey of two primes (RFC 8017 appendix A.1.2). */
function readPkcs1Private(der: Uint8Array): Jwk {
  const [version, ...numbers] = readSequence(der);
  if (unsignedInteger(version)[0] !== 0 || numbers.length !== 8)
    throw new DerError("expected an RSA key of two primes, found another");
  const [n, e, d, p, q, dp, dq, qi] = numbers.map((number) =>
    encode(unsignedInteger(number)),
  );
  return { kty: "RSA", n, e, d, p, q, dp, dq, qi };
}

/** ECPrivateKey (RFC 5915 section 3); in PKCS#8 the curve stands outside. null: it leaves the public half out. */
function readSec1(der: Uint8Array, outside: string | null): Jwk | null {
  const [version, secret, ...optional] = readSequence(der);
  if (unsignedInteger(version)[0] !== 1)
    throw new DerError(
      "expected version 1 of an EC private key, found another",
    );
  const tagged = (number: number): Uint8Array | null =>
    optional.find(({ tag }) => tag === TAG.context(number))?.content ?? null;
  const parameters = tagged(0);
  const crv = parameters ? namedCurve(readValues(parameters)[0]) : outside;
  if (crv === null || (outside !== null && crv !== outside))
    throw new DerError("expected one named curve, found none or two");
  const bytes = tagged(1);
  const size = CURVES.get(crv)?.bytes ?? 0;
  const d = contentOf(secret, TAG.octetString);
  if (d.length !== size)
    throw new DerError(
      `expected a private key of ${size} bytes, found ${d.length}`,
    );
  return (
    bytes && {
      kty: "EC",
      crv,
      ...point(crv, bitString(readValues(bytes)[0])),
      d: encode(d),
    }
  );
}

/** [1] IMPLICIT BIT STRING: the public half, since version 2. */
const PUBLIC_KEY = 0x81;

/** PrivateKeyInfo and OneAsymmetricKey (RFC 5958 section 2). */
function readPkcs8(der: Uint8Array): Jwk {
  const [version, identifier, secret, ...optional] = readSequence(der);
  const v = unsignedInteger(version)[0];
  if (v !== 0 && v !== 1)
    throw new DerError("expected version 1 or 2 of PKCS#8, found another");
  const algorithm = readAlgorithm(identifier);
  const inner = contentOf(secret, TAG.octetString);
  if (algorithm.kty === "RSA") return readPkcs1Private(inner);
  if (algorithm.kty === "EC")
    return readSec1(inner, algorithm.crv) ?? complete(der, "pkcs8");
  const half = optional.find(({ tag }) => tag === PUBLIC_KEY);
  if (algorithm.kty === "OKP" && half)
    return {
      ...algorithm,
      x: encode(bitString(half, PUBLIC_KEY)),
      d: encode(readOne(inner, TAG.octetString)),
    };
  // RFC 9881 section 6: of the three private forms only those with the seed can be a JWK, whose priv is the seed (RFC 9964).
  if (
    algorithm.kty === "AKP" &&
    readValues(inner)[0]?.tag === TAG.octetString
  ) {
    throw new DerError(
      "expected an ML-DSA key with its seed, found the expanded key alone",
    );
  }
  return complete(der, "pkcs8");
}

/** These forms may leave the public half out, and only the platform can compute it. */
function complete(der: Uint8Array, type: "pkcs8" | "sec1"): Jwk {
  if (!platform.jwkOfPrivateKey)
    throw new DerError(
      "expected a private key with its public half, as a JWK has it; found the private half alone, and this platform cannot complete it at once",
    );
  try {
    return platform.jwkOfPrivateKey(der, type);
  } catch {
    throw new DerError(
      "expected a private key, found one that the platform cannot read",
    );
  }
}

const encode = (bytes: Uint8Array): string => platform.encodeBase64url(bytes);
