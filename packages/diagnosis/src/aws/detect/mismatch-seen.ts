/** Why a signature does not come out, where the secret is not known: hash of the body, canonical request of the answer, traces of proxies. */
import { platform } from "@assay/token";
import { HASHED_IN_ONE_UNIT } from "../../budget.ts";
import type { AwsCase } from "../aws-case.ts";
import { traces } from "../proxy-traces.ts";
import { chunkForm, verifySigned } from "../signature-v4/index.ts";
import { headersOf, pathOf, urlHost } from "../wire.ts";

const REASON = ["signature.mismatch"] as const;
const EMPTY =
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** Headers that are changed at every hop, and should not be signed. */
const FRAGILE = [
  "accept-encoding",
  "connection",
  "user-agent",
  "content-length",
  "via",
  "te",
  "transfer-encoding",
  "x-forwarded-for",
  "x-forwarded-proto",
  "expect",
  "accept",
  "x-amzn-trace-id",
];

/** True when something was seen that makes the signature fail by itself. `ownVerifies`: it comes out with the client's own secret. */
export async function suspectBySight(
  seen: AwsCase,
  ownVerifies: boolean,
): Promise<boolean> {
  if (await otherBody(seen)) return true;
  if (seen.meaning === null) return false;
  if (seen.meaning === "payload") {
    seen.suspect(
      "aws.payload_mismatch",
      "likely",
      { how: "service_says", chunk: null },
      REASON,
      6,
    );
    return true;
  }
  if (notSigned(seen)) return true;
  const { wire, parsed } = seen;
  const fault = wire && parsed ? chunkForm(wire, parsed) : null;
  if (fault) {
    seen.suspect("aws.payload_mismatch", "likely", fault, REASON, 6);
    return true;
  }
  const sameText = await canonicalOfAnswer(seen);
  hostChanged(seen);
  headersChanged(seen);
  if (!ownVerifies) odd(seen);
  seen.suspect(
    "aws.secret_wrong",
    "likely",
    {
      keyId: seen.keyId?.trim() ?? null,
      tried: false,
      sameText: sameText === true,
      verifiedBy: null,
    },
    REASON,
    sameText === true ? 2 : 0,
  );
  if (!seen.inquiry.request)
    seen.wouldTell(
      "the request and the secret, at your own machine, would tell which part of it differs from what was signed",
    );
  return false;
}

