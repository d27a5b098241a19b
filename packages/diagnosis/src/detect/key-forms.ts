/** The forms of a public key that the engine's own import does not take, each turned into a key. Pure. */
import {
  importKey,
  importKeys,
  platform,
  readJwk,
  type Jwk,
  type Key,
} from "@assay/token";
import { bytesOfHex, lenientBase64 } from "./lenient-base64.ts";

/** An RSA key of 16,384 bits as DER, and some more: no key is longer in bytes. */
const LONGEST = 2200;

export interface OtherForm {
  readonly found: string;
  readonly keys: readonly Key[];
}

/** What the text is, where it is a key in a form of its own. null: none of these. `alg` decides what bare bytes can be. */
export function otherForm(given: string, alg: string): OtherForm | null {
  const text = given.replace(/^\uFEFF/, "").trim();
  return (
    sshKey(text) ?? xmlKey(text) ?? jsonWithKeys(text) ?? bareBytes(text, alg)
  );
}

/** RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4; also in the frame of RFC 4716. */
function sshKey(text: string): OtherForm | null {
  const [, line] =
    /^(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-nistp\d+)\s+([A-Za-z0-9+/=]+)/.exec(
      text,
    ) ?? [];
  const [, framed] =
    /^---- BEGIN SSH2 PUBLIC KEY ----([^]*)---- END/.exec(text) ?? [];
  const body = line ?? framed?.replace(/^[\w-]+: .*$/gm, "");
  if (body === undefined) return null;
  const fields = sshFields(lenientBase64(body));
  const [name] = fields;
  const jwk =
    name && jwkOfSsh(String.fromCharCode(...name.subarray(0, 64)), fields);
  return { found: "an SSH public key", keys: jwk ? [readJwk(jwk)] : [] };
}

function sshFields(bytes: Uint8Array): Uint8Array[] {
  const fields: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 4 <= bytes.length && fields.length < 8;) {
    const length = view.getUint32(at);
    fields.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

function jwkOfSsh(
  name: string,
  [, second, third]: readonly Uint8Array[],
): Jwk | null {
  if (!second) return null;
  if (name === "ssh-rsa")
    return third
      ? { kty: "RSA", e: encode(unsigned(second)), n: encode(unsigned(third)) }
      : null;
  if (name === "ssh-ed25519")
    return { kty: "OKP", crv: "Ed25519", x: encode(second) };
  return third ? jwkOfPoint(third) : null;
}

/** RSAKeyValue of XML Signature (section 4.5.2.2), as .NET writes it. */
function xmlKey(text: string): OtherForm | null {
  if (!/<(?:\w+:)?RSAKeyValue>/.test(text)) return null;
  const member = (name: string): string =>
    encode(
      unsigned(
        lenientBase64(
          new RegExp(`<(?:\\w+:)?${name}>([^<]*)<`).exec(text)?.[1] ?? "",
        ),
      ),
    );
  return {
    found: "an RSA key in XML",
    keys: [
      readJwk({ kty: "RSA", n: member("Modulus"), e: member("Exponent") }),
    ],
  };
}

/** JSON that holds keys: a text in quotation marks, a map of certificates by kid, a service account's file. */
function jsonWithKeys(text: string): OtherForm | null {
  if (!/^[{["]/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const entries = Array.isArray(value)
    ? value.map((item, at) => [String(at), item] as const)
    : typeof value === "object" && value !== null
      ? Object.entries(value)
      : [];
  const keys = entries.slice(0, 32).flatMap(([kid, item]) => keysOf(item, kid));
  return keys.length > 0
    ? {
        found: Array.isArray(value)
          ? "a JSON array of keys"
          : "a JSON document with keys in it",
        keys,
      }
    : null;
}

function keysOf(item: unknown, kid: string): readonly Key[] {
  try {
    if (typeof item === "string" && item.includes("-----BEGIN"))
      return importKeys(item, { kid });
    return typeof item === "object" && item !== null && "kty" in item
      ? importKeys(item)
      : [];
  } catch {
    return [];
  }
}

/** Hexadecimal or base64 of the key alone: a point, an Ed25519 key, a modulus, or DER. */
function bareBytes(text: string, alg: string): OtherForm | null {
  const hex = bytesOfHex(text.replace(/^0x/i, "").replace(/[\s:]/g, ""));
  if (!hex && !/^[A-Za-z0-9+/_=\s-]+$/.test(text)) return null;
  const bytes = hex ?? lenientBase64(text);
  if (bytes.length > LONGEST) return null;
  const written = hex ? "hexadecimal" : "base64";
  if (bytes[0] === 0x30 && bytes.length > 40) {
    try {
      return {
        found: hex
          ? "DER in hexadecimal"
          : "DER in base64, without the lines of a PEM",
        keys: [importKey(bytes)],
      };
    } catch {
      // Not DER: it may be one of the other forms.
    }
  }
  const jwk = jwkOfPoint(bytes) ?? jwkOfBytes(bytes, alg);
  return (
    jwk && {
      found: `the bare bytes of the key in ${written}`,
      keys: [readJwk(jwk)],
    }
  );
}

/** SEC 1 section 2.3.3, uncompressed. */
function jwkOfPoint(bytes: Uint8Array): Jwk | null {
  const crv = { 65: "P-256", 97: "P-384", 133: "P-521" }[bytes.length];
  if (bytes[0] !== 4 || crv === undefined) return null;
  const half = (bytes.length - 1) / 2;
  return {
    kty: "EC",
    crv,
    x: encode(bytes.subarray(1, 1 + half)),
    y: encode(bytes.subarray(1 + half)),
  };
}

function jwkOfBytes(bytes: Uint8Array, alg: string): Jwk | null {
  if (bytes.length === 32 && /^Ed/i.test(alg))
    return { kty: "OKP", crv: "Ed25519", x: encode(bytes) };
  if (bytes.length === 57 && /^Ed/i.test(alg))
    return { kty: "OKP", crv: "Ed448", x: encode(bytes) };
  const crv = { ES256: "P-256", ES384: "P-384", ES512: "P-521" }[alg];
  const halves = { 64: "P-256", 96: "P-384", 132: "P-521" }[bytes.length];
  if (crv !== undefined && crv === halves)
    return {
      kty: "EC",
      crv,
      x: encode(bytes.subarray(0, bytes.length / 2)),
      y: encode(bytes.subarray(bytes.length / 2)),
    };
  if (/^[RP]S/.test(alg) && bytes.length >= 256 && bytes.length % 64 <= 1)
    return { kty: "RSA", n: encode(unsigned(bytes)), e: "AQAB" };
  return null;
}

/** Without the zero bytes before a number. */
function unsigned(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : bytes.subarray(first);
}

const encode = (bytes: Uint8Array): string => platform.encodeBase64url(bytes);
