/**
 * Which settings of a client go together. Threat: a client that was registered with less care than the protocol needs is open from its
 * first day; here is the one door through which clients come in.
 */
import { isAlgorithm, isSymmetric, readJwk } from "@assay/token";
import { adminResource } from "../addresses.ts";
import { isConfidential, type Client } from "../clients/client.ts";
import { redirectUriProblem } from "../clients/redirect-uri.ts";
import { PROTOCOL_SCOPES } from "../resources/requested-resource.ts";
import type { Resource } from "../resources/resource.ts";
import { LONGEST_GRACE_UNBOUND } from "../tokens/refresh-family.ts";
import { sayFound } from "./found.ts";
import type { Fault } from "./problem.ts";

/** Largest modulus of a client's key, in bits: each signature under it costs us time. */
const LARGEST_MODULUS = 4096;
/** FAPI 2.0 Security Profile section 5.4.1. */
const FAPI_ALGORITHMS = ["PS256", "ES256", "EdDSA", "Ed25519"];

type Rule = (client: Client, known: Known) => readonly Fault[];

interface Known {
  readonly issuer: string;
  readonly resources: readonly Resource[];
}

/** [] when the client may be registered as it is. */
export const clientFaults = (client: Client, known: Known): readonly Fault[] =>
  RULES.flatMap((rule) => rule(client, known));

const fault = (at: string, expected: string, found: unknown): Fault => ({
  at,
  expected,
  found: sayFound(found),
});

const unless = (
  good: boolean,
  at: string,
  expected: string,
  found: unknown,
): readonly Fault[] => (good ? [] : [fault(at, expected, found)]);

const RULES: readonly Rule[] = [
  ({ redirectUris }) =>
    redirectUris.flatMap((uri, i) => {
      const problem = redirectUriProblem(uri);
      return problem === null
        ? []
        : [fault(`/redirectUris/${i}`, REDIRECTS[problem], uri)];
    }),

  ({ grantTypes, redirectUris }) =>
    unless(
      redirectUris.length > 0 === grantTypes.includes("authorization_code"),
      "/redirectUris",
      redirectUris.length > 0
        ? "none without the grant type authorization_code"
        : "an address at least, for authorization_code",
      redirectUris,
    ),

  ({ grantTypes }) =>
    unless(
      !grantTypes.includes("refresh_token") ||
        grantTypes.includes("authorization_code"),
      "/grantTypes",
      "authorization_code beside refresh_token, which brings the first one",
      grantTypes,
    ),

  // A name proves nothing (RFC 6749 section 4.4).
  (client) => {
    const alone = client.grantTypes.find(
      (type) => type !== "authorization_code" && type !== "refresh_token",
    );
    return unless(
      isConfidential(client) || alone === undefined,
      "/grantTypes",
      "only authorization_code and refresh_token for a public client",
      alone,
    );
  },

  ({ authentication, keys }) =>
    authentication === "private_key_jwt"
      ? unless(keys.length > 0, "/keys", "a public key at least", keys)
      : unless(
          keys.length === 0,
          "/keys",
          "none but for private_key_jwt",
          keys,
        ),

  ({ keys }) => keys.flatMap((jwk, i) => publicKeyFaults(jwk, `/keys/${i}`)),

  ({ keys }) => {
    const kids = keys.map(({ kid }) => kid);
    return unless(
      new Set(kids).size === kids.length,
      "/keys",
      "a kid of its own for each key",
      kids,
    );
  },

  ({ authentication, assertionAlgorithms }) =>
    assertionAlgorithms.flatMap((alg, i) =>
      unless(
        isAlgorithm(alg) &&
          isSymmetric(alg) === (authentication === "client_secret_jwt"),
        `/assertionAlgorithms/${i}`,
        authentication === "client_secret_jwt"
          ? "an algorithm with a shared secret, such as HS256"
          : "an algorithm with a key pair, such as ES256",
        alg,
      ),
    ),

  // RFC 9700 section 2.2.2: without a key or a secret, rotation is all that shows a theft.
  (client) =>
    isConfidential(client) || client.requireDpop
      ? []
      : [
          ...unless(
            client.refresh.rotate,
            "/refresh/rotate",
            "true for a public client without DPoP",
            client.refresh.rotate,
          ),
          ...unless(
            client.refresh.graceSeconds <= LONGEST_GRACE_UNBOUND,
            "/refresh/graceSeconds",
            `at most ${LONGEST_GRACE_UNBOUND} for a public client without DPoP`,
            client.refresh.graceSeconds,
          ),
        ],

  ({ refresh: { idleSeconds, absoluteSeconds } }) =>
    unless(
      idleSeconds <= absoluteSeconds,
      "/refresh/idleSeconds",
      `at most absoluteSeconds, ${absoluteSeconds}`,
      idleSeconds,
    ),

  fapiFaults,

  ({ origins }) =>
    origins.flatMap((origin, i) =>
      unless(
        isOrigin(origin),
        `/origins/${i}`,
        "an https origin, or http on this machine, such as https://app.example",
        origin,
      ),
    ),

  ({ resources, introspects }, known) =>
    (
      [
        ["resources", resources],
        ["introspects", introspects],
      ] as const
    ).flatMap(([member, names]) =>
      names.flatMap((name, i) =>
        unless(
          known.resources.some(({ resource }) => resource === name),
          `/${member}/${i}`,
          "a resource that is registered",
          name,
        ),
      ),
    ),

  (client) =>
    unless(
      isConfidential(client) || client.introspects.length === 0,
      "/introspects",
      "none for a public client",
      client.introspects,
    ),

  // A misspelt scope would be found by the first user.
  ({ scopes, resources }, known) => {
    const their = new Set(
      known.resources
        .filter(({ resource }) => resources.includes(resource))
        .flatMap((one) => one.scopes),
    );
    return scopes.flatMap((scope, i) =>
      unless(
        their.has(scope) || PROTOCOL_SCOPES.has(scope),
        `/scopes/${i}`,
        "a scope that one of its resources knows",
        scope,
      ),
    );
  },

  ({ adminScopes, scopes, resources }, { issuer }) => {
    const admin = adminResource(issuer);
    if (adminScopes.length === 0)
      return unless(
        !resources.includes(admin),
        "/adminScopes",
        "scopes of the admin API, which is one of its resources",
        adminScopes,
      );
    return [
      ...unless(
        resources.includes(admin),
        "/resources",
        `the admin API, ${admin}, beside adminScopes`,
        resources,
      ),
      ...adminScopes.flatMap((scope) =>
        unless(
          scopes.includes(scope),
          "/scopes",
          `${scope}, which is one of adminScopes`,
          scopes,
        ),
      ),
    ];
  },

  (client) =>
    unless(
      isConfidential(client) || client.adminScopes.length === 0,
      "/adminScopes",
      "none for a public client",
      client.adminScopes,
    ),
];

