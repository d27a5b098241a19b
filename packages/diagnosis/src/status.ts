/** Who knows whether a token was revoked: the history, the status list that the token itself names, and introspection. */
import {
  finding,
  statusReference,
  type Claims,
  type Finding,
  type JoseHeader,
  type KeySource,
  type RevocationSource,
} from "@assay/token";
import { endingsOf, historyFindings } from "./history.ts";
import type { Inquiry } from "./inquiry.ts";
import { readIntrospection } from "./introspection-document.ts";
import { readStatusDocument } from "./status-document.ts";

/** `keys` are those of the verifier: a status list is signed by whoever issued the token, or it cannot be verified here. */
export function statusSource(
  { context = {} }: Inquiry,
  keys: KeySource | null,
  now: number,
): RevocationSource {
  const documents = context.documents ?? {};
  return {
    async check({
      header,
      claims,
    }: {
      header: JoseHeader;
      claims: Claims;
    }): Promise<readonly Finding[] | null> {
      const ended = historyFindings(
        endingsOf(header, claims, context.history ?? [], now),
      );
      if (ended.length > 0) return ended;
      // A claim status that is no object is somebody's own, and says nothing of a list.
      const reference =
        typeof claims["status"] === "object" && claims["status"] !== null
          ? statusReference(claims)
          : null;
      if (reference && "unavailable" in reference)
        return [
          finding("revocation.unavailable", {
            source: null,
            problem: reference.unavailable,
          }),
        ];
      const document = (reference && documents[reference.uri]) ?? null;
      const listed =
        reference && document
          ? await readStatusDocument(document, reference, keys, now)
          : [];
      const answered =
        listed.length > 0 ? listed : readIntrospection(documents);
      const known = context.history !== undefined || document !== null;
      return answered.length > 0 || known ? answered : null;
    },
  };
}
