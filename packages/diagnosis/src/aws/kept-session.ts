/**
 * A session that somebody keeps: a file of ~/.aws/cli/cache, an answer of STS or of single sign-on as JSON, the output of a
 * credential_process. Only its key id and its end are read.
 */
import type { Inquiry } from "../inquiry.ts";
import { utcMoment } from "./moment.ts";

export interface KeptSession {
  readonly keyId: string;
  /** Seconds since the epoch. */
  readonly end: number;
}

const LONGEST = 16_000;

/** The session of this key; without a key, the only one that the documents have. null: none is known. */
export function keptSession(
  { context }: Inquiry,
  keyId: string | null,
): KeptSession | null {
  const kept = Object.values(context?.documents ?? {}).flatMap(
    ({ body = "" }) => (body.length > LONGEST ? [] : sessionIn(body)),
  );
  if (keyId !== null) return kept.find((each) => each.keyId === keyId) ?? null;
  return kept.length === 1 ? (kept[0] ?? null) : null;
}

function sessionIn(body: string): readonly KeptSession[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return [];
  }
  if (typeof value !== "object" || value === null) return [];
  const top = value as Readonly<Record<string, unknown>>;
  const found = (top["Credentials"] ??
    top["roleCredentials"] ??
    top) as Readonly<Record<string, unknown>> | null;
  const keyId = found?.["AccessKeyId"] ?? found?.["accessKeyId"];
  const end = endOf(found?.["Expiration"] ?? found?.["expiration"]);
  return typeof keyId === "string" && end !== null ? [{ keyId, end }] : [];
}

/** ISO 8601; milliseconds, where single sign-on says it. */
const endOf = (value: unknown): number | null =>
  typeof value === "number"
    ? value / 1000
    : typeof value === "string"
      ? utcMoment(value)
      : null;
