import { isCodeGrant, type Exchange } from "../exchange.ts";
import type { OauthFacts } from "../facts.ts";
import { shownAddress } from "../shown.ts";

type Differs = OauthFacts["oauth.redirect_uri"]["differs"];

/** redirect_uri against that of the authorization request and the registration, as texts (RFC 6749 section 4.1.3, RFC 9700 section 4.1.3). */
export function detectRedirectUri(exchange: Exchange): void {
  const { endpoint, parameters, client } = exchange;
  const sent = parameters.get("redirect_uri");
  const registered = client.redirectUris ?? [];
  if (endpoint === "authorization" || endpoint === "par") {
    if (sent !== null) againstRegistration(exchange, sent, registered);
    return;
  }
  if (endpoint !== "token" || !isCodeGrant(exchange)) return;
  const first =
    exchange.authorizations.own?.parameters.get("redirect_uri")?.[0];
  if (first !== undefined) {
    if (sent === first) exchange.ruledOut.add("oauth.redirect_uri");
    else
      exchange.suspect("oauth.redirect_uri", {
        confidence: "certain",
        facts: {
          by: "comparison",
          sent: short(sent),
          others: [shownAddress(first)],
          against: "authorization_request",
          differs: sent === null ? ["missing"] : differencesOf(sent, first),
        },
        weight: 72,
      });
  } else if (sent !== null) againstRegistration(exchange, sent, registered);
}

function againstRegistration(
  exchange: Exchange,
  sent: string,
  registered: readonly string[],
): void {
  if (registered.length === 0) return;
  if (registered.some((uri) => matches(sent, uri))) {
    // Registered is not yet the one of the authorization request: that one is not known here.
    if (exchange.endpoint !== "token")
      exchange.ruledOut.add("oauth.redirect_uri");
    return;
  }
  const nearest = registered
    .slice(0, 50)
    .toSorted(
      (a, b) => differencesOf(sent, a).length - differencesOf(sent, b).length,
    );
  exchange.suspect("oauth.redirect_uri", {
    confidence: "certain",
    facts: {
      by: "comparison",
      sent: short(sent),
      others: nearest.slice(0, 3).map(shownAddress),
      against: "registration",
      differs: differencesOf(sent, nearest[0] ?? ""),
    },
    weight: 72,
  });
}

/** As texts, but that the port of a loopback address may vary (RFC 8252 section 7.3), and that some servers register a pattern. */
function matches(sent: string, registered: string): boolean {
  if (sent === registered) return true;
  if (registered.endsWith("*")) return sent.startsWith(registered.slice(0, -1));
  const [mine, other] = [parse(sent), parse(registered)];
  if (!mine || !other || !/^(?:127\.0\.0\.1|\[::1\])$/.test(mine.hostname))
    return false;
  return mine.protocol === "http:" && withoutPort(mine) === withoutPort(other);
}

const withoutPort = ({ protocol, hostname, pathname, search }: URL): string =>
  `${protocol}//${hostname}${pathname}${search}`;
const parse = (text: string): URL | null =>
  URL.canParse(text) ? new URL(text) : null;
const short = (text: string | null): string | null =>
  text === null ? null : shownAddress(text);

export function differencesOf(a: string, b: string): Differs {
  const [one, two] = [parse(a), parse(b)];
  if (!one || !two)
    return a.includes("%3A%2F") || b.includes("%3A%2F")
      ? ["encoding"]
      : ["path"];
  const found: Differs[number][] = [];
  if (one.protocol !== two.protocol) found.push("scheme");
  if (one.hostname !== two.hostname) found.push("host");
  if (portOf(one) !== portOf(two) && one.protocol === two.protocol)
    found.push("port");
  if (one.pathname !== two.pathname)
    found.push(
      one.pathname.replace(/\/$/, "") === two.pathname.replace(/\/$/, "")
        ? "slash"
        : one.pathname.toLowerCase() === two.pathname.toLowerCase()
          ? "case"
          : "path",
    );
  if (one.search !== two.search) found.push("query");
  if (one.hash !== two.hash) found.push("fragment");
  if (found.length > 0) return found;
  return a.toLowerCase() === b.toLowerCase()
    ? ["case"]
    : a.replace(/\/$/, "") === b.replace(/\/$/, "")
      ? ["slash"]
      : ["encoding"];
}

const portOf = ({ port, protocol }: URL): string =>
  port || (protocol === "https:" ? "443" : "80");
