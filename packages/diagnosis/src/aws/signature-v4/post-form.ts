/**
 * An upload form of S3 (API reference, "Browser-based uploads using POST"): the fields of a multipart body, of which the policy, in base64,
 * is what was signed.
 */
import { readCredential } from "./credential.ts";
import { basicDate } from "./dates.ts";
import type { Parsed, ParseProblem, WireRequest } from "./types.ts";
import { headerOf, indexHeaders } from "./wire.ts";

/** By names in small letters, without the file and what stands behind it, which S3 does not read as fields. */
export type FormFields = ReadonlyMap<string, string>;

/** S3 takes no more than 20 KB of fields. */
const LONGEST = 65_536;
const MOST_FIELDS = 100;

/** null: the body is no such form. */
export function formFields({
  method,
  headers,
  body,
}: WireRequest): FormFields | null {
  if (typeof body !== "string" || method.toUpperCase() !== "POST") return null;
  const type =
    headerOf(
      indexHeaders({ method, headers, body, url: "" }),
      "content-type",
    ) ?? "";
  const boundary =
    /^multipart\/form-data\b.{0,200}?boundary="?([^";,\s]{1,200})/i.exec(
      type.slice(0, 500),
    )?.[1] ?? /^--([^\r\n]{1,200})\r?\n/.exec(body)?.[1];
  if (boundary === undefined) return null;
  const fields = new Map<string, string>();
  for (const part of body
    .slice(0, LONGEST)
    .split(`--${boundary}`)
    .slice(1, MOST_FIELDS)) {
    const [, head, value] =
      /^\r?\n([^]{1,2000}?)\r?\n\r?\n([^]*?)(?:\r?\n)?$/.exec(part) ?? [];
    const name = /\bname="([^"]{1,200})"/i.exec(head ?? "")?.[1]?.toLowerCase();
    if (name === undefined || value === undefined) continue;
    if (name === "file" || /\bfilename="/i.test(head ?? "")) break;
    if (!fields.has(name)) fields.set(name, value);
  }
  return fields;
}

/** Whether the fields mean to be signed with Version 4. */
export const meansPolicy = (fields: FormFields | null): fields is FormFields =>
  fields !== null &&
  fields.has("policy") &&
  (fields.has("x-amz-signature") || fields.has("x-amz-credential"));

const DEMANDED = [
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-date",
  "x-amz-signature",
] as const;

export function readPolicyForm(fields: FormFields): Parsed | ParseProblem {
  const missing = DEMANDED.find((name) => !fields.get(name)?.trim());
  if (missing !== undefined)
    return {
      problem: fields.has(missing) ? "it is empty" : "it is missing",
      part: missing,
    };
  const of = (name: string): string => fields.get(name)?.trim() ?? "";
  if (of("x-amz-algorithm") !== "AWS4-HMAC-SHA256")
    return { problem: "no algorithm of this name", part: "x-amz-algorithm" };
  const credential = readCredential(of("x-amz-credential"), true);
  if ("problem" in credential)
    return { ...credential, part: "x-amz-credential" };
  const amzDate = basicDate(of("x-amz-date"));
  if (amzDate === null)
    return {
      problem: "the date is not of the form YYYYMMDDTHHMMSSZ",
      part: "x-amz-date",
    };
  return {
    algorithm: "AWS4-HMAC-SHA256",
    form: "policy",
    ...credential,
    signedHeaders: [],
    signature: of("x-amz-signature"),
    amzDate,
    expiresSeconds: null,
    sessionToken: fields.get("x-amz-security-token") ?? null,
    contentSha256: null,
    // Not trimmed: line ends in it were signed.
    policy: fields.get("policy") ?? "",
  };
}
