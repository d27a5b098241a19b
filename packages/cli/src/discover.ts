/**
 * Fetches the keys of an issuer that the person named. Threats: a token that names its own issuer (never followed), an answer
 * that never ends or never stops growing, a redirect to another place, keys taken over plain http.
 */
import type { Document } from "@assay/diagnosis";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

type Documents = Readonly<Record<string, Document>>;

const LONGEST_MS = 5_000;
const LARGEST_BYTES = 1024 * 1024;
/** Progress is worth a word only when it takes over a second. */
const PATIENCE_MS = 1_000;
const HEADERS = ["content-type", "cache-control", "age", "date", "location"];

/** Metadata and key set of each issuer, by their addresses. What could not be had is there with its error. */
export async function discoverKeys(
  issuers: readonly string[],
  terminal: Terminal,
): Promise<Documents> {
  const documents: Record<string, Document> = {};
  for (const issuer of issuers) {
    for (const url of metadataAddresses(issuer)) {
      Object.assign(documents, await fetchDocuments([url], terminal));
      const jwksUri = jwksUriOf(documents[url], issuer);
      if (jwksUri === null) continue;
      Object.assign(documents, await fetchDocuments([jwksUri], terminal));
      break;
    }
  }
  return documents;
}

/** Fetches documents, each by itself. */
export async function fetchDocuments(
  urls: readonly string[],
  terminal: Terminal,
): Promise<Documents> {
  const documents: Record<string, Document> = {};
  for (const url of urls) {
    const timer = setTimeout(
      () => terminal.note(`fetching ${url}`),
      PATIENCE_MS,
    );
    documents[url] = await fetchDocument(url);
    clearTimeout(timer);
  }
  return documents;
}

/** OpenID Connect Discovery section 4, then RFC 8414 section 3, which puts the well-known part before the path. */
function metadataAddresses(issuer: string): string[] {
  if (!URL.canParse(issuer) || !isSafe(new URL(issuer))) {
    throw new UsageError(
      `--discover: expected an issuer that is an https address, found “${issuer.slice(0, 120)}”`,
      "assay why TOKEN --issuer https://issuer.example.com --discover",
    );
  }
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

/** The metadata counts only when it names the very issuer that was asked for (RFC 8414 section 3.3). */
function jwksUriOf(
  document: Document | undefined,
  issuer: string,
): string | null {
  try {
    const metadata = JSON.parse(document?.body ?? "") as {
      issuer?: unknown;
      jwks_uri?: unknown;
    } | null;
    return metadata?.issuer === issuer && typeof metadata.jwks_uri === "string"
      ? metadata.jwks_uri
      : null;
  } catch {
    return null;
  }
}

async function fetchDocument(url: string): Promise<Document> {
  if (!URL.canParse(url) || !isSafe(new URL(url)))
    return {
      error: "not fetched: only https addresses are, and http on this machine",
    };
  try {
    const answer = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_MS),
      headers: { accept: "application/json" },
    });
    const headers = Object.fromEntries(
      HEADERS.flatMap((name) =>
        answer.headers.has(name)
          ? [[name, answer.headers.get(name) as string]]
          : [],
      ),
    );
    const body = await boundedText(answer);
    return body === null
      ? { error: `the answer is larger than ${LARGEST_BYTES} bytes` }
      : { status: answer.status, headers, body };
  } catch (error) {
    return { error: failure(error) };
  }
}

/** The body as text; null when it is larger than it may be, and then the rest is not read. */
async function boundedText({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > LARGEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function failure(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if (error.name === "TimeoutError")
    return `no answer within ${LONGEST_MS / 1000} seconds`;
  const { code, message } = (error.cause ?? error) as {
    code?: unknown;
    message?: unknown;
  };
  return (
    [code, message].find((text) => typeof text === "string") ?? "unknown error"
  );
}

/** TLS, or this machine itself. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" ||
  (protocol === "http:" &&
    (hostname === "localhost" ||
      hostname.endsWith(".localhost") ||
      hostname === "[::1]" ||
      /^127(\.\d+){3}$/.test(hostname)));
