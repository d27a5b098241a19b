/** Every setting of `assay guard` once: what it is for, flag, variable, default, and what it takes. docs/guard-settings.md is made from this table. */
import type { Route, TrustedIssuer } from "@assay/guard";
import type { ForwardAuthProxy } from "@assay/guard/forward-auth";
import type { SettingsTable } from "@assay/issuer/process";
import type * as Process from "@assay/issuer/process";
import { isAddress, readListen, type ListenAddress } from "./listen-address.ts";
import { readIssuers } from "./read-issuers.ts";
import { readRoutes } from "./read-routes.ts";

export interface GuardSettings {
  readonly listen: ListenAddress;
  readonly allowRemote: boolean;
  readonly tlsCertificate: string;
  readonly tlsKey: string;
  readonly upstreamForm: ForwardAuthProxy | "";
  readonly pathPrefix: string;
  readonly trustedProxy: readonly string[];
  readonly issuer: readonly (string | TrustedIssuer)[];
  readonly audience: readonly string[];
  readonly anyAudience: boolean;
  readonly algorithms: readonly string[];
  readonly scope: readonly Route[];
  readonly scopeClaim: string;
  readonly clockToleranceSeconds: number;
  readonly retryAfterSeconds: number;
  readonly resourceMetadata: string;
  readonly publicUrl: readonly string[];
  readonly dpop: "off" | "offered" | "required";
  readonly dpopNonces: boolean;
  readonly nonceSecret: string;
  readonly proofSeconds: number;
  readonly replayStore: string;
  readonly clientCertificate: "off" | "offered" | "required";
  readonly revocation: "none" | "status-list" | "feed";
  readonly whenRevocationUnknown: "refuse" | "admit";
  readonly clientId: string;
  readonly clientSecret: string;
  readonly introspectionEndpoint: string;
  readonly auditAdmissions: number;
  readonly tellIssuer: boolean;
}

/** What the variables of this table begin with: beside a server's own, in one environment. */
export const PREFIX = "ASSAY_GUARD_";
/** Names a file with settings as a JSON object, by their names. */
export const CONFIG_VARIABLE = `${PREFIX}CONFIG`;

