import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";

/** Who is known for dropping the Authorization header, by what the answer and the request say of themselves. */
const DROPPERS: readonly (readonly [RegExp, string])[] = [
  [
    /mod_wsgi/i,
    "Apache with mod_wsgi, which drops the header unless WSGIPassAuthorization is on",
  ],
  [
    /mod_fcgid|fastcgi|php-fpm|fpm-fcgi|cgi/i,
    "the FastCGI or CGI interface, which passes the header on only when it is told to",
  ],
  [
    /apache.*php|php.*apache|php\//i,
    "Apache in front of PHP, which passes the header on only when it is told to (CGIPassAuth)",
  ],
  [/passenger/i, "Passenger under Apache"],
  [
    /apache/i,
    "Apache, which keeps the header from what it starts unless CGIPassAuth or a rewrite rule passes it on",
  ],
  [
    /iis|asp\.net/i,
    "IIS, where a module may take the header for its own authentication",
  ],
  [
    /litespeed/i,
    "LiteSpeed, which passes the header on only when it is told to",
  ],
  [
    /nginx|openresty/i,
    "nginx, where proxy_set_header or an authentication of its own replaces the header",
  ],
  [
    /cloudfront/i,
    "CloudFront, which drops the header unless the cache policy names it or, uncached, the policy AllViewer passes it on",
  ],
  [
    /envoy|istio/i,
    "Envoy, which removes the header when a filter consumes the token",
  ],
  [/kong/i, "Kong, where a plug-in may hide the credentials"],
  [
    /varnish|cloudflare|akamai|fastly|squid|traefik|haproxy|gunicorn|caddy/i,
    "a proxy on the way",
  ],
];

/** What shows that something stood between. */
const TRACES = [
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "forwarded",
  "x-real-ip",
  "x-envoy-external-address",
  "cf-ray",
  "x-amz-cf-id",
];

/** The client had a token, and the request arrived without one. */
export function detectStripped(i: Investigation): void {
  const { request, response, token } = i.inquiry;
  if (!request || !i.found("request.token_missing")) return;
  const sent = headerValues(request, "authorization").some((value) =>
    /\S[ \t]+\S/.test(value),
  );
  const known =
    i.context.clientToken !== undefined || token !== undefined || sent;
  const says = [
    ...headerValues({ headers: response?.headers ?? {} }, "server"),
    ...headerValues({ headers: response?.headers ?? {} }, "x-powered-by"),
    ...headerValues({ headers: response?.headers ?? {} }, "via"),
    ...headerValues(request, "via"),
  ].join(" ");
  const dropper = DROPPERS.find(([pattern]) => pattern.test(says));
  const passed = TRACES.some((name) => headerValues(request, name).length > 0);
  const by = dropper?.[1] ?? (passed ? "a proxy on the way" : null);
  if (known)
    i.suspect("transit.header_stripped", {
      confidence: "likely",
      facts: { by, header: "Authorization" },
      explains: ["request.token_missing"],
      weight: 30,
    });
  else if (by !== null)
    i.suspect("transit.header_stripped", {
      confidence: "possible",
      facts: { by, header: "Authorization" },
      explains: ["request.token_missing"],
      weight: passed ? 5 : 2,
    });
  if (!known)
    i.wouldTell(
      "the request as it left the client would tell whether the token was dropped on the way",
    );
}
