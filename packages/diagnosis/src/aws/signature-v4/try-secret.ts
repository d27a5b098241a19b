/** The secret as it may stand on the other side: one of the two was damaged on its way through files and forms. */
import { trimmings } from "../../detect/secret-trimmings.ts";
import type { Attempt, Subject } from "./attempt.ts";

type Edit = readonly [text: string, detail: string, side: "known" | "signer"];

/** AWS's secrets have 40 characters of base64's alphabet. */
const USUAL_LENGTH = 40;
const ALPHABET =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LONGEST = 512;

export function* secretAttempts(subject: Subject): Generator<Attempt> {
  yield* attempts(subject, edits);
}

/** Sixty-four guesses for each end: the last resort. */
export function* lostCharacterAttempts(subject: Subject): Generator<Attempt> {
  yield* attempts(subject, lostCharacters);
}

function* attempts(
  { secretAccessKey }: Subject,
  of: (secret: string) => Generator<Edit>,
): Generator<Attempt> {
  if (secretAccessKey.length > LONGEST) return;
  const tried = new Set([secretAccessKey]);
  for (const [text, detail, side] of of(secretAccessKey)) {
    if (text === "" || tried.has(text)) continue;
    tried.add(text);
    yield {
      kind: "secret_trimmed",
      detail,
      side,
      make: () => ({ secretAccessKey: text }),
    };
  }
}

function* edits(secret: string): Generator<Edit> {
  for (const edit of trimmings(secret))
    yield [edit.text, edit.what, edit.how === "left_out" ? "known" : "signer"];
  yield* percentWritings(secret);
  // Of two writings of the same secret, one has a character too many or too few at an end.
  yield [secret.slice(0, -1), "last character", "known"];
  yield [secret.slice(1), "first character", "known"];
  yield [secret + secret.slice(-1), "last character", "signer"];
  yield [secret.slice(0, 1) + secret, "first character", "signer"];
  if (secret.length > USUAL_LENGTH) {
    yield [secret.slice(0, USUAL_LENGTH), "what follows", "known"];
    yield [secret.slice(-USUAL_LENGTH), "what stands before", "known"];
  }
  // A parser cut it at a sign that begins a comment or ends a path.
  for (const sign of ["#", ";", "=", "+", "/", "\\", "$", "&", "%"]) {
    const at = secret.indexOf(sign);
    if (at > 0) yield [secret.slice(0, at), "what follows a sign", "known"];
  }
}

function* percentWritings(secret: string): Generator<Edit> {
  const encoded = encodeURIComponent(secret.toWellFormed());
  yield [encoded, "percent-encoding", "signer"];
  if (secret.includes("%"))
    try {
      yield [decodeURIComponent(secret), "percent-encoding", "known"];
    } catch {
      // It is not percent-encoded.
    }
  yield [secret.replaceAll("+", " "), "blank for plus", "signer"];
  yield [secret.replaceAll(" ", "+"), "blank for plus", "known"];
  yield [
    secret.replaceAll("+", "-").replaceAll("/", "_"),
    "base64url",
    "signer",
  ];
  yield [
    secret.replaceAll("-", "+").replaceAll("_", "/"),
    "base64url",
    "known",
  ];
  yield [secret.replaceAll("/", "\\/"), "backslashes", "signer"];
  yield [secret.replaceAll("\\", ""), "backslashes", "known"];
  yield [secret.replaceAll("+", ""), "lost signs", "signer"];
  yield [secret.replaceAll("/", ""), "lost signs", "signer"];
  yield [secret.toLowerCase(), "small letters", "signer"];
  yield [secret.toUpperCase(), "capitals", "signer"];
  if (/^[\x20-\x7E\n\r\t]+$/.test(secret)) {
    yield [btoa(secret), "base64", "signer"];
    yield [btoa(`${secret}\n`), "base64", "signer"];
  }
  try {
    const decoded = atob(secret);
    if (/^[\x21-\x7E]+\n?$/.test(decoded)) {
      yield [decoded, "base64", "known"];
      yield [decoded.trim(), "base64", "known"];
    }
  } catch {
    // It is not base64.
  }
}

function* lostCharacters(secret: string): Generator<Edit> {
  if (secret.length !== USUAL_LENGTH - 1) return;
  for (const character of ALPHABET) {
    yield [secret + character, "last character", "signer"];
    yield [character + secret, "first character", "signer"];
  }
}
