/**
 * Tokens for Microsoft Graph carry a nonce in the header, and are signed over a header that holds its SHA-256 instead: Graph alone is meant
 * to check them, so that nobody else builds on what is in them.
 */
import { isAlgorithm, platform } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { checkSignature } from "../verify-with.ts";

const GRAPH = [
  "00000003-0000-0000-c000-000000000000",
  "00000002-0000-0000-c000-000000000000",
];
const GRAPH_HOSTS =
  /^https:\/\/graph\.(microsoft\.(com|us|de)|windows\.net)(\/|$)|^https:\/\/(dod-graph\.microsoft\.us|microsoftgraph\.chinacloudapi\.cn)(\/|$)/;
const MICROSOFT =
  /^https:\/\/(sts\.windows\.net|login\.(microsoftonline\.(com|us)|windows\.net|partner\.microsoftonline\.cn)|sts\.chinacloudapi\.cn)\//;

export async function detectOtherResource(i: Investigation): Promise<void> {
  const { header, claims, text } = i.token ?? {};
  const nonce = header?.["nonce"];
  if (!claims || text === undefined || typeof nonce !== "string") return;
  const aud = [claims["aud"] ?? []]
    .flat()
    .map(String)
    .find((one) => GRAPH.includes(one) || GRAPH_HOSTS.test(one));
  const microsoft = MICROSOFT.test(String(claims["iss"]));
  if (aud === undefined && !microsoft) return;
  const explains = (
    ["signature.mismatch", "audience.mismatch"] as const
  ).filter((reason) => i.found(reason));
  const shown =
    i.found("signature.mismatch") !== null &&
    (await verifiesWithHashedNonce(i, text, nonce));
  // Where the audience is what failed, the token was merely asked for with the wrong scopes.
  const weight = i.reason === "signature.mismatch" ? 60 : 10;
  if (explains.length > 0)
    i.suspect("kind.other_resource", {
      confidence: shown ? "certain" : "likely",
      facts: { resource: aud ?? "Microsoft Graph" },
      explains,
      weight,
    });
}

async function verifiesWithHashedNonce(
  { key, budget }: Investigation,
  text: string,
  nonce: string,
): Promise<boolean> {
  const [head = "", body = "", tail = ""] = text.split(".");
  const bytes = platform.decodeBase64url(head);
  const header = bytes && platform.decodeUtf8(bytes);
  const alg: unknown = header && (JSON.parse(header) as { alg?: unknown }).alg;
  if (!key || !header || typeof alg !== "string" || !isAlgorithm(alg))
    return false;
  const hashed = platform.encodeBase64url(
    await platform.digest("sha256", nonce),
  );
  const signed = platform.encodeBase64url(
    new TextEncoder().encode(
      header.replace(JSON.stringify(nonce), JSON.stringify(hashed)),
    ),
  );
  return (
    (await checkSignature({
      alg,
      key,
      text: `${signed}.${body}.${tail}`,
      budget,
    })) === true
  );
}
