/** Whether a secret is one of the client's, and if not, what may have become of it on the way. */
import { timingSafeEqual } from "node:crypto";
import { formDecode } from "../endpoints/form.ts";
import { digestOf, readOpaqueToken } from "../tokens/opaque-token.ts";
import type { ClientSecret } from "./client.ts";

/** Digest of nothing that anybody could present. */
const NOBODYS: Buffer = Buffer.from("A".repeat(43), "latin1");

export interface PresentedSecret {
  /** null: it could not be form-decoded. */
  readonly secret: string | null;
  /** Id, colon and secret before form-decoding; null in a form. */
  readonly raw: string | null;
}

/** The secret among these that the text is; null: none. Live or past is not judged. */
export function findSecret(
  secrets: readonly ClientSecret[],
  text: string,
): ClientSecret | null {
  const digest = Buffer.from(digestOf(text), "latin1");
  let found: ClientSecret | null = null;
  // Threat: an answer that comes sooner tells how much was right, or that there is no such client. All are compared, whole, and one
  // more, so that a client without secrets or no client at all takes a comparison too.
  timingSafeEqual(NOBODYS, digest);
  for (const secret of secrets) {
    const known = Buffer.from(secret.digest, "latin1");
    if (known.length === digest.length && timingSafeEqual(known, digest))
      found ??= secret;
  }
  return found;
}

/** RFC 6749 section 2.3.1 has no end of a secret; this is the client's own date. */
export const isLive = (
  { expiresAt }: Pick<ClientSecret, "expiresAt">,
  now: number,
): boolean => expiresAt === null || now < expiresAt;

export interface SecretFault {
  readonly cause: "oauth.client_secret_wrong" | "oauth.client_secret_encoding";
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
}

/** Why a secret that is none of the client's may not have come out: by trying what clients do wrong. Of the text itself nothing is told but its length. */
export function explainSecret(
  secrets: readonly ClientSecret[],
  { secret, raw }: PresentedSecret,
): SecretFault {
  const isOne = (text: string | null): boolean =>
    text !== null && findSecret(secrets, text) !== null;
  const encoding = (how: string): SecretFault => ({
    cause: "oauth.client_secret_encoding",
    facts: { part: "secret", place: raw === null ? "body" : "header", how },
  });
  const unread = raw?.slice(raw.indexOf(":") + 1) ?? null;
  if (isOne(unread)) return encoding("not_encoded");
  if (secret !== null && isOne(formDecode(secret)))
    return encoding("encoded_twice");
  if (secret !== null && isOne(Buffer.from(secret, "base64").toString()))
    return encoding("base64_twice");
  const text = secret ?? unread ?? "";
  const how = text === "" ? "empty" : isOne(text.trim()) ? "blanks" : "other";
  return {
    cause: "oauth.client_secret_wrong",
    // A damaged one of ours was cut or mistyped; a whole one belongs to somebody else, or was deleted.
    facts: { how, length: text.length, form: readOpaqueToken(text).form },
  };
}
