import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";

export function detectInsecure(i: Investigation): void {
  const insecure = i.found("request.transport_insecure");
  if (!insecure) return;
  // Behind a proxy that ends TLS the last hop is plain: then the request came in safely, and only the hop did not.
  const forwarded = headerValues(
    i.inquiry.request ?? {},
    "x-forwarded-proto",
  ).some((proto) => /^https/i.test(proto));
  i.suspect("transit.insecure", {
    confidence: forwarded ? "likely" : "certain",
    facts: insecure,
    explains: ["request.transport_insecure"],
    weight: 20,
  });
}
