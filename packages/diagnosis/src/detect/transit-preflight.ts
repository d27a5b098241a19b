import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";

/** A CORS preflight (Fetch Standard, "CORS-preflight request") carries no credentials, whatever the page does. */
export function detectPreflight(i: Investigation): void {
  const { request } = i.inquiry;
  if (
    !request ||
    request.method?.toUpperCase() !== "OPTIONS" ||
    !i.found("request.token_missing")
  )
    return;
  const [origin = null] = headerValues(request, "origin");
  const asks =
    headerValues(request, "access-control-request-method").length > 0 ||
    headerValues(request, "access-control-request-headers").length > 0;
  if (!asks && origin === null) return;
  i.suspect("transit.preflight", {
    confidence: asks ? "certain" : "likely",
    facts: { origin: origin?.slice(0, 200) ?? null },
    explains: ["request.token_missing"],
    weight: 100,
  });
}
