import type { Investigation } from "../investigation.ts";
import { audienceSpelling } from "./audience-spelling.ts";
import {
  looksLikeClientId,
  looksLikeResource,
  namedClients,
} from "./client-id.ts";
import { defaultAudience } from "./default-audience.ts";
import { differByEnvironment } from "./environment-names.ts";
import { isInternalHost } from "./internal-host.ts";
import { readIssuerAddress } from "./issuer-address.ts";

/** Causes of a refused aud. Claims, parties and nonces of the same step are judged in `claim.ts`. */
export function detectAudience(i: Investigation): void {
  const missing = i.found("audience.missing");
  if (missing) detectAbsent(i, missing.expected, "audience.missing");
  const mismatch = i.found("audience.mismatch");
  if (!mismatch) return;
  const found = mismatch.found.filter((aud) => aud !== "");
  // A token that nobody has seen may well have one.
  if (found.length === 0 && i.token === null) return;
  if (found.length === 0)
    return detectAbsent(i, mismatch.expected, "audience.mismatch");
  // What the server's own words say is refused, and is there all the same, is no fault of the audience: see `verifier.ts`.
  const expected = mismatch.expected.filter((aud) => !found.includes(aud));
  if (expected.length < mismatch.expected.length) return;
  detectMismatch(i, expected.slice(0, MOST), found.slice(0, MOST));
}

/** More audiences, and longer ones, are not compared: it would cost time, and nobody has them. */
const MOST = 20;
const LONGEST = 2000;

/** No aud. Many issuers put none into access tokens unless the client, or a mapper, names the API. */
function detectAbsent(
  i: Investigation,
  expected: readonly string[],
  reason: "audience.missing" | "audience.mismatch",
): void {
  const claims = i.token?.claims ?? {};
  const explains = [reason];
  const other = Object.keys(claims).find(
    (name) =>
      /^(?:aud|audience|audiences|resource)$/i.test(name) &&
      holds(claims[name], expected),
  );
  if (other !== undefined && other !== "aud") {
    i.suspect("claim.shape", {
      confidence: "likely",
      facts: { claim: "aud", expected: "aud", found: other.slice(0, 60) },
      explains,
      weight: 1,
    });
  }
  i.suspect("audience.absent", {
    confidence: "likely",
    facts: {
      expected: expected.map(short),
      party: namedClients(i)[0]?.slice(0, 120) ?? null,
    },
    explains,
  });
}

const holds = (value: unknown, expected: readonly string[]): boolean =>
  expected.some(
    (aud) => value === aud || (Array.isArray(value) && value.includes(aud)),
  );

function detectMismatch(
  i: Investigation,
  expected: readonly string[],
  found: readonly string[],
): void {
  const pairs = expected
    .flatMap((wanted) => found.map((aud) => [wanted, aud] as const))
    .filter((pair) => pair.every((aud) => aud.length <= LONGEST));
  const explains = ["audience.mismatch"] as const;
  const spelled = firstOf(pairs, audienceSpelling);
  if (spelled) {
    const [wanted, aud, difference] = spelled;
    const near =
      difference === "a path at the end" || difference === "the port";
    i.suspect("audience.form", {
      // What a server's words say of two values is no computation over a token.
      confidence: near || i.token === null ? "likely" : "certain",
      facts: { expected: short(wanted), found: short(aud), difference },
      explains,
      weight: 5,
    });
  }
  const environment = firstOf(
    pairs,
    (a, b) => differByEnvironment(a, b) ?? insideAndOutside(a, b),
  );
  if (environment) {
    const [wanted, aud, how] = environment;
    const confidence = how === "partly" ? "possible" : "likely";
    i.suspect("audience.environment", {
      confidence,
      facts: { expected: short(wanted), found: short(aud) },
      explains,
      weight: 4,
    });
  }
  const isId = idsOfClients(i);
  const byDefault = found.map((aud) =>
    defaultAudience(aud.slice(0, LONGEST), i.token?.claims?.["iss"]),
  );
  const own = found.findIndex((_, n) => byDefault[n] !== null);
  const nothingElse =
    own >= 0 && found.every((aud, n) => byDefault[n] !== null || isId(aud));
  if (own >= 0) {
    const facts = {
      found: short(found[own] ?? ""),
      name: byDefault[own] ?? "",
    };
    i.suspect("audience.default", {
      confidence: nothingElse ? "likely" : "possible",
      facts,
      explains,
      weight: nothingElse ? 4.5 : 3,
    });
  }
  const mixedUp = mixedUpWithClient(pairs, isId, i.policy.kind === "id_token");
  if (mixedUp)
    i.suspect("audience.client_id", {
      confidence: "likely",
      facts: {
        expected: short(mixedUp[0]),
        found: short(mixedUp[1]),
        clientIdIn: mixedUp[2],
        idToken: i.policy.kind === "id_token",
      },
      explains,
      weight: 2,
    });
  const explained =
    spelled !== null ||
    nothingElse ||
    mixedUp !== null ||
    (environment !== null && environment[2] !== "partly");
  const facts = {
    expected: expected.slice(0, 10).map(short),
    found: found.slice(0, 10).map(short),
  };
  i.suspect("audience.other", {
    confidence: explained ? "possible" : "likely",
    facts,
    explains,
    weight: -1,
  });
}

type Pair = readonly [wanted: string, found: string];

function firstOf(
  pairs: readonly Pair[],
  compare: (a: string, b: string) => string | null,
): readonly [string, string, string] | null {
  for (const [a, b] of pairs) {
    const difference = compare(a, b);
    if (difference !== null) return [a, b, difference];
  }
  return null;
}

/** An address of the developer's machine or of the inside, where that of the outside is due, or the reverse. */
function insideAndOutside(expected: string, found: string): "only" | null {
  const [a, b] = [readIssuerAddress(expected), readIssuerAddress(found)];
  const web = (scheme: string | null): boolean =>
    scheme === "http" || scheme === "https";
  if (
    !web(a.scheme) ||
    !web(b.scheme) ||
    a.host === null ||
    b.host === null ||
    a.path !== b.path
  )
    return null;
  return isInternalHost(a.host) !== isInternalHost(b.host) ? "only" : null;
}

const idsOfClients = (i: Investigation): ((text: string) => boolean) => {
  const named = namedClients(i);
  return (text) => named.includes(text);
};

/**
 * A client's id where an API's identifier is due, or the reverse: known by its name, else by its form. In an ID token aud is a client's
 * id by right, so there another client's id is no mix-up.
 */
function mixedUpWithClient(
  pairs: readonly Pair[],
  isId: (text: string) => boolean,
  idToken: boolean,
): MixedUp | null {
  const byName = pairs.find(
    ([wanted, aud]) =>
      isId(aud) !== isId(wanted) &&
      (!idToken || looksLikeResource(wanted) || looksLikeResource(aud)),
  );
  if (byName) return [...byName, isId(byName[1]) ? "token" : "verifier"];
  for (const [wanted, aud] of pairs) {
    if (looksLikeClientId(wanted) && looksLikeResource(aud))
      return [wanted, aud, "verifier"];
    if (looksLikeClientId(aud) && looksLikeResource(wanted))
      return [wanted, aud, "token"];
  }
  return null;
}

type MixedUp = readonly [...Pair, clientIdIn: "token" | "verifier"];

const short = (text: string): string => text.slice(0, 300);
