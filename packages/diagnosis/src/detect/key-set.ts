/** The issuer's keys could not be had, or what was had is no set of keys that could be used. */
import { platform, recogniseForm, type Reason } from "@assay/token";
import type { Document } from "../inquiry.ts";
import type { Investigation } from "../investigation.ts";
import { readKeyDocument, readMetadata } from "../verifier-keys.ts";
import { isUsable } from "./key-held.ts";
import { headerOf } from "./key-places.ts";

const EXPLAINS: readonly Reason[] = ["signature.keys_unavailable"];

/** For keys that were not to be had. Always one cause, where a document or the server's answer says anything. */
export function explainUnavailable(i: Investigation): void {
  const { url } = i.keysFrom;
  const documents = i.context.documents ?? {};
  const own = url === null ? undefined : documents[url];
  if (url !== null && own) return suspectDocument(i, url, own);
  // Without the set itself: the metadata that should have named it.
  const failed = Object.entries(documents).find(
    ([address, document]) =>
      isKeyAddress(address) && !isGood(document, address),
  );
  if (failed) return suspectDocument(i, ...failed);
  const told = UNREACHABLE.exec(i.inquiry.response?.body ?? "")?.[0];
  if (told !== undefined)
    i.suspect("key.set_unreachable", {
      confidence: "likely",
      facts: { url, error: told.slice(0, 80) },
      explains: EXPLAINS,
      weight: 20,
    });
  else
    i.wouldTell(
      url === null
        ? "the issuer's keys would tell whether the signature is right"
        : "what the address of the keys answers would tell whether the signature is right",
    );
}

