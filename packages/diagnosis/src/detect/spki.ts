/** A public key as DER, made from its JWK: the bytes that other formats of it are built and hashed from. */
import { platform, type Key } from "@assay/token";
import { bytesOfHex } from "./lenient-base64.ts";

/** AlgorithmIdentifier of each kind of key, in DER (RFC 3279, RFC 5480, RFC 8410). */
const ALGORITHM_IDS: Readonly<Record<string, string>> = {
  RSA: "300d06092a864886f70d0101010500",
  "P-256": "301306072a8648ce3d020106082a8648ce3d030107",
  "P-384": "301006072a8648ce3d020106052b81040022",
  "P-521": "301006072a8648ce3d020106052b81040023",
  secp256k1: "301006072a8648ce3d020106052b8104000a",
  Ed25519: "300506032b6570",
  Ed448: "300506032b6571",
};

/** SubjectPublicKeyInfo (RFC 5280 section 4.1). null: the key has no such form here. */
export function spkiOf(key: Key): Uint8Array | null {
  const id = bytesOfHex(ALGORITHM_IDS[key.crv ?? key.kty] ?? "");
  const bits = key.kty === "RSA" ? pkcs1Of(key) : pointOf(key);
  return id && bits && der(0x30, [...id, ...der(0x03, [0, ...bits])]);
}

/** RSAPublicKey (RFC 8017 appendix A.1.1). */
export function pkcs1Of(key: Key): Uint8Array | null {
  const [n, e] = [member(key, "n"), member(key, "e")];
  return key.kty === "RSA" && n && e
    ? der(0x30, [...integer(n), ...integer(e)])
    : null;
}

function pointOf(key: Key): Uint8Array | null {
  const [x, y] = [member(key, "x"), member(key, "y")];
  if (key.kty === "OKP") return x;
  return key.kty === "EC" && x && y ? Uint8Array.from([4, ...x, ...y]) : null;
}

const member = (key: Key, name: string): Uint8Array | null => {
  const value = key.reveal()[name];
  return typeof value === "string" ? platform.decodeBase64url(value) : null;
};

const integer = (bytes: Uint8Array): Uint8Array =>
  der(0x02, (bytes[0] ?? 0) > 0x7f ? [0, ...bytes] : [...bytes]);

function der(tag: number, content: readonly number[] | Uint8Array): Uint8Array {
  const { length } = content;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, length >> 8, length & 0xff];
  return Uint8Array.from([tag, ...size, ...content]);
}
