import { ALGORITHMS, isAlgorithm, type Key } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { bytesOfHex, lenientBase64 } from "./lenient-base64.ts";
import { comesOut, type Signed } from "./signed.ts";

type Form =
  | {
      readonly cause: "signature.der";
      readonly facts: {
        readonly bytes: number;
        readonly form: "der" | "unpadded" | "recoverable";
      };
      readonly bytes: Uint8Array;
    }
  | {
      readonly cause: "signature.hex";
      readonly facts: { readonly text: "hex" | "base64" | "base64url" };
      readonly bytes: Uint8Array;
    };

/** The right signature in another form: DER, halves that lost their zeros, hexadecimal or base64 text. True: it then verifies. */
export async function explainForm(
  i: Investigation,
  s: Signed,
  key: Key | null,
): Promise<boolean> {
  const forms = [...formsOf(s)];
  for (const { cause, facts, bytes } of key ? forms : []) {
    if (!(await comesOut(i, s, { key: key as Key, signature: bytes })))
      continue;
    i.suspect(cause, {
      confidence: "certain",
      facts,
      explains: ["signature.mismatch"],
      weight: 50,
    });
    return true;
  }
  // A DER sequence of two integers, or a text of hexadecimal digits, is no accident, whatever key made it.
  const [shown] = forms.filter(
    ({ facts }) => !("form" in facts) || facts.form === "der",
  );
  if (shown)
    i.suspect(shown.cause, {
      confidence: "likely",
      facts: shown.facts,
      explains: ["signature.mismatch"],
      weight: 50,
    });
  return false;
}

function* formsOf({ alg, signature }: Signed): Generator<Form> {
  const half = halfLength(alg);
  if (half > 0) yield* ecdsaForms(signature, half);
  for (const { text, bytes } of textsIn(signature)) {
    yield { cause: "signature.hex", facts: { text }, bytes };
    if (half === 0) continue;
    for (const inner of ecdsaForms(bytes, half))
      yield { cause: "signature.hex", facts: { text }, bytes: inner.bytes };
  }
}

/** Length of r and of s; 0 for an algorithm without halves. */
function halfLength(alg: string): number {
  const algorithm = isAlgorithm(alg) ? ALGORITHMS.get(alg) : undefined;
  return algorithm?.scheme === "ecdsa"
    ? (algorithm.signatureBytes ?? 0) / 2
    : 0;
}

function* ecdsaForms(
  bytes: Uint8Array,
  half: number,
): Generator<Extract<Form, { cause: "signature.der" }>> {
  const form = (
    name: "der" | "unpadded" | "recoverable",
    r: Uint8Array,
    s: Uint8Array,
  ): Extract<Form, { cause: "signature.der" }> => ({
    cause: "signature.der",
    facts: { bytes: bytes.length, form: name },
    bytes: halves(r, s, half),
  });
  const der = derHalves(bytes);
  if (der && der.every((number) => stripped(number).length <= half))
    yield form("der", der[0] as Uint8Array, der[1] as Uint8Array);
  // A zero byte is lost in one signature of 128; a sign byte is added in every second one. Few splits are possible.
  const off = bytes.length - 2 * half;
  if (off === 0 || Math.abs(off) > 3) return;
  for (let at = half + Math.min(0, off); at <= half + Math.max(0, off); at++) {
    const [r, s] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (stripped(r).length <= half && stripped(s).length <= half)
      yield form("unpadded", r, s);
  }
  if (off === 1) {
    yield form(
      "recoverable",
      bytes.subarray(0, half),
      bytes.subarray(half, 2 * half),
    );
    yield form(
      "recoverable",
      bytes.subarray(1, half + 1),
      bytes.subarray(half + 1),
    );
  }
}

/** The two integers of an ECDSA-Sig-Value (RFC 3279 section 2.2.3). */
function derHalves(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (bytes[0] !== 0x30) return null;
  const long = bytes[1] === 0x81;
  const length = long ? bytes[2] : bytes[1];
  let at = long ? 3 : 2;
  if (length !== bytes.length - at) return null;
  const numbers: Uint8Array[] = [];
  while (at < bytes.length) {
    const size = bytes[at + 1];
    if (
      bytes[at] !== 0x02 ||
      size === undefined ||
      size === 0 ||
      at + 2 + size > bytes.length
    )
      return null;
    numbers.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return numbers.length === 2 ? numbers : null;
}

function stripped(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : bytes.subarray(first);
}

function halves(r: Uint8Array, s: Uint8Array, half: number): Uint8Array {
  const bytes = new Uint8Array(2 * half);
  const [a, b] = [stripped(r), stripped(s)];
  bytes.set(a, half - a.length);
  bytes.set(b, 2 * half - b.length);
  return bytes;
}

/** The signature read as a text, where it is one. */
function* textsIn(signature: Uint8Array): Generator<{
  readonly text: "hex" | "base64" | "base64url";
  readonly bytes: Uint8Array;
}> {
  if (
    signature.length < 32 ||
    signature.length > 8192 ||
    !signature.every((byte) => byte >= 9 && byte < 127)
  )
    return;
  const text = new TextDecoder()
    .decode(signature)
    .replace(/^["'\s]+|["'\s]+$/g, "");
  const hex = bytesOfHex(text.replace(/^0x/i, "").replace(/[:\s]/g, ""));
  if (hex) yield { text: "hex", bytes: hex };
  if (!/^[A-Za-z0-9+/_\s-]+={0,2}$/.test(text)) return;
  const bytes = lenientBase64(text);
  yield { text: /[-_]/.test(text) ? "base64url" : "base64", bytes };
  // Hexadecimal in base64 in base64url.
  const inner = bytes.every((byte) => byte >= 48 && byte < 103)
    ? bytesOfHex(new TextDecoder().decode(bytes))
    : null;
  if (inner) yield { text: "hex", bytes: inner };
}
