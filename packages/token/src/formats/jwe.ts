/** Recognises a JWE (RFC 7516) and, where the policy knows how, opens it. The bounds hold before any key is touched. */
import { platform } from "#crypto";
import type { Case, Judgement } from "../case.ts";
import type { MaybePromise } from "../crypto/platform.ts";
import type { EncryptedProblem, SegmentName } from "../reasons.ts";
import { finding, type Finding } from "../verdict.ts";
import { splitSegments } from "./compact.ts";
import { checkHeader } from "./header.ts";
import { badEncoding, readObject } from "./jws.ts";
import { recogniseDocument } from "./document.ts";

/** PBES2 with more rounds than this is a way to burn our time (RFC 7518 section 8.1; CVE-2023-50967). With fewer than 1,000 it is worthless. */
const P2C = { min: 1000, max: 310_000 };
/** What was encrypted may not be longer than this, in bytes: a compressed bomb ends here (RFC 8725 section 3.6). */
const MAX_PLAINTEXT = 256 * 1024;
const SEGMENTS: readonly SegmentName[] = [
  "header",
  "encrypted_key",
  "iv",
  "ciphertext",
  "tag",
];

/**
 * The signed token inside, or the judgement that there is none to be had. Encryption to a public key proves no sender, so that what
 * is inside must itself be a signed token (RFC 7519 section 11.2); one level is opened.
 */
export function openJwe(
  token: Case,
  text: string,
): MaybePromise<string | Judgement> {
  const segments = text.split(".");
  const stray = segments.flatMap((segment, i) =>
    segment !== "" && !platform.decodeBase64url(segment)
      ? [badEncoding(segment, SEGMENTS[i] as SegmentName)]
      : [],
  );
  if (stray.length > 0) return stray;
  const read = readObject(segments[0] as string, "header");
  if ("finding" in read) return [read.finding];
  const header = read.value;
  token.header = header as never;
  const { alg, enc } = header;
  const refuse = (problem: EncryptedProblem): readonly Finding[] => [
    finding("format.encrypted", {
      alg: typeof alg === "string" ? alg : null,
      enc: typeof enc === "string" ? enc : null,
      problem,
    }),
  ];
  const wrong = checkHeader(header);
  if (wrong) return wrong;
  if (typeof enc !== "string")
    return [
      finding("format.header", { problem: "member_missing", member: "enc" }),
    ];
  const rounds = header["p2c"];
  if (
    typeof alg === "string" &&
    alg.startsWith("PBES2") &&
    !(
      Number.isInteger(rounds) &&
      (rounds as number) >= P2C.min &&
      (rounds as number) <= P2C.max
    )
  ) {
    return refuse("limit");
  }
  // RSA1_5 invites Bleichenbacher's attack (RFC 8725 section 3.2).
  if (alg === "RSA1_5") return refuse("algorithm");
  const { decrypt } = token.policy.given;
  if (!decrypt) return refuse("no_key");
  const settle = (plaintext: Uint8Array): string | Judgement => {
    if (plaintext.length > MAX_PLAINTEXT) return refuse("limit");
    const inner = platform.decodeUtf8(plaintext);
    // Claims may hold two dots as well, and lie there unsigned.
    if (
      inner === null ||
      splitSegments(inner) !== 3 ||
      recogniseDocument(inner.trim()) !== null
    )
      return refuse("not_signed_inside");
    token.wasEncrypted = true;
    return inner;
  };
  try {
    const opened = decrypt(text, header);
    return opened instanceof Promise
      ? opened.then(settle, () => refuse("not_opened"))
      : settle(opened);
  } catch {
    return refuse("not_opened");
  }
}
