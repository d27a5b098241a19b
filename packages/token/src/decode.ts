import { splitSegments } from "./formats/compact.ts";
import { readJws, type Readable } from "./formats/jws.ts";
import { readyPolicy } from "./policy.ts";
import type { UnverifiedToken } from "./token.ts";
import type { Finding } from "./verdict.ts";

export type Decoded =
  | (UnverifiedToken & { readonly claims: Readonly<Record<string, unknown>> })
  | {
      readonly trusted: false;
      readonly header: null;
      readonly claims: null;
      readonly findings: readonly Finding[];
    };

const UNCHECKED = readyPolicy({
  kind: "any",
  issuer: null,
  audience: null,
  keys: null,
});

/**
 * Reads a compact JWS without verifying anything: what it says of itself, never to be trusted. Never throws; what cannot be read
 * comes back as findings.
 */
export function decodeUnverified(text: string): Decoded {
  const token: Readable = {
    header: null,
    claims: null,
    jws: "",
    inputEnd: 0,
    signature: null,
    unreadable: [],
  };
  if (
    typeof text !== "string" ||
    text.length > UNCHECKED.maxLength ||
    splitSegments(text) !== 3
  ) {
    const found =
      typeof text === "string"
        ? splitSegments(text.slice(0, UNCHECKED.maxLength))
        : 0;
    return {
      trusted: false,
      header: null,
      claims: null,
      findings: [
        { reason: "format.segments", evidence: { found, expected: [3] } },
      ],
    };
  }
  const findings = readJws(token, text) ?? [];
  const { header, claims } = token;
  return header && claims
    ? { trusted: false, header, claims }
    : { trusted: false, header: null, claims: null, findings };
}
