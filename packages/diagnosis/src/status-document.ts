import { finding, type Finding } from "@assay/token";
import type { Document } from "./inquiry.ts";

/** A status list that could not be had, or cannot be read, leaves the status open: never "valid", never "revoked". */
export async function readStatusDocument(document: Document, { uri }: { uri: string; idx: number }, _now: number): Promise<readonly Finding[]> {
  const problem = document.error ?? ((document.status ?? 200) > 299 ? `status ${document.status}` : null);
  return [finding("revocation.unavailable", { source: uri, problem: problem ?? "the answer is no status list" })];
}
