import { decodeUnverified } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { applicationOnly } from "./application-token.ts";
import { scopesElsewhere, type Recognise } from "./scope-elsewhere.ts";
import { scopeShape } from "./scope-shape.ts";
import { sameScopeOtherwiseSpelled } from "./scope-spelling.ts";

/** Scopes that OpenID Connect and Keycloak give to anybody: they say nothing of what a token may do at an API. */
const OF_SIGN_IN = new Set([
  "openid",
  "profile",
  "email",
  "address",
  "phone",
  "offline_access",
  "roles",
  "web-origins",
  "basic",
  "acr",
  "microprofile-jwt",
]);

interface Lack {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly lacking: readonly string[];
  /** What the claim scope grants. */
  readonly found: readonly string[];
}

const EXPLAINS = ["scope.missing", "scope.insufficient"] as const;

/** Causes of a token that grants less than the request needs, or stands for too weak a sign-in. */
export function detectScope(i: Investigation): void {
  const weak = i.found("scope.authentication");
  if (weak) {
    const facts = {
      needed: short(weak.needed),
      found: weak.found === null ? null : short(weak.found),
    };
    i.suspect("scope.step_up", {
      confidence: "likely",
      facts,
      explains: ["scope.authentication"],
      weight: 1,
    });
  }
  const missing = i.found("scope.missing");
  const insufficient = i.found("scope.insufficient");
  const lacking = [...new Set(insufficient?.lacking ?? missing?.needed ?? [])];
  if (lacking.length === 0) return;
  const lack: Lack = {
    claims: i.token?.claims ?? {},
    lacking,
    found: insufficient?.found ?? [],
  };
  const explained = [
    detectLost,
    detectShape,
    detectElsewhere,
    detectSpelling,
    detectApplication,
  ]
    .map((detect) => detect(i, lack))
    .includes(true);
  i.suspect("scope.not_granted", {
    confidence: explained ? "possible" : "likely",
    facts: { lacking: lacking.slice(0, 20).map(short) },
    explains: EXPLAINS,
    weight: -1,
  });
  if (!explained)
    i.wouldTell(
      "the token request, and the scope in its answer, would tell whether the scope was asked for or not granted",
    );
}

/** The token before the refresh had it: a refresh that names scopes gets those and no others (RFC 6749 section 6). */
function detectLost(i: Investigation, { lacking }: Lack): boolean {
  const before =
    i.context.previousToken === undefined
      ? null
      : decodeUnverified(i.context.previousToken).claims;
  if (!before) return false;
  const lost = lacking
    .slice(0, MOST)
    .filter(
      (scope) =>
        scopeShape(before["scope"], [scope]) !== null ||
        scopesElsewhere(before, [scope], exactly([scope])) !== null,
    );
  if (lost.length > 0)
    i.suspect("scope.lost_on_refresh", {
      confidence: "likely",
      facts: { lost: lost.slice(0, 20).map(short) },
      explains: EXPLAINS,
      weight: 5,
    });
  return lost.length > 0;
}

function detectShape(i: Investigation, { claims, lacking }: Lack): boolean {
  const shape = scopeShape(claims["scope"], lacking);
  if (shape !== null)
    i.suspect("scope.shape", {
      confidence: "certain",
      facts: { shape },
      explains: EXPLAINS,
      weight: 4,
    });
  return shape !== null;
}

function detectElsewhere(i: Investigation, { claims, lacking }: Lack): boolean {
  const exact = scopesElsewhere(claims, lacking, exactly(lacking));
  const elsewhere =
    exact ?? scopesElsewhere(claims, lacking, otherwiseSpelled(lacking));
  if (!elsewhere) return false;
  const likely = elsewhere.plausible;
  i.suspect("scope.claim_name", {
    confidence: likely ? "likely" : "possible",
    facts: { claim: short(elsewhere.claim), read: "scope" },
    explains: EXPLAINS,
    weight: exact ? 3 : 2.5,
  });
  return likely;
}

/** Every lacking scope is there, but otherwise spelled: in scope itself, or where other issuers put it. */
function detectSpelling(
  i: Investigation,
  { claims, lacking, found }: Lack,
): boolean {
  const granted = found
    .flatMap((scope) => scope.split(/[\s,]+/))
    .filter((scope) => !OF_SIGN_IN.has(scope))
    .slice(0, 500);
  const pairs = lacking
    .slice(0, MOST)
    .map(
      (needed) =>
        [
          needed,
          granted.find((scope) => sameScopeOtherwiseSpelled(needed, scope)),
        ] as const,
    );
  const [needed = "", spelled] = pairs[0] ?? [];
  if (spelled === undefined || pairs.some(([, scope]) => scope === undefined)) {
    const [first = ""] = lacking;
    const other =
      scopesElsewhere(claims, lacking, exactly(lacking)) === null &&
      scopesElsewhere(claims, lacking, otherwiseSpelled(lacking));
    if (other)
      i.suspect("scope.prefix", {
        confidence: "possible",
        facts: { needed: short(first), found: short(other.claim) },
        explains: EXPLAINS,
        weight: 1,
      });
    return false;
  }
  i.suspect("scope.prefix", {
    confidence: "likely",
    facts: { needed: short(needed), found: short(spelled) },
    explains: EXPLAINS,
    weight: 2,
  });
  if (/^[a-z]+:\/\//i.test(spelled))
    i.suspect("scope.shape", {
      confidence: "possible",
      facts: { shape: "URLs in place of names" },
      explains: EXPLAINS,
      weight: 1,
    });
  return true;
}

/** An application's own token: nobody delegated anything to it. With scopes of an API in it, it simply lacks one. */
function detectApplication(i: Investigation, { claims, found }: Lack): boolean {
  const by = applicationOnly(claims);
  if (by === null) return false;
  const scopes = [
    ...found,
    ...[claims["scp"], claims["scopes"]]
      .flat()
      .flatMap((text) =>
        typeof text === "string" ? text.split(/[\s,]+/) : [],
      ),
  ].filter(Boolean);
  const likely = scopes.every((scope) => OF_SIGN_IN.has(scope));
  const roles = [
    claims["roles"],
    (claims["realm_access"] as { roles?: unknown } | undefined)?.roles,
  ]
    .flat()
    .filter((role): role is string => typeof role === "string");
  i.suspect("scope.application_only", {
    confidence: likely ? "likely" : "possible",
    facts: {
      by,
      roles: roles.slice(0, 20).map(short),
      scopes: [...new Set(scopes)].slice(0, 20).map(short),
    },
    explains: EXPLAINS,
    weight: 1,
  });
  return likely;
}

/** With more scopes than these the costlier comparisons are left out. */
const MOST = 8;

function exactly(needed: readonly string[]): Recognise {
  const wanted = new Set(needed);
  return (word) => (wanted.has(word) ? [word] : []);
}

const otherwiseSpelled = (needed: readonly string[]): Recognise => {
  const few = needed.length > MOST ? [] : needed;
  return (word) =>
    few.filter((scope) => sameScopeOtherwiseSpelled(scope, word));
};

const short = (text: string): string => text.slice(0, 200);
