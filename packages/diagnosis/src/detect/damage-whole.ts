/** When a text is a whole token: three parts that read as a JWS, or five that read as a JWE, with a signature of the length that alg makes. */
import { ALGORITHMS, decodeUnverified, platform, type Key } from "@assay/token";

export interface Whole {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly form: "JWS" | "JWE";
}

/** More than the longest token that a verifier would look at is no candidate. */
const LONGEST = 65_536;

/** The token that the text is, character by character. null: it is none. Nothing is verified. */
export function wholeToken(text: string): Whole | null {
  if (
    text.length > LONGEST ||
    !/^[\w-]+\.[\w-]*\.[\w-]*(\.[\w-]+\.[\w-]+)?$/.test(text)
  )
    return null;
  const segments = text.split(".");
  if (segments.length === 5) {
    const header = readSegment(segments[0] as string);
    return typeof header?.["enc"] === "string"
      ? { text, header, form: "JWE" }
      : null;
  }
  const { header } = decodeUnverified(text);
  return typeof header?.["alg"] === "string"
    ? { text, header, form: "JWS" }
    : null;
}

/** A base64url part read as a JSON object. null: it is none. */
export function readSegment(
  segment: string,
): Readonly<Record<string, unknown>> | null {
  const bytes = platform.decodeBase64url(segment);
  const text = bytes && platform.decodeUtf8(bytes);
  if (!text?.startsWith("{")) return null;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Sizes of RSA keys in bytes; a signature has exactly one of them. */
const RSA_BYTES = [128, 192, 256, 384, 512, 1024];

/** The lengths in bytes that a signature of this algorithm can have: one, when the key is known. Empty: nothing is known. */
export function signatureLengths(
  alg: unknown,
  key: Key | null,
): readonly number[] {
  const algorithm = typeof alg === "string" ? ALGORITHMS.get(alg) : undefined;
  if (!algorithm) return [];
  if (algorithm.signatureBytes !== undefined) return [algorithm.signatureBytes];
  if (algorithm.kty === "OKP")
    return key?.crv === "Ed448"
      ? [114]
      : key?.crv === "Ed25519"
        ? [64]
        : [64, 114];
  return key?.kty === "RSA" && key.bits > 0
    ? [Math.ceil(key.bits / 8)]
    : RSA_BYTES;
}

/** How many base64url characters so many bytes make. */
export const charactersFor = (bytes: number): number =>
  Math.ceil((bytes * 4) / 3);

/** How many whole bytes so many base64url characters hold. */
export const bytesIn = (characters: number): number =>
  Math.floor((characters * 3) / 4);
