import { platform } from "#crypto";
import type { Jwk } from "../crypto/platform.ts";
import { parseJsonObject } from "../encoding/json.ts";
import { DerError } from "./der.ts";
import { keySet } from "./jwk-set.ts";
import type { Key } from "./key.ts";
import { classifyKeyText, PEM_LABELS } from "./key-text.ts";
import { readPemBlocks } from "./pem.ts";
import { derForm, readDer, type DerForm } from "./read-der.ts";
import { readJwk } from "./read-jwk.ts";

/** What is known of a key beside its material; it goes before what a JWK says of itself. */
export interface ImportOptions {
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
}

const EXPECTED =
  "expected a JWK, a PEM (PUBLIC KEY, PRIVATE KEY, RSA, EC, CERTIFICATE) or DER bytes";

/**
 * Imports one key from any form that occurs: a JWK, as object or JSON text, PEM or DER of SPKI, PKCS#1, PKCS#8, SEC 1 or X.509. Of a
 * certificate only the key is taken; whether to trust it is not judged. Throws TypeError for what is no key, and never
 * quotes it. A key that was read but may not be used has a `problem`.
 */
export function importKey(
  material: string | Uint8Array | Jwk,
  options: ImportOptions = {},
): Key {
  const keys = importKeys(material, options);
  // A chain of certificates has the owner's first (RFC 5246 section 7.4.2).
  const [first] = keys;
  if (!first || (keys.length > 1 && !isChain(material, keys)))
    throw new TypeError(
      `expected one key, found ${keys.length}; use importKeys`,
    );
  return first;
}

/** Imports every key of the material: also a JWK Set, and a PEM file with several blocks. */
export function importKeys(
  material: string | Uint8Array | Jwk,
  options: ImportOptions = {},
): readonly Key[] {
  if (typeof material === "string") return importText(material, options);
  if (material instanceof Uint8Array)
    return [importDer(material, null, options)];
  if (typeof material !== "object" || material === null)
    throw new TypeError(
      `${EXPECTED}; found ${material === null ? "null" : typeof material}`,
    );
  return importJwks(material, options);
}

function importText(text: string, options: ImportOptions): readonly Key[] {
  const form = classifyKeyText(text);
  if (form === "jwk" || form === "jwk-set") {
    const parsed = parseJsonObject(text.replace(/^\uFEFF/, "").trim(), 64);
    return importJwks("value" in parsed ? parsed.value : {}, options);
  }
  if (!text.includes("-----BEGIN"))
    throw new TypeError(
      `${EXPECTED}; found ${FOUND[form] ?? `text of ${text.length} characters that is none of these; a shared secret goes to importSecret`}`,
    );
  return readPemBlocks(text).flatMap((block) => {
    if ("problem" in block)
      throw new TypeError(
        `${EXPECTED}; found a damaged PEM (${block.problem.replace("_", " ")})`,
      );
    if (block.label === "EC PARAMETERS") return [];
    const pemForm = PEM_LABELS.get(block.label);
    if (pemForm === "encrypted-private")
      throw new TypeError(
        `${EXPECTED}; found an encrypted private key: decrypt it first`,
      );
    if (!pemForm)
      throw new TypeError(
        `${EXPECTED}; found a PEM labelled ${block.label.slice(0, 64)}`,
      );
    return [importDer(block.der, pemForm, options)];
  });
}

const FOUND: Readonly<Record<string, string>> = {
  "base64-of-pem": "base64 of a PEM: decode it first",
  "base64-der":
    "base64 of DER: decode it to bytes, or put it between the lines of a PEM",
  "ssh-public": "an SSH public key: convert it with ssh-keygen -e -m PKCS8",
  "raw-point-hex":
    "the point of an EC key in hexadecimal: give it as a JWK with x and y",
};

function importDer(
  der: Uint8Array,
  form: DerForm | null,
  options: ImportOptions,
): Key {
  try {
    return readJwk(label(readDer(der, form ?? derForm(der)), options));
  } catch (error) {
    if (error instanceof DerError)
      throw new TypeError(
        `${form ? `a PEM key (${form})` : "a DER key"}: ${error.message}`,
        { cause: error },
      );
    throw error;
  }
}

function importJwks(jwk: Jwk, options: ImportOptions): readonly Key[] {
  if (Array.isArray(jwk["keys"]))
    return keySet(jwk as { keys: Jwk[] }).keys.map((key) =>
      Object.keys(options).length > 0
        ? readJwk(label(key.reveal(), options))
        : key,
    );
  if (jwk.kty === undefined)
    throw new TypeError(`${EXPECTED}; found an object without kty`);
  return [readJwk(label(jwk, options))];
}

/** An RSA or EC key says nothing of its algorithm; an AKP key does, and keeps it (RFC 9964). */
function label(jwk: Jwk, { kid, alg, use }: ImportOptions): Jwk {
  return {
    ...jwk,
    ...(kid !== undefined && { kid }),
    ...(alg !== undefined && jwk.kty !== "AKP" && { alg }),
    ...(use !== undefined && { use }),
  };
}

const isChain = (material: unknown, keys: readonly Key[]): boolean =>
  typeof material === "string" &&
  classifyKeyText(material) === "certificate" &&
  !keys.some(({ isPrivate }) => isPrivate);

export interface SecretOptions {
  /** How a secret given as text stands for its bytes. Default utf8: the text's own bytes. */
  readonly encoding?: "utf8" | "base64" | "base64url" | "hex";
  readonly kid?: string;
  readonly alg?: string;
}

/** Imports a shared secret for HMAC. Throws TypeError when the text is not in its encoding; whether it is long enough depends on the algorithm. */
export function importSecret(
  secret: string | Uint8Array,
  options: SecretOptions = {},
): Key {
  const { encoding = "utf8", ...labels } = options;
  const bytes =
    typeof secret === "string" ? decodeSecret(secret, encoding) : secret;
  if (!(bytes instanceof Uint8Array))
    throw new TypeError(
      typeof secret === "string"
        ? `expected a secret in ${encoding}, found text of ${secret.length} characters that is not`
        : `expected a secret as text or bytes, found ${typeof secret}`,
    );
  return readJwk(
    label({ kty: "oct", k: platform.encodeBase64url(bytes) }, labels),
  );
}

function decodeSecret(
  text: string,
  encoding: NonNullable<SecretOptions["encoding"]>,
): Uint8Array | null {
  switch (encoding) {
    case "utf8":
      return new TextEncoder().encode(text);
    case "hex":
      return /^([0-9a-f]{2})*$/i.test(text)
        ? Uint8Array.from(text.match(/../g) ?? [], (pair) =>
            Number.parseInt(pair, 16),
          )
        : null;
    // Padding is often left out or added by hand: it carries nothing.
    case "base64":
      return platform.decodeBase64url(
        text
          .replace(/={0,2}$/, "")
          .replace(/[-_]/g, " ")
          .replaceAll("+", "-")
          .replaceAll("/", "_"),
      );
    case "base64url":
      return platform.decodeBase64url(text.replace(/={0,2}$/, ""));
  }
}
