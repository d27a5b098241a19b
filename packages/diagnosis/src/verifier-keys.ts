/** The keys that the verifier judges with, in the contract's order of precedence (reading 4), and what is known of where they are. */
import {
  importKey,
  importSecret,
  Key,
  keySet,
  KeySet,
  keySetOf,
  classifyKeyText,
  type Jwk,
  type KeySource,
  type KeysUnavailable,
} from "@assay/token";
import type { Document, Inquiry, Jwks } from "./inquiry.ts";

export interface VerifierKeys {
  /** null: nothing is known of any key. */
  readonly source: KeySource | null;
  readonly set: KeySet | null;
  readonly unavailable: KeysUnavailable | null;
  /** Where the set was, or should have been, fetched. */
  readonly url: string | null;
  readonly from: "policy" | "cache" | "document" | "nowhere";
}

export function verifierKeys({
  policy = {},
  context = {},
}: Inquiry): VerifierKeys {
  const inHand: Key[] = [];
  if (policy.keys) inHand.push(...readSet(policy.keys).keys);
  if (policy.secret !== undefined)
    inHand.push(
      configuredSecret(policy.secret, policy.secretEncoding ?? "utf8"),
    );
  if (policy.publicKey !== undefined)
    inHand.push(configuredPublicKey(policy.publicKey));
  const url =
    policy.jwksUri ?? advertised(policy.issuer, context.documents ?? {});
  if (policy.keys || inHand.length > 0)
    return held(keySetOf(...inHand), url, "policy");
  if (context.cachedKeys)
    return held(readSet(context.cachedKeys), url, "cache");
  const document = url === null ? undefined : context.documents?.[url];
  if (url === null || !document)
    return { source: null, set: null, unavailable: null, url, from: "nowhere" };
  const read = readKeyDocument(document, url);
  if (read instanceof KeySet) return held(read, url, "document");
  return {
    source: { lookup: () => read },
    set: null,
    unavailable: read,
    url,
    from: "document",
  };
}

const held = (
  set: KeySet,
  url: string | null,
  from: VerifierKeys["from"],
): VerifierKeys => ({ source: set, set, unavailable: null, url, from });

/** A set in hand. A set that is none, or too large, holds no key. */
export function readSet(set: Jwks): KeySet {
  try {
    return keySet(set);
  } catch {
    return keySetOf();
  }
}

/** The secret as it stands in the configuration, decoded as the verifier does. */
function configuredSecret(
  secret: string,
  encoding: "utf8" | "base64" | "base64url" | "hex",
): Key {
  try {
    return importSecret(secret, { encoding });
  } catch (error) {
    return unusable("oct", error);
  }
}

/** A verifier takes an SPKI PEM and nothing else here (contract, reading 5); any other form is a key that cannot be used. */
function configuredPublicKey(text: string): Key {
  const form = classifyKeyText(text);
  if (form !== "spki")
    return unusable("", new Error(`found ${form}, expected a PEM public key`));
  try {
    return importKey(text);
  } catch (error) {
    return unusable("", error);
  }
}

const unusable = (kty: string, error: unknown): Key =>
  new Key(
    { kty },
    {
      bits: 0,
      isPrivate: false,
      problem: {
        problem: "unreadable",
        detail: error instanceof Error ? error.message : "unreadable",
      },
    },
  );

/** An answer that is not a JWK Set, whatever its status, is an outage (contract, reading 4). */
export function readKeyDocument(
  document: Document,
  url: string,
): KeySet | KeysUnavailable {
  if (document.error !== undefined)
    return { unavailable: document.error, source: url };
  if (
    document.status !== undefined &&
    (document.status < 200 || document.status > 299)
  )
    return { unavailable: `status ${document.status}`, source: url };
  try {
    return keySet(JSON.parse(document.body ?? "") as { keys: Jwk[] });
  } catch {
    return { unavailable: "the answer is no JWK Set", source: url };
  }
}

/** The jwks_uri of the metadata of an issuer that the policy names; the document must name that very issuer (RFC 8414 section 3.3). */
function advertised(
  issuer: string | readonly string[] | null | undefined,
  documents: Readonly<Record<string, Document>>,
): string | null {
  const issuers = typeof issuer === "string" ? [issuer] : (issuer ?? []);
  for (const { body } of Object.values(documents)) {
    const metadata = readMetadata(body);
    if (metadata?.jwksUri && issuers.includes(metadata.issuer))
      return metadata.jwksUri;
  }
  return null;
}

/** Issuer metadata, when the text is such a document. */
export function readMetadata(
  body: string | undefined,
): { readonly issuer: string; readonly jwksUri: string | null } | null {
  if (!body?.trimStart().startsWith("{")) return null;
  try {
    const { issuer, jwks_uri: jwksUri } = JSON.parse(body) as Record<
      string,
      unknown
    >;
    return typeof issuer === "string"
      ? { issuer, jwksUri: typeof jwksUri === "string" ? jwksUri : null }
      : null;
  } catch {
    return null;
  }
}