/** FAPI 2.0 Security Profile sections 5.3.2.1 and 5.3.3. */
function fapiFaults(client: Client): readonly Fault[] {
  if (!client.fapi) return [];
  const { authentication, requireDpop, assertionAlgorithms, refresh } = client;
  return [
    ...unless(
      authentication === "private_key_jwt",
      "/authentication",
      "private_key_jwt for a client of FAPI 2.0",
      authentication,
    ),
    ...unless(
      requireDpop,
      "/requireDpop",
      "true for a client of FAPI 2.0",
      requireDpop,
    ),
    ...unless(
      !refresh.rotate,
      "/refresh/rotate",
      "false for a client of FAPI 2.0",
      refresh.rotate,
    ),
    ...assertionAlgorithms.flatMap((alg, i) =>
      unless(
        FAPI_ALGORITHMS.includes(alg),
        `/assertionAlgorithms/${i}`,
        `one of ${FAPI_ALGORITHMS.join(", ")} for a client of FAPI 2.0`,
        alg,
      ),
    ),
  ];
}

/** Members of a JWK that are secret (RFC 7518 section 6, RFC 9964). */
const SECRET_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

/** Threat: a private key that is sent here has left its owner. It is refused, so that it is noticed, and never shown. */
export function publicKeyFaults(
  jwk: Client["keys"][number],
  at: string,
): readonly Fault[] {
  const secret = SECRET_MEMBERS.find((name) => Object.hasOwn(jwk, name));
  if (secret !== undefined)
    return [
      {
        at,
        expected:
          "the public key alone; the one that was sent must be replaced",
        found: `the secret member ${secret}`,
      },
    ];
  const { problem } = readJwk(jwk, { maxModulusBits: LARGEST_MODULUS });
  return problem === null
    ? []
    : [
        {
          at,
          expected: "a public key that can be used",
          found: problem.detail,
        },
      ];
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return (
    origin === text &&
    (protocol === "https:" ||
      (protocol === "http:" &&
        ["localhost", "127.0.0.1", "[::1]"].includes(hostname)))
  );
}

const REDIRECTS: Readonly<
  Record<NonNullable<ReturnType<typeof redirectUriProblem>>, string>
> = {
  too_long: "at most 2048 characters",
  characters: "the characters of a URI alone (RFC 3986 section 2)",
  wildcard: "no * : addresses are compared as they are",
  relative: "an absolute URI",
  fragment: "no fragment",
  scheme:
    "https, http on this machine, or a scheme that is a domain turned round, such as com.example.app",
  host: "the host as a browser writes it",
  user_info: "no user name in it",
  dot_segment: "no . or .. in the path",
};
