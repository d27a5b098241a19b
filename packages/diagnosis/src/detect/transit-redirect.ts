import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";

const REDIRECTS = [301, 302, 303, 307, 308];

interface Redirect {
  readonly from: string;
  readonly to: string;
}

/** Clients drop the header at a redirect, or carry it to a host that it was never meant for. */
export function detectRedirect(i: Investigation): void {
  const { request, response } = i.inquiry;
  const missing = i.found("request.token_missing") !== null;
  const repeated = i.found("request.token_repeated");
  if (
    !request?.url ||
    (!missing && !repeated && !i.found("request.transport_insecure"))
  )
    return;
  const redirect =
    redirectTo(i, request.url) ??
    (missing ? answeredByRedirect(request.url, response) : null);
  const signedUrl = repeated?.places.includes("signed URL") ?? false;
  if (redirect) {
    const leaked = !missing && hostOf(redirect.from) !== hostOf(redirect.to);
    const facts = {
      from: withoutQuery(redirect.from),
      to: withoutQuery(redirect.to),
      leaked,
    };
    const reason = missing
      ? "request.token_missing"
      : repeated
        ? "request.token_repeated"
        : "request.transport_insecure";
    i.suspect("transit.redirect", {
      confidence: "likely",
      facts,
      explains: [reason],
      weight: missing && redirect.from === request.url ? 15 : 60,
    });
  } else if (signedUrl) {
    // A page that came here by a redirect to another origin says "null" (Fetch Standard, "origin").
    const weight = headerValues(request, "origin").includes("null") ? 60 : 40;
    i.suspect("transit.redirect", {
      confidence: "likely",
      facts: { from: null, to: withoutQuery(request.url), leaked: true },
      explains: ["request.token_repeated"],
      weight,
    });
  }
}

/** A document that was answered by a redirect to this very address. */
function redirectTo({ context }: Investigation, url: string): Redirect | null {
  for (const [from, { status, headers = {} }] of Object.entries(
    context.documents ?? {},
  )) {
    const [location] = headerValues({ headers }, "location");
    if (
      location === undefined ||
      !REDIRECTS.includes(status ?? 0) ||
      !URL.canParse(location, from)
    )
      continue;
    const to = new URL(location, from).href;
    if (to === normal(url)) return { from, to };
  }
  return null;
}

/** The request itself was answered by a redirect to nearly the same address: another scheme, host or slash. */
function answeredByRedirect(
  from: string,
  response: Investigation["inquiry"]["response"],
): Redirect | null {
  const [location] = headerValues(
    { headers: response?.headers ?? {} },
    "location",
  );
  if (
    location === undefined ||
    !REDIRECTS.includes(response?.status ?? 0) ||
    !URL.canParse(location, from)
  )
    return null;
  const to = new URL(location, from);
  const samePath =
    to.pathname.replace(/\/$/, "") ===
    new URL(from).pathname.replace(/\/$/, "");
  return samePath ? { from, to: to.href } : null;
}

const normal = (url: string): string =>
  URL.canParse(url) ? new URL(url).href : url;
const hostOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).host : url;
/** A query can hold a credential. */
const withoutQuery = (url: string): string =>
  url.replace(/[?#][^]*$/, "").slice(0, 300);
