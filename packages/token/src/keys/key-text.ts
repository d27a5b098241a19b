import { parseJsonObject } from "../encoding/json.ts";
import { decodeBase64, readPemBlocks } from "./pem.ts";
import type { DerForm } from "./read-der.ts";

export type KeyTextForm =
  | DerForm
  | "jwk"
  | "jwk-set"
  | "base64-of-pem"
  | "base64-der"
  | "ssh-public"
  | "raw-point-hex"
  | "encrypted-private"
  | "damaged-pem"
  | "unknown";

/** What stands behind a PEM label (RFC 7468, RFC 5915, RFC 8017). */
export const PEM_LABELS: ReadonlyMap<string, DerForm | "encrypted-private"> =
  new Map([
    ["PUBLIC KEY", "spki"],
    ["RSA PUBLIC KEY", "pkcs1-public"],
    ["RSA PRIVATE KEY", "pkcs1-private"],
    ["PRIVATE KEY", "pkcs8"],
    ["EC PRIVATE KEY", "sec1"],
    ["CERTIFICATE", "certificate"],
    ["X509 CERTIFICATE", "certificate"],
    ["ENCRYPTED PRIVATE KEY", "encrypted-private"],
  ]);

/** Says which form of key a text is, as it may stand in a configuration. Only the form is told; whether the key is good, importing it tells. */
export function classifyKeyText(text: string): KeyTextForm {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed.startsWith("{")) return classifyJson(trimmed);
  if (
    /-----\s*BEGIN|BEGIN [A-Z0-9 ]{0,24}(PUBLIC KEY|PRIVATE KEY|CERTIFICATE)-*/.test(
      trimmed,
    )
  )
    return classifyPem(text);
  if (
    /^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-nistp(256|384|521)|sk-[a-z0-9-]+@openssh\.com) /.test(
      trimmed,
    )
  )
    return "ssh-public";
  // An uncompressed (04) or compressed (02, 03) point in hexadecimal, of a curve of 256, 384 or 521 bits (SEC 1 section 2.3.3).
  if (
    /^(0x)?(04([0-9a-f]{128}|[0-9a-f]{192}|[0-9a-f]{264})|0[23]([0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{132}))$/i.test(
      trimmed,
    )
  )
    return "raw-point-hex";
  return classifyBase64(trimmed);
}

function classifyJson(text: string): KeyTextForm {
  const parsed = parseJsonObject(text, 64);
  if (!("value" in parsed)) return "unknown";
  if (Array.isArray(parsed.value["keys"])) return "jwk-set";
  return typeof parsed.value["kty"] === "string" ? "jwk" : "unknown";
}

function classifyPem(text: string): KeyTextForm {
  // openssl ecparam -genkey writes the curve before the key.
  for (const block of readPemBlocks(text)) {
    if ("problem" in block)
      return block.problem === "headers" &&
        /^Proc-Type: *4,ENCRYPTED/m.test(text)
        ? "encrypted-private"
        : "damaged-pem";
    if (block.label !== "EC PARAMETERS")
      return PEM_LABELS.get(block.label) ?? "unknown";
  }
  return "unknown";
}

function classifyBase64(text: string): KeyTextForm {
  const compact = text.replace(/\s/g, "");
  const standard = compact
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/, "");
  const bytes = decodeBase64(standard + "=".repeat(-standard.length & 3));
  if (!bytes || bytes.length < 32) return "unknown";
  if (String.fromCharCode(...bytes.subarray(0, 64)).includes("-----BEGIN "))
    return "base64-of-pem";
  return isWholeSequence(bytes) ? "base64-der" : "unknown";
}

/** One DER sequence whose length is that of the bytes: by chance, random bytes are this about once in four million. */
function isWholeSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0, second = 0, third = 0] = bytes;
  if (tag !== 0x30) return false;
  if (first < 0x80) return bytes.length === first + 2;
  if (first === 0x81) return bytes.length === second + 3;
  return first === 0x82 && bytes.length === second * 256 + third + 4;
}