/** THE TABLE. What it is made of comes from the server's package, which no other command shall load. */
export function guardSettings({
  duration,
  flaggedUnder,
  isAddressRange,
  isLoopback,
  list,
  oneOf,
  path,
  text,
  truth,
}: typeof Process): SettingsTable<GuardSettings> {
  const flagged = flaggedUnder(PREFIX);
  const anyWord = (takes: string): ReturnType<typeof list> =>
    list(takes, () => true);
  const url = (given: string): string | undefined =>
    isAddress(given, isLoopback) ? given : undefined;
  return {
    listen: flagged("--listen", {
      about:
        "Address and port to listen on. 127.0.0.1 and localhost are this machine alone; port 0 takes any free one.",
      takes: "an address and a port, such as 127.0.0.1:4181 or [::1]:4181",
      fallback: { host: "127.0.0.1", port: 4181 },
      fallbackText: "127.0.0.1:4181",
      parse: readListen,
    }),
    allowRemote: flagged("--allow-remote", {
      about:
        "Says that an address which other machines can reach is meant. Tokens travel to it: let it be a network of your own, or give it TLS.",
      fallback: false,
      ...truth,
    }),
    tlsCertificate: flagged("--tls-certificate", {
      about: "The certificate for the proxies and its chain, in PEM.",
      fallback: "",
      fallbackText: "none: plain HTTP",
      ...path("file"),
    }),
    tlsKey: flagged("--tls-key", {
      about: "The certificate's private key, in PEM.",
      fallback: "",
      fallbackText: "none",
      ...path("file"),
    }),
    upstreamForm: flagged("--upstream-form", {
      about:
        "The proxy that asks. It decides which header tells the request that is asked about; no other counts.",
      fallback: "",
      fallbackText: "none: it has to be given",
      ...oneOf(["nginx", "traefik", "caddy", "envoy"]),
    }),
    pathPrefix: flagged("--path-prefix", {
      about: "What Envoy puts before the path (its path_prefix).",
      takes: "a path of one segment, such as /check, and not /health",
      fallback: "/check",
      parse: (given) =>
        /^\/[\w-]+$/.test(given) && given !== "/health" ? given : undefined,
    }),
    trustedProxy: flagged("--trusted-proxy", {
      about:
        "Proxies that may ask. What they say of the client counts; from anybody else nothing does.",
      fallback: ["127.0.0.1", "::1"],
      fallbackText: "127.0.0.1 and ::1",
      ...list(
        "addresses or ranges such as 10.0.0.0/8, separated by commas",
        isAddressRange,
      ),
    }),
    issuer: flagged("--issuer", {
      about:
        "Issuers whose tokens are taken, as they stand in iss. Their keys are found by their metadata; in a file, an object with issuer and jwksUri names them.",
      takes: "https URLs (http on this machine alone), separated by commas",
      fallback: [],
      fallbackText: "none: it has to be given",
      parse: (given) => readIssuers(given, isLoopback),
    }),
    audience: flagged("--audience", {
      about:
        "What aud must hold: the name of this API. One of several is enough.",
      fallback: [],
      fallbackText: "none: it has to be given",
      ...anyWord("names, separated by commas"),
    }),
    anyAudience: flagged("--any-audience", {
      about:
        "Waives the check of aud: every token of the issuers is taken, whatever API it is for.",
      fallback: false,
      ...truth,
    }),
    algorithms: flagged("--algorithms", {
      about: "Signature algorithms that are taken.",
      fallback: [],
      fallbackText: "the asymmetric ones that the keys allow",
      ...anyWord("names of algorithms, separated by commas"),
    }),
    scope: flagged("--scope", {
      about:
        "Which scopes a route needs. The first that fits decides; a path without a row needs a good token and no scope. In a file, a row may be an object with path, method, scopes, acrValues and maxAuthenticationAge.",
      takes:
        "rows such as /admin/*=admin or GET /orders/:id=orders:read, separated by commas; several scopes of a row by blanks",
      fallback: [],
      fallbackText: "none",
      parse: readRoutes,
    }),
    scopeClaim: flagged("--scope-claim", {
      about: "The claim that holds the scopes.",
      fallback: "scope",
      ...text("the name of a claim"),
    }),
    clockToleranceSeconds: flagged("--clock-tolerance-seconds", {
      about: "How far the clocks of issuer and guard may differ.",
      fallback: 0,
      ...duration(0, 300),
    }),
    retryAfterSeconds: flagged("--retry-after-seconds", {
      about: "What Retry-After says where nothing can be decided (503).",
      fallback: 5,
      ...duration(1, 3600),
    }),
    resourceMetadata: flagged("--resource-metadata", {
      about:
        "The address of this API's metadata (RFC 9728), for the challenge. The proxy must let requests for it through unasked.",
      takes: "an https URL (http on this machine alone)",
      fallback: "",
      fallbackText: "none",
      parse: url,
    }),
    publicUrl: flagged("--public-url", {
      about:
        "The base URLs under which clients know this API: a DPoP proof names them. Of several, Host chooses one.",
      fallback: [],
      fallbackText: "none",
      ...anyWord("https URLs, separated by commas"),
    }),
    dpop: flagged("--dpop", {
      about:
        "Proofs of possession (RFC 9449). off refuses tokens that are bound to a key.",
      fallback: "off",
      ...oneOf(["off", "offered", "required"]),
    }),
    dpopNonces: flagged("--dpop-nonces", {
      about: "Demands a nonce of this guard in each proof.",
      fallback: false,
      ...truth,
    }),
    nonceSecret: {
      about:
        "What nonces are made from: guards with the same secret take each other's.",
      flag: null,
      variable: `${PREFIX}NONCE_SECRET`,
      takes: "a secret of at least 32 characters",
      fallback: "",
      fallbackText: "random, of this process alone",
      parse: (given) => (given.length >= 32 ? given : undefined),
    },
    proofSeconds: flagged("--proof-seconds", {
      about: "Greatest age of a DPoP proof.",
      fallback: 300,
      ...duration(5, 600),
    }),
    replayStore: flagged("--replay-store", {
      about:
        "Where proofs are remembered that were used. Several guards need one Redis, whose maxmemory-policy is noeviction. An address with a password is better given by the variable or the file.",
      takes: "redis://… or rediss://…",
      fallback: "",
      fallbackText: "the memory of this process alone",
      parse: (given) =>
        /^rediss?:\/\//.test(given) && URL.canParse(given) ? given : undefined,
    }),
    clientCertificate: flagged("--client-certificate", {
      about:
        "Client certificates in the header Client-Cert of a trusted proxy (RFC 9440). off refuses tokens that are bound to one. The proxy must write the header itself, or remove it.",
      fallback: "off",
      ...oneOf(["off", "offered", "required"]),
    }),
    revocation: flagged("--revocation", {
      about:
        "How the guard learns what was ended before its time. feed: within a second, from the first issuer, which is an Assay server; the status lists decide while the feed is silent.",
      fallback: "none",
      ...oneOf(["none", "status-list", "feed"]),
    }),
    whenRevocationUnknown: flagged("--when-revocation-unknown", {
      about: "When that cannot be learned: answer 503, or admit the token.",
      fallback: "refuse",
      ...oneOf(["refuse", "admit"]),
    }),
    clientId: flagged("--client-id", {
      about:
        "This API's own client at the first issuer: for introspection, feed and journal; and its keys are fetched in this name.",
      fallback: "",
      fallbackText: "none",
      ...text("the id of a client"),
    }),
    clientSecret: {
      about: "The secret of that client.",
      flag: null,
      variable: `${PREFIX}CLIENT_SECRET`,
      fallback: "",
      fallbackText: "none",
      ...text("a secret"),
    },
    introspectionEndpoint: flagged("--introspection-endpoint", {
      about:
        "Where the issuer is asked about a token that is no JWT (RFC 7662). Without it, such a token is refused.",
      takes: "an https URL (http on this machine alone)",
      fallback: "",
      fallbackText: "none",
      parse: url,
    }),
    auditAdmissions: flagged("--audit-admissions", {
      about:
        "The part of admissions that the log tells; refusals it tells always.",
      takes: "a number from 0 to 1",
      fallback: 0,
      parse: (given) =>
        /^(?:0|1|0?\.\d{1,6})$/.test(given) ? Number(given) : undefined,
    }),
    tellIssuer: flagged("--tell-issuer", {
      about:
        "Tells the journal of an Assay server, which is the first issuer, what the log tells: handles of refusals then open there.",
      fallback: false,
      ...truth,
    }),
  };
}