/** Words of verifiers and of their platforms for a fetch that failed. */
const UNREACHABLE =
  /E(CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|PROTO)|ENOTFOUND|UND_ERR_\w+|CERT_\w+|SELF_SIGNED_CERT\w*|UNABLE_TO_(VERIFY|GET)_\w+|IDX2080\d|(jwks|keys?|metadata|configuration).{0,60}(fetch|retriev|obtain|load|download|time).{0,20}(fail(ed|ure|s)?|error|out)|(unable|failed|could not|couldn't|error) .{0,20}(fetch|retriev|obtain|get|load|download)\w* .{0,60}(jwks?|keys?|metadata|configuration|certs?)|connection (refused|reset|timed out)|PKIX path building failed/i;

const isKeyAddress = (address: string): boolean =>
  /jwks|\/keys\b|\/certs\b|\.well-known|openid-configuration|oauth-authorization-server|x509|federationmetadata/i.test(
    address,
  );

function isGood(document: Document, address: string): boolean {
  return (
    !("unavailable" in readKeyDocument(document, address)) ||
    readMetadata(document.body) !== null
  );
}

function suspectDocument(
  i: Investigation,
  url: string,
  document: Document,
): void {
  const { error, status = 200, body = "" } = document;
  const unreachable = (
    problem: string,
    confidence: "certain" | "likely",
  ): void =>
    i.suspect("key.set_unreachable", {
      confidence,
      facts: { url, error: problem },
      explains: EXPLAINS,
      weight: 40,
    });
  const wrong = (
    found: string,
    confidence: "certain" | "likely" | "possible",
    weight = 40,
  ): void =>
    i.suspect("key.set_wrong_document", {
      confidence,
      facts: { url, found },
      explains: EXPLAINS,
      weight,
    });
  if (error !== undefined) return unreachable(error.slice(0, 120), "certain");
  if (status >= 500 || status === 429 || status === 408 || status === 407) {
    unreachable(`status ${status}`, "certain");
    return wrong(nameOf(document), "possible", 10);
  }
  if (status === 401 || status === 403) {
    unreachable(`status ${status}: access to the keys is refused`, "likely");
    return wrong(nameOf(document), "possible", 20);
  }
  if (status >= 300) {
    const where = status < 400 ? headerOf(document, "location") : null;
    wrong(
      where === null
        ? `status ${status}`
        : `status ${status}, to another address`,
      "likely",
    );
    return i.suspect("key.set_unreachable", {
      confidence: "possible",
      facts: { url, error: `status ${status}` },
      explains: EXPLAINS,
      weight: 20,
    });
  }
  // A page of a proxy that hides an outage has the same look as a wrong address.
  const outage =
    /<title>\s*(5\d\d|service unavailable|bad gateway|gateway time-?out|maintenance)|temporarily unavailable|upstream connect error|no healthy upstream/i.test(
      body,
    );
  if (outage) unreachable(`an error page with status ${status}`, "likely");
  wrong(nameOf(document), outage ? "possible" : "certain");
}

/** What the answer is, in place of a JWK Set. */
function nameOf(document: Document): string {
  const body = (document.body ?? "").replace(/^\uFEFF/, "").trim();
  if (body === "") return "an empty answer";
  if (readMetadata(body))
    return "the issuer's metadata, which names the address of the keys as jwks_uri";
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return /^[{[]/.test(body)
      ? "JSON that is cut off or broken"
      : body.startsWith("eyJ")
        ? "a signed token"
        : recogniseForm(body).name;
  }
  if (Array.isArray(value))
    return "a JSON array, without the member keys around it";
  if (typeof value !== "object" || value === null)
    return "a JSON value that is no object";
  const { keys, kty, error, jwks_uri: uri } = value as Record<string, unknown>;
  if (kty !== undefined) return "a single JWK, not a set";
  if (uri !== undefined)
    return "metadata, which names the address of the keys as jwks_uri";
  if (/-----BEGIN CERTIFICATE/.test(body))
    return "certificates by kid, not a JWK Set";
  if (keys !== undefined)
    return document.body?.startsWith("\uFEFF")
      ? "a JWK Set with a byte-order mark before it"
      : "an object whose member keys is no array";
  return error === undefined
    ? "another JSON document"
    : "an error answer in JSON";
}

/** What istiod writes into the modulus of a key of its own making, before the address, when the keys cannot be fetched. */
const MADE_UP = "Error-IstiodFailedToFetchJwksUri-";

/** A key in the verifier's copy that nobody has: it stands for a fetch that failed. True: its modulus says so. */
export function suspectMadeUpKey(i: Investigation): boolean {
  const [says] = (i.keys?.keys ?? []).flatMap((key) => {
    const { n } = key.reveal();
    const bytes =
      typeof n === "string" && n.length < LONGEST_URL
        ? platform.decodeBase64url(n)
        : null;
    const text = bytes && platform.decodeUtf8(bytes);
    return text?.startsWith(MADE_UP) ? [text.slice(MADE_UP.length)] : [];
  });
  if (says === undefined) return false;
  i.suspect("key.set_unreachable", {
    confidence: "certain",
    facts: {
      url: says === "" ? null : says.slice(0, 300),
      error: "istiod, which fetches the keys, failed and made up a key",
    },
    explains: [
      "signature.key_not_found",
      "signature.key_unsuitable",
      "signature.mismatch",
    ],
    weight: 60,
  });
  return true;
}

/** In base64url characters. */
const LONGEST_URL = 4_000;

/** The set is there, and holds nothing with which a token could be signed. True: so it is. */
export function suspectEmptySet(i: Investigation): boolean {
  const keys = i.keys?.keys;
  if (
    !keys ||
    i.policy.publicKey !== undefined ||
    i.policy.secret !== undefined
  )
    return false;
  const usable = keys.filter(isUsable).length;
  if (usable > 0) return false;
  i.suspect("key.set_empty", {
    confidence: keys.length === 0 ? "certain" : "likely",
    facts: { keys: keys.length, usable },
    explains: ["signature.key_not_found", "signature.key_unsuitable"],
    weight: 46,
  });
  return true;
}
