/** Who knows whether a token was revoked: the history, and the status list that the token itself names. */
import { finding, type Claims, type Finding, type JoseHeader, type RevocationSource } from "@assay/token";
import { endingsOf, historyFindings } from "./history.ts";
import type { Inquiry } from "./inquiry.ts";
import { readStatusDocument } from "./status-document.ts";

export function statusSource({ context = {} }: Inquiry, now: number): RevocationSource {
  const documents = context.documents ?? {};
  return {
    async check({ header, claims }: { header: JoseHeader; claims: Claims }): Promise<readonly Finding[]> {
      const ended = historyFindings(endingsOf(header, claims, context.history ?? [], now));
      if (ended.length > 0) return ended;
      const list = statusListOf(claims);
      const document = list && documents[list.uri];
      if (list && document) return readStatusDocument(document, list, now);
      const introspection = Object.entries(documents).find(([url, { error, status }]) => /\/introspect\b/.test(url) && (error !== undefined || (status ?? 200) >= 500));
      if (!introspection) return [];
      const [source, { error, status }] = introspection;
      return [finding("revocation.unavailable", { source, problem: error ?? `status ${status}` })];
    },
  };
}

/** The reference of a Token Status List (draft-ietf-oauth-status-list section 6.2). */
export function statusListOf(claims: Readonly<Record<string, unknown>>): { readonly uri: string; readonly idx: number } | null {
  const list = (claims["status"] as { status_list?: unknown } | undefined)?.status_list as { uri?: unknown; idx?: unknown } | undefined;
  return typeof list?.uri === "string" && typeof list.idx === "number" ? { uri: list.uri, idx: list.idx } : null;
}