/** The hash that the request declares is not that of its body. */
async function otherBody(seen: AwsCase): Promise<boolean> {
  const { wire, parsed, inquiry } = seen;
  const declared = parsed?.contentSha256 ?? null;
  if (!wire || declared === null || !/^[0-9a-f]{64}$/.test(declared))
    return false;
  if (inquiry.request?.body === undefined || typeof wire.body !== "string")
    return false;
  const bytes = new TextEncoder().encode(wire.body);
  const length = headersOf(inquiry.request, "content-length")[0];
  // A body that was cut for the log, or that is no text, proves nothing.
  if (
    length !== undefined &&
    Number(length) !== bytes.length &&
    declared !== EMPTY
  )
    return false;
  if (wire.body.includes("\uFFFD")) return false;
  if (!seen.budget.take(1 + bytes.length / HASHED_IN_ONE_UNIT)) return false;
  const digest = await platform.digest("sha256", bytes);
  if (hexOf(digest) === declared) return false;
  seen.suspect(
    "aws.payload_mismatch",
    "certain",
    { how: declared === EMPTY ? "empty_signed" : "other", chunk: null },
    REASON,
    6,
  );
  return true;
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** "There were headers present in the request which were not signed", with HeadersNotSigned beside. */
function notSigned(seen: AwsCase): boolean {
  if (seen.meaning !== "header_not_signed") return false;
  const named = seen.answer.field("HeadersNotSigned");
  const signed = new Set(seen.parsed?.signedHeaders ?? []);
  const visible = (seen.wire?.headers ?? [])
    .map(([name]) => name.toLowerCase())
    .find((name) => name.startsWith("x-amz-") && !signed.has(name));
  seen.suspect(
    "aws.header_altered",
    "likely",
    {
      header: named ?? visible ?? null,
      how: "not_signed",
      traces: traces(seen),
    },
    REASON,
    6,
  );
  return true;
}

/** S3 shows what it computed with: true when that is the text of this request, false when it differs, null when it is not shown. */
async function canonicalOfAnswer(seen: AwsCase): Promise<boolean | null> {
  const theirs = seen.answer.field("CanonicalRequest");
  const { wire, parsed } = seen;
  if (theirs === null || !wire || !parsed) return null;
  if (!seen.budget.take(6)) return null;
  const ours = (await verifySigned(wire, parsed, "-")).canonicalRequest;
  if (ours === theirs) return true;
  const [, ourPath, ourQuery, ...ourRest] = ours.split("\n");
  const [, path, query, ...rest] = theirs.split("\n");
  if (path !== ourPath || query !== ourQuery)
    seen.suspect(
      "aws.path_encoding",
      "likely",
      { part: path === ourPath ? "query" : "path" },
      REASON,
      5,
    );
  if (rest.at(-1) !== ourRest.at(-1))
    seen.suspect(
      "aws.payload_mismatch",
      "likely",
      { how: "other", chunk: null },
      REASON,
      5,
    );
  for (const line of ourRest.slice(0, -2)) {
    const name = line.slice(0, Math.max(0, line.indexOf(":")));
    const other = rest.find((each) => each.startsWith(`${name}:`));
    if (name === "" || other === undefined || other === line) continue;
    if (name === "host")
      seen.suspect(
        "aws.host_rewritten",
        "likely",
        { signed: line.slice(5), found: other.slice(5) },
        REASON,
        6,
      );
    else
      seen.suspect(
        "aws.header_altered",
        "likely",
        { header: name, how: "changed", traces: traces(seen) },
        REASON,
        5,
      );
  }
  return false;
}

/** The name that the client called stands beside the one that arrived. */
function hostChanged(seen: AwsCase): void {
  const { inquiry, configuration, host } = seen;
  if (host === null || seen.parsed?.signedHeaders.includes("host") === false)
    return;
  const signed = [
    ...headersOf(inquiry.request, "x-forwarded-host"),
    ...headersOf(inquiry.request, "x-original-host"),
    urlHost(configuration.endpoint ?? ""),
    urlHost(inquiry.request?.url ?? ""),
  ].find(
    (other) =>
      other !== null &&
      bare(other) !== bare(host) &&
      !bare(host).endsWith(`.${bare(other)}`),
  );
  const inside =
    /^[a-z0-9-]+(?::\d+)?$/i.test(host) ||
    /^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
  if (signed !== undefined && signed !== null)
    seen.suspect(
      "aws.host_rewritten",
      "likely",
      { signed, found: host },
      REASON,
      4,
    );
  else if (inside && traces(seen).length > 0)
    seen.suspect(
      "aws.host_rewritten",
      "likely",
      { signed: null, found: host },
      REASON,
      3,
    );
}

const bare = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/:(?:443|80)$/, "");

function headersChanged(seen: AwsCase): void {
  const signed = (seen.parsed?.signedHeaders ?? []).filter((name) =>
    FRAGILE.includes(name),
  );
  const found = traces(seen);
  if (signed.length === 0) return;
  seen.suspect(
    "aws.header_altered",
    found.length > 0 ? "likely" : "possible",
    { header: signed[0] ?? null, how: "suspected", traces: found },
    REASON,
    3,
  );
}

/** Characters that signers write in several ways. */
function odd(seen: AwsCase): void {
  const url = seen.inquiry.request?.url ?? "";
  const path = pathOf(url);
  const query = url.split("?", 2)[1] ?? "";
  const inPath = /%(?!2F)|[+!'()*@:,;=&$ ]|\/\//i.test(path);
  const inQuery = /\+|%20|%2[ABC]|[!'()*]/i.test(
    query.replace(/X-Amz-[^&]*/gi, ""),
  );
  if (!inPath && !inQuery) return;
  seen.suspect(
    "aws.path_encoding",
    "likely",
    { part: inPath ? "path" : "query" },
    REASON,
    /%|\+/.test(inPath ? path : query) ? 3 : 1,
  );
}
