import { tell, type Family } from "./cause-words.ts";
import { counted } from "./time.ts";
import { phrase, quoted } from "./untrusted.ts";

/** Words for the causes of the family transit. */
export const TRANSIT: Family<"transit"> = {
  "transit.header_stripped": ({ by, header }) =>
    tell(
      `The ${header === "DPoP" ? "proof" : "token"} was sent, and something on the way dropped it.`,
      [
        by === null
          ? "the client sent the header, and it did not arrive"
          : `what dropped it: ${phrase(by)}`,
      ],
      `Let each proxy, server and framework on the way pass the header ${header} on.`,
    ),
  "transit.redirect": ({ from, to, leaked }) =>
    tell(
      leaked
        ? "The token was carried to another host by a redirect."
        : "The token was dropped at a redirect.",
      [
        from !== null &&
          to !== null &&
          `the request to ${quoted(from)} was sent on to ${quoted(to)}`,
        (from === null) !== (to === null) &&
          `the redirect concerns ${quoted(from ?? to)}`,
        from === null && to === null && "the answer is a redirect",
      ],
      leaked
        ? "Call the last address at once, and let the client drop the header on another host. Treat the token as known to that host: revoke it."
        : "Call the last address at once (scheme, host, slash at the end), so that no redirect is needed.",
    ),
  "transit.overwritten": ({ scheme }) =>
    tell(
      "Another credential took the place of the token.",
      [`the Authorization header arrived with the scheme ${quoted(scheme)}`],
      "Let the gateway leave the Authorization header alone, or have it hand the client's token on under another name.",
    ),
  "transit.wrong_place": ({ place }) =>
    tell(
      "The token was sent in another place than the API looks.",
      [`it stands here: ${phrase(place)}`],
      "Send it in the header “Authorization: Bearer ” followed by the token.",
    ),
  "transit.preflight": ({ origin }) =>
    tell(
      "The refused request is a CORS preflight, which never carries a token.",
      [
        "the method is OPTIONS, and the browser asks what it may send",
        origin !== null && `it comes from a page of ${quoted(origin)}`,
      ],
      "Answer OPTIONS requests before the token is checked, and allow the header Authorization.",
    ),
  "transit.insecure": ({ host }) =>
    tell(
      "The token travelled over plain http.",
      [`the request went to ${quoted(host)} without TLS`],
      "Use https. Treat this token as known to others: get a new one, and revoke this one if you can.",
    ),
  "transit.too_large": ({ status, bytes }) =>
    tell(
      "A header or cookie is larger than something on the way takes.",
      [
        status !== null && `the server answers ${status}`,
        bytes !== null && `the headers have ${counted(bytes, "byte")}`,
      ],
      "Make the token smaller (fewer groups and roles), or raise the limit for headers in the proxy and the server.",
    ),
};
