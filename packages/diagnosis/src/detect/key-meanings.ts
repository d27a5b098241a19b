/** What a text that is configured as a public key can have been meant as: a damaged PEM, or a key in another form. */
import {
  classifyKeyText,
  importKeys,
  readPem,
  type Key,
  type KeyTextForm,
} from "@assay/token";
import type { Facts } from "../causes.ts";
import { otherForm } from "./key-forms.ts";
import { lenientBase64 } from "./lenient-base64.ts";
import { repairPem } from "./pem-repair.ts";

/** What the configured text may have been meant as, and the keys that it then holds. */
export type Meaning = {
  readonly keys: readonly Key[];
  readonly ambiguous?: boolean;
} & (
  | {
      readonly cause: "key.pem_damaged";
      readonly facts: Facts["key.pem_damaged"];
    }
  | {
      readonly cause: "key.wrong_form";
      readonly facts: Facts["key.wrong_form"];
    }
);

const EXPECTED = "a public key as PEM (BEGIN PUBLIC KEY)";
/** The verifier takes an SPKI PEM, and can read this one. */
export function isUsable(text: string): boolean {
  if (classifyKeyText(text) !== "spki") return false;
  return imported(text).length > 0;
}

const FOUND: Partial<Readonly<Record<KeyTextForm, string>>> = {
  "pkcs1-public": "an RSA key in PKCS#1 (BEGIN RSA PUBLIC KEY)",
  "pkcs1-private": "a private key",
  pkcs8: "a private key",
  sec1: "a private key",
  "encrypted-private": "an encrypted private key",
  certificate: "an X.509 certificate",
  jwk: "a JWK",
  "jwk-set": "a JWK Set",
  "base64-of-pem": "base64 of a PEM",
  "base64-der": "DER in base64, without the lines of a PEM",
  "ssh-public": "an SSH public key",
  "raw-point-hex": "the bare point of the key in hexadecimal",
};

/** Likeliest first. */
export function meaningsOf(text: string, alg: string): readonly Meaning[] {
  const form = classifyKeyText(text);
  const wrongForm = (
    found: string,
    keys: readonly Key[],
    ambiguous = false,
  ): Meaning => ({
    cause: "key.wrong_form",
    facts: {
      found,
      expected: EXPECTED,
      isPrivate: /private key/i.test(found),
    },
    keys,
    ambiguous,
  });
  const found = FOUND[form];
  if (form === "base64-of-pem")
    return [wrongForm(found as string, keysOfPem(asText(lenientBase64(text))))];
  const whole = found === undefined ? [] : imported(text);
  if (found !== undefined && whole.length > 0) return [wrongForm(found, whole)];
  const intact = readPem(text);
  if ("der" in intact && form === "spki") {
    const bound = boundToPss(intact.der);
    if (bound.length > 0)
      return [wrongForm("an RSA key that is bound to RSASSA-PSS", bound)];
  }
  if (form === "encrypted-private") return [wrongForm(found as string, [])];
  if ("der" in intact && imported(intact.der).length === 0)
    return [
      wrongForm(`a PEM of another kind (${intact.label.slice(0, 40)})`, []),
    ];
  const repaired = repairPem(text);
  const other = otherForm(text, alg);
  if (repaired) {
    const keys = repaired.ders.flatMap((der) => imported(der));
    const damage =
      repaired.damage.join(", ") || mislabelled(form, repaired.label, keys);
    const damaged: Meaning = {
      cause: "key.pem_damaged",
      facts: { damage },
      keys,
      ambiguous: repaired.damage.length === 0,
    };
    if (form === "base64-der" && other)
      return [
        { ...damaged, ambiguous: true },
        wrongForm(other.found, other.keys),
      ];
    if (other && other.keys.length > 0 && keys.length === 0)
      return [wrongForm(other.found, other.keys)];
    return [damaged];
  }
  // Only this one has a second name: a PEM whose first and last lines were lost.
  if (other) return [wrongForm(other.found, other.keys, form === "base64-der")];
  if (found !== undefined) return [wrongForm(found, [])];
  const looks = looksLike(text);
  return looks === null ? [] : [wrongForm(looks, [])];
}

function mislabelled(
  form: KeyTextForm,
  label: string,
  keys: readonly Key[],
): string {
  return form === "damaged-pem" || keys.length === 0
    ? "its base64 cannot be read to the end"
    : `its label ${label} is that of another form`;
}

/** What stands there in place of a key. */
function looksLike(text: string): string | null {
  const trimmed = text.trim();
  if (/^https?:\/\//.test(trimmed)) return "an address";
  if (
    /^(file:|~?\.{0,2}\/|[A-Za-z]:\\)|\.(pem|crt|cer|key|der|pub)$/.test(
      trimmed,
    )
  )
    return "the path of a file";
  if (trimmed.startsWith("-----BEGIN PGP")) return "a PGP key";
  if (/^([0-9a-f]{2}:?){20}$|^([0-9a-f]{2}:?){32}$/i.test(trimmed))
    return "a fingerprint";
  return trimmed.startsWith("{") ? "a JSON document" : null;
}

/** SPKI whose algorithm is id-RSASSA-PSS (RFC 4055 section 1.2): the RSA key is in its bit string. */
function boundToPss(der: Uint8Array): readonly Key[] {
  const id = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
  if (!id.every((byte, i) => der[6 + i] === byte)) return [];
  // 03 82 length 00, and then the sequence of modulus and exponent.
  const at = der.findIndex(
    (byte, i) =>
      byte === 0x03 &&
      der[i + 1] === 0x82 &&
      der[i + 4] === 0 &&
      der[i + 5] === 0x30,
  );
  return at < 0 ? [] : imported(der.slice(at + 5));
}

/** Base64 can hold a PEM of any form, and a damaged one. */
function keysOfPem(pem: string): readonly Key[] {
  const keys = imported(pem);
  return keys.length > 0
    ? keys
    : (repairPem(pem)?.ders ?? []).flatMap((der) => imported(der));
}

function imported(material: string | Uint8Array): readonly Key[] {
  try {
    return importKeys(material);
  } catch {
    return [];
  }
}

const asText = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
