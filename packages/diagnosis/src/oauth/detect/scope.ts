import { isRefreshGrant, knownScopes, type Exchange } from "../exchange.ts";
import { shownScope } from "../known-names.ts";

/** The scopes that are asked for, as they stand and against the server's list (RFC 6749 section 3.3). */
export function detectScope(exchange: Exchange): void {
  const { parameters, server, answer, endpoint } = exchange;
  const asked = parameters.get("scope");
  if (endpoint === null || asked === null || asked.trim() === "") return;
  const refused = answer?.code === "invalid_scope";
  const published = server.metadata?.["scopes_supported"];
  const known = Array.isArray(published)
    ? published.filter((each) => typeof each === "string")
    : [];
  const names = asked.split(" ").filter(Boolean).slice(0, 50);
  const lacking =
    known.length === 0 ? [] : names.filter((name) => !known.includes(name));
  const [how, scopes] = formOf(asked, names, lacking, known);
  if (how === "unknown" && lacking.length === 0 && !refused) return;
  const wider =
    how === "unknown" && lacking.length === 0 && isRefreshGrant(exchange);
  exchange.suspect("oauth.scope_invalid", {
    confidence: refused || how !== "unknown" ? "likely" : "possible",
    facts: {
      by:
        refused && lacking.length === 0 && how === "unknown"
          ? "answer"
          : "request",
      how: wider ? "wider" : how,
      scopes: scopes
        .slice(0, 6)
        .map((name) => shownScope(name, knownScopes(exchange))),
    },
    weight: refused ? 70 : how === "unknown" ? 25 : 35,
  });
}

function formOf(
  asked: string,
  names: readonly string[],
  lacking: readonly string[],
  known: readonly string[],
): readonly ["unknown" | "separator" | "encoding" | "case", readonly string[]] {
  if (
    /^\s*\[/.test(asked) ||
    names.some((name) => /[,;|]/.test(name) && !known.includes(name))
  )
    return ["separator", names];
  const encoded = names.filter(
    (name) => /%[0-9a-f]{2}/i.test(name) || /\w\+\w/.test(name),
  );
  if (encoded.length > 0) return ["encoding", encoded];
  const lower = new Set(known.map((name) => name.toLowerCase()));
  const cased = lacking.filter((name) => lower.has(name.toLowerCase()));
  return cased.length > 0
    ? ["case", cased]
    : ["unknown", lacking.length > 0 ? lacking : names];
}
