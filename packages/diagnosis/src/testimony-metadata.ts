import { finding, type Examination, type Finding } from "@assay/token";
import type { Inquiry } from "./inquiry.ts";
import { readMetadata } from "./verifier-keys.ts";

/** The one issuer whose metadata is at hand. null: none is, or several are. */
export function publishedIssuer({ context = {} }: Inquiry): string | null {
  const issuers = Object.values(context.documents ?? {}).flatMap(
    ({ body }) => readMetadata(body)?.issuer ?? [],
  );
  return issuers.length > 0 && new Set(issuers).size === 1
    ? (issuers[0] as string)
    : null;
}

/**
 * Where the policy names no issuer, the metadata that the verifier was given says whom it expects (RFC 8414 section 3.3). Not where the
 * issuer is waived, nor where keys in hand have verified the token: then the document is somebody else's.
 */
export function metadataDisagrees(
  inquiry: Inquiry,
  { unverified, steps }: Examination,
): Finding | null {
  const verified = steps.some(
    ({ step, outcome }) => step === "signature" && outcome === "passed",
  );
  if (verified || inquiry.policy?.issuer === null) return null;
  const found = unverified?.claims?.["iss"];
  const issuer = publishedIssuer(inquiry);
  return typeof found === "string" && issuer !== null && issuer !== found
    ? finding("issuer.mismatch", { expected: [issuer], found })
    : null;
}
