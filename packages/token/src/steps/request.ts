import type { Case, HttpRequest, Judgement } from "../case.ts";
import { finding, type Finding } from "../verdict.ts";

const NOT_KNOWN = { because: "no request is known" };

/**
 * Finds the token in the request: the Authorization header (RFC 6750 section 2.1, RFC 9449 section 7.1), or, for a client
 * assertion, the form (RFC 7521 section 4.2). A token that can be seen in spite of a wrong scheme goes on to the later steps;
 * it is refused all the same.
 */
export function judgeRequest(token: Case): Judgement {
  const { request, token: given } = token.presented;
  token.token = given ?? null;
  // Not `given === undefined`: a caller in JavaScript hands on the null of a header that is not there.
  if (!request) return token.token === null ? [missing(token, {})] : NOT_KNOWN;
  const insecure = judgeTransport(request);
  if (token.policy.kind === "client_assertion")
    return judgeForm(token, request, insecure);
  const findings: Finding[] = [];
  const headers = headerValues(request, "authorization");
  const places = [
    ...headers.map(() => "Authorization header"),
    ...tokenPlaces(request),
  ];
  const value = headers[0];
  if (value === undefined || value.trim() === "")
    findings.push(missing(token, request));
  else findings.push(...judgeHeader(token, value));
  if (headers.length > 1 || (value !== undefined && places.length > 1))
    findings.unshift(finding("request.token_repeated", { places }));
  if (insecure && token.token !== null) findings.push(insecure);
  return findings.length > 0 ? findings : null;
}

const missing = (token: Case, { headers = {} }: HttpRequest): Finding =>
  finding("request.token_missing", {
    scheme: token.policy.scheme,
    headers: Object.keys(headers).map(nameOf),
  });

/** A header line without its colon has the whole token in its "name": no more than the first word is repeated. */
const nameOf = (name: string): string => /^[^\s:]{0,40}/.exec(name)?.[0] ?? "";

/**
 * Blanks and tabs may stand around the value (RFC 9110 section 5.5) and several after the scheme; the scheme's case does not count
 * (section 11.1). Any other white space belongs to the word that it hangs on.
 */
function judgeHeader(token: Case, value: string): readonly Finding[] {
  const { scheme } = token.policy;
  const words = value.split(/[ \t]+/).filter((word) => word !== "");
  const [first = "", second] = words;
  if (first.toLowerCase() !== scheme.toLowerCase()) {
    if (second !== undefined && words.length === 2) token.token = second;
    else if (first.includes(".")) token.token = first;
    const isScheme = second !== undefined || /^[a-z][a-z-]*$/i.test(first);
    return [
      finding("request.scheme_unsupported", {
        expected: scheme,
        found: isScheme ? first.slice(0, 64) : null,
      }),
    ];
  }
  if (second === undefined)
    return [missing(token, token.presented.request ?? {})];
  if (words.length > 2)
    return [finding("request.header_malformed", { words: words.length - 1 })];
  token.token = second;
  return [];
}

function judgeForm(
  token: Case,
  request: HttpRequest,
  insecure: Finding | null,
): Judgement {
  const assertions = formValues(request, "client_assertion");
  if (assertions[0] !== undefined) token.token = assertions[0];
  if (token.token === null) return [missing(token, request)];
  if (assertions.length > 1)
    return [
      finding("request.token_repeated", {
        places: assertions.map(() => "client_assertion"),
      }),
    ];
  return insecure ? [insecure] : null;
}

/** Other places where RFC 6750 sections 2.2 and 2.3 let a token stand, and a signed URL: two credentials are one too many. */
function tokenPlaces(request: HttpRequest): string[] {
  const query = new URLSearchParams(
    request.url?.split("#")[0]?.split("?").slice(1).join("?") ?? "",
  );
  const places = query
    .getAll("access_token")
    .map(() => "query parameter access_token");
  if (query.has("X-Amz-Signature")) places.push("signed URL");
  return [
    ...places,
    ...formValues(request, "access_token").map(
      () => "form parameter access_token",
    ),
  ];
}

function formValues(request: HttpRequest, name: string): string[] {
  const type = headerValues(request, "content-type")[0] ?? "";
  return request.body !== undefined &&
    type.toLowerCase().startsWith("application/x-www-form-urlencoded")
    ? new URLSearchParams(request.body).getAll(name)
    : [];
}

/** A bearer token may only travel under TLS (RFC 6750 section 5.3), or within one machine. */
function judgeTransport({ url }: HttpRequest): Finding | null {
  if (!url || !/^http:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  const loopback =
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(hostname);
  return loopback
    ? null
    : finding("request.transport_insecure", { host: hostname });
}

/** The values of a header, by its name in any case: one for each time that it was sent. */
export function headerValues(
  { headers = {} }: HttpRequest,
  name: string,
): string[] {
  const values: string[] = [];
  for (const [key, value] of Object.entries(headers)) {
    // null too: some frameworks have it for a header that was not sent.
    if (key.toLowerCase() !== name || value === undefined || value === null)
      continue;
    values.push(...(typeof value === "string" ? [value] : value));
  }
  return values;
}
