import type { WireRequest } from "./types.ts";
import { indexHeaders, pairsOf, targetOf } from "./wire.ts";

/** Recognises the signatures before Version 4, in the header, the query, or a form that stands for a query. */
export function signatureVersion2(
  request: WireRequest,
): "header" | "query" | null {
  const headers = indexHeaders(request);
  // S3's `AWS AKID:signature`; Route 53's and SES's `AWS3-HTTPS AWSAccessKeyId=…`, `AWS3 …`.
  for (const name of ["authorization", "x-amzn-authorization"])
    if (
      headers
        .get(name)
        ?.some((value) =>
          /^\s*(?:AWS\s+[^\s:]+:\S|AWS3(?:-HTTPS)?\s)/.test(value),
        )
    )
      return "header";
  if (isOldQuery(targetOf(request.url).query)) return "query";
  return typeof request.body === "string" && isForm(request, request.body)
    ? isOldQuery(request.body.trim())
      ? "query"
      : null
    : null;
}

const isForm = (request: WireRequest, body: string): boolean =>
  request.method.toUpperCase() === "POST" && /^[\w.%+-]+=/.test(body);

/** S3 puts AWSAccessKeyId, Expires and Signature into a link; the query services AWSAccessKeyId, SignatureVersion and SignatureMethod. */
function isOldQuery(query: string | null): boolean {
  if (query === null || !/AWSAccessKeyId|SignatureVersion/.test(query))
    return false;
  let keyId = false;
  let signature = false;
  let version: string | null = null;
  for (const [name, value] of pairsOf(query)) {
    if (name === "AWSAccessKeyId") keyId = true;
    else if (name === "Signature") signature = true;
    else if (name === "SignatureVersion") version = value;
  }
  return (version !== null && /^[012]$/.test(version)) || (keyId && signature);
}
