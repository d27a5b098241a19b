import { finding } from "@assay/token";
import type { Diagnosis } from "../../diagnosis.ts";
import { endingsOf, historyFindings } from "../../history.ts";
import { claimsOf, looksLikeJwt } from "../client-authentication.ts";
import { askAbout, namesOf, secondsOf, type Exchange } from "../exchange.ts";
import { findingIn } from "../finding-in.ts";
import { sameOrigin } from "../server-issuer.ts";
import { endedByUser } from "./ended-by-user.ts";
import { judgeMembers } from "./introspection-members.ts";

/** A token that introspection calls inactive: of another issuer than the one asked, at its end, or ended before (RFC 7662 section 2.2). */
export async function detectIntrospection(
  exchange: Exchange,
): Promise<Diagnosis | null> {
  const token = exchange.parameters.get("token");
  const { answer, inquiry } = exchange;
  if (exchange.endpoint === null && answer?.active === false)
    return inactive(exchange);
  if (
    exchange.endpoint !== "introspection" ||
    token === null ||
    (answer !== null && answer.active === null)
  )
    return null;
  // The server's word stands, unless the asker demands more of the token (docs/contract/diagnosis.md, "Diagnosis").
  if (answer?.active === true && inquiry.policy === undefined) return null;
  if (answer?.active === true && !looksLikeJwt(token)) {
    judgeMembers(exchange);
    return null;
  }
  return looksLikeJwt(token)
    ? judgeJwt(exchange, token)
    : judgeOpaque(exchange, token);
}

async function judgeJwt(
  exchange: Exchange,
  token: string,
): Promise<Diagnosis | null> {
  const { inquiry, url } = exchange;
  const iss = claimsOf(token)?.["iss"];
  const expected = issuerAsked(exchange, typeof iss === "string" ? iss : null);
  const diagnosis = await exchange.diagnoseToken({
    ...askAbout(exchange, token, {
      kind: "any",
      ...(expected !== null && { issuer: expected }),
      ...inquiry.policy,
    }),
    context: {
      ...inquiry.context,
      documents: {
        ...inquiry.context?.documents,
        ...(inquiry.response && { [url]: inquiry.response }),
      },
    },
  });
  if (diagnosis.outcome !== "rejected") return diagnosis;
  const found = findingIn(diagnosis);
  if (!found) return diagnosis;
  if (found.reason === "issuer.mismatch")
    exchange.suspect("oauth.introspection_wrong_issuer", {
      confidence: "likely",
      facts: {
        by: "comparison",
        tokenIssuer: found.evidence.found.slice(0, 300),
        asked: addressOf(url),
      },
      finding: found,
      weight: 90,
    });
  diagnosis.causes.forEach(({ cause, confidence, facts }, i) =>
    exchange.suspect(cause, {
      confidence:
        found.reason === "issuer.mismatch" && confidence === "certain"
          ? "likely"
          : confidence,
      facts,
      finding: found,
      weight: 70 - i,
    }),
  );
  return diagnosis;
}

const addressOf = (url: string): string =>
  url.split(/[?#]/, 1)[0]?.slice(0, 300) ?? "";

/** The issuer that was asked. Where only its address tells, it must be as sure as an address can be, else the token's own stands. */
function issuerAsked(
  { server, url }: Exchange,
  iss: string | null,
): string | null {
  if (server.published) return server.issuer;
  if (iss === null || server.issuer === null || /\/admin\//.test(url))
    return null;
  if (
    !/^https?:\/\//.test(iss) ||
    !URL.canParse(iss) ||
    !URL.canParse(server.issuer)
  )
    return null;
  const [asked, named] = [new URL(server.issuer), new URL(iss)];
  const path = ({ pathname }: URL): string => pathname.replace(/\/+$/, "");
  if (!sameOrigin(server.issuer, iss)) return server.issuer;
  return path(asked) === path(named) || path(asked) === "" || path(named) === ""
    ? null
    : server.issuer;
}

function judgeOpaque(exchange: Exchange, token: string): null {
  const { history, now, inquiry, url, answer } = exchange;
  const names = namesOf(token);
  const elsewhere = Object.entries(inquiry.context?.documents ?? {}).find(
    ([place, { body = "" }]) =>
      addressOf(place) !== addressOf(url) &&
      /introspect/i.test(place) &&
      /"active"\s{0,4}:\s{0,4}true/.test(body),
  )?.[0];
  if (elsewhere !== undefined)
    exchange.suspect("oauth.introspection_wrong_issuer", {
      confidence: "likely",
      facts: {
        by: "comparison",
        tokenIssuer: addressOf(elsewhere),
        asked: addressOf(url),
      },
      finding: finding("issuer.mismatch", {
        expected: [addressOf(url)],
        found: addressOf(elsewhere),
      }),
      weight: 90,
    });
  const born = history.find(
    ({ tokenId }) => tokenId !== undefined && names.includes(tokenId),
  );
  if (born) {
    const claims = {
      jti: born.tokenId as string,
      ...(born.event === "token.issued" && { iat: secondsOf(born.at) }),
      ...(born.subject !== undefined && { sub: born.subject }),
      ...(born.clientId !== undefined && { client_id: born.clientId }),
    };
    const endings = endingsOf({ alg: "" }, claims, history, now);
    const [found] = historyFindings(endings);
    const entry = endings[0]?.entry;
    if (found && entry)
      exchange.suspect(
        endedByUser(entry) ? "revoked.by_user" : "revoked.by_administrator",
        {
          confidence: "likely",
          facts: {
            at: entry.at,
            event: entry.event,
            by: entry.by?.slice(0, 120) ?? null,
          },
          finding: found,
          weight: 80,
        },
      );
  }
  if (answer?.active === false) inactive(exchange);
  return null;
}

/** Nothing but that the token is not active (RFC 7662 section 2.2): it ended, was revoked, or is of another server. */
function inactive(exchange: Exchange): null {
  const found = finding("revocation.token", {
    at: null,
    event: "introspection",
    by: null,
  });
  exchange.suspect("revoked.by_user", {
    confidence: "possible",
    facts: { at: null, event: "introspection", by: null },
    finding: found,
    weight: 30,
  });
  exchange.suspect("oauth.introspection_wrong_issuer", {
    confidence: "possible",
    facts: { by: "usual", tokenIssuer: null, asked: addressOf(exchange.url) },
    weight: 20,
  });
  exchange.wouldTell(
    "the token, and the address that was asked, would tell whether it ended or is another server's",
  );
  return null;
}
