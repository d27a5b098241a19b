import {
  checkStatusListToken,
  decodeStatusList,
  decodeUnverified,
  finding,
  headerValues,
  judgeStatus,
  type Finding,
  type KeySource,
  type StatusReference,
} from "@assay/token";
import type { Document } from "./inquiry.ts";

/**
 * What a status list says of one token. A list that could not be had, cannot be read or verified, or is too old leaves the status open:
 * never "valid", never "revoked".
 */
export async function readStatusDocument(
  document: Document,
  reference: StatusReference,
  keys: KeySource | null,
  now: number,
): Promise<readonly Finding[]> {
  const { uri } = reference;
  const unavailable = (problem: string): readonly Finding[] => [
    finding("revocation.unavailable", { source: uri, problem }),
  ];
  const { error, status = 200, body = "" } = document;
  if (error !== undefined || status < 200 || status > 299)
    return unavailable(error ?? `status ${status}`);
  const text = body.trim();
  const read = text.startsWith("{")
    ? await readPlainList(text)
    : await readListToken(text, uri, keys, now);
  if ("findings" in read) return read.findings;
  if ("unavailable" in read) return unavailable(read.unavailable);
  const { list, exp, ttl, iat } = read;
  if (exp !== null && exp <= now)
    return unavailable("the status list has expired");
  const from = fetchedAt(document) ?? iat;
  if (ttl !== null && from !== null && from + ttl < now)
    return unavailable(
      `the status list is older than the ${ttl} s for which it may be kept`,
    );
  return judgeStatus(list, reference);
}

type Times = {
  readonly exp: number | null;
  readonly ttl: number | null;
  readonly iat: number | null;
};
type List = Extract<
  Awaited<ReturnType<typeof checkStatusListToken>>,
  { list: unknown }
>["list"];
type Read =
  | (Times & { readonly list: List })
  | { readonly findings: readonly Finding[] }
  | { readonly unavailable: string };

async function readListToken(
  text: string,
  uri: string,
  keys: KeySource | null,
  now: number,
): Promise<Read> {
  if (text.split(".", 4).length !== 3)
    return { unavailable: "the answer is no status list" };
  if (!keys)
    return { unavailable: "the keys of the status list are not known" };
  const checked = await checkStatusListToken(text, { uri, keys, now });
  return "findings" in checked
    ? checked
    : { ...checked, iat: seconds(decodeUnverified(text).claims?.["iat"]) };
}

/** The list as bare JSON: nothing signs it but the connection that it came by. */
async function readPlainList(text: string): Promise<Read> {
  let claims: Readonly<Record<string, unknown>>;
  try {
    claims = JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return { unavailable: "the answer is no status list" };
  }
  const list = await decodeStatusList(claims["status_list"] ?? claims);
  if ("unavailable" in list) return list;
  return {
    list,
    exp: seconds(claims["exp"]),
    ttl: seconds(claims["ttl"]),
    iat: seconds(claims["iat"]),
  };
}

const seconds = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

/** When the answer was made, by its own header (RFC 9110 section 6.6.1). */
function fetchedAt(document: Document): number | null {
  const date = Date.parse(headerValues(document, "date")[0] ?? "");
  return Number.isNaN(date) ? null : date / 1000;
}
