/** Puts a guard together from its options, and finds mistakes in them. */
import {
  createVerifier,
  decodeUnverified,
  type Claims,
  type Policy,
  type Presented,
  type RevocationSource,
} from "@assay/token";
import { Audit } from "./audit.ts";
import { checkDemands, type Demands } from "./demands.ts";
import { checkDevelopment } from "./development.ts";
import { heeded, PublicUrls, type DpopOptions } from "./dpop.ts";
import type { Places } from "./extract.ts";
import { RequestGuard, type Guard } from "./guard.ts";
import { reduceBy } from "./implied-scopes.ts";
import { Incidents } from "./incident.ts";
import { IntrospectedVerifier } from "./introspected.ts";
import { readyIssuers, refreshKeys, type ReadyIssuers } from "./issuers.ts";
import { Nonces } from "./nonces.ts";
import { checkNames } from "./check-names.ts";
import { OPTION_NAMES, type GuardOptions } from "./options.ts";
import type { NonceHolder } from "./parts.ts";
import { Proxies } from "./proxies.ts";
import { MemoryReplayStore } from "./replay-store.ts";
import { Responder } from "./respond.ts";
import {
  heedful,
  isPlan,
  type GuardRevocation,
} from "./revocation/revocation.ts";
import { Routes } from "./routes.ts";

const CACHE_BYTES = 16 * 1024 * 1024;

/** Makes a guard. Throws TypeError where the options themselves are wrong. */
export function createGuard<C = Record<string, unknown>>(
  options: GuardOptions<C>,
): Guard<C> {
  checkNames("options", options, OPTION_NAMES);
  checkDemands(options);
  const clock = options.clock ?? Date.now;
  const proxies = new Proxies(
    options.proxies ?? [],
    options.identityHeaders ?? [],
    options.proxyIdentityHeaders ?? [],
  );
  if (options.development) checkDevelopment(proxies.configured);
  const issuers = readyIssuers(options.issuers, { ...options.remote, clock });
  const publicUrls = new PublicUrls(listOf(options.publicUrl));
  const dpop = dpopOf(options, publicUrls);
  const nonces = noncesOf(dpop, clock);
  const revocation = revocationOf(options, issuers, clock);
  const binding = bindingOf(options, dpop);
  const policy = policyOf(options, issuers, binding, revocation, clock);
  const bound =
    dpop && withProofs({ ...policy, scheme: "DPoP" }, dpop, nonces, clock);
  const cache = { cacheBytes: options.cacheBytes ?? CACHE_BYTES };
  const demands = demandsOf(options);
  const demandContext = {
    ...(options.scopeClaim !== undefined && { scopeClaim: options.scopeClaim }),
    clockTolerance: options.clockTolerance ?? 0,
  };
  const reduce = options.impliedScopes
    ? reduceBy(options.impliedScopes, demandContext)
    : null;
  const places = placesOf(options, dpop);
  const sinks = options.audit ?? [];
  return new RequestGuard<C>({
    issuers: issuers.names,
    routes: new Routes(options.routes ?? [], demands),
    demandContext,
    reduce,
    places,
    proxies,
    certificateHeader: options.certificate
      ? headerOf(options.certificate.header)
      : null,
    publicUrls,
    bearer: createVerifier<C>(policy, cache),
    bound: bound && createVerifier<C>(bound, cache),
    introspected: options.introspection
      ? new IntrospectedVerifier<C>(options.introspection, policy, bound)
      : null,
    nonces,
    revocation,
    responder: responderOf(options, issuers, places, binding),
    audit: new Audit(
      typeof sinks === "function" ? [sinks] : sinks,
      options.auditLimits ?? {},
      clock,
    ),
    incidents: new Incidents({
      policy,
      clock,
      clockOf: issuers.clockOf,
      diagnosesPerSecond: options.diagnosesPerSecond ?? 10,
    }),
    admissions: Number(options.auditAdmissions ?? 0),
    development: options.development ?? false,
    clock,
    examine: (presented, wanted) => {
      const all = { ...demands, ...demandsOf(wanted) };
      const needed = reduce?.(all, saidBy(presented)) ?? all;
      return createVerifier<C>({ ...policy, ...needed }).examine(presented);
    },
    warmUp: async () => {
      await Promise.all([...issuers.byName.values()].map(refreshKeys));
      // With the keys in hand: the feed's words are judged by them.
      await revocation?.ready?.();
    },
  });
}

/** What a token says of itself; to know which scopes it would have, were it good. */
const saidBy = (presented: string | Presented): Claims => {
  const token =
    typeof presented === "string" ? presented : (presented.token ?? "");
  return decodeUnverified(token).claims ?? {};
};

const listOf = (
  value: string | readonly string[] | null | undefined,
): readonly string[] => (typeof value === "string" ? [value] : (value ?? []));

const headerOf = (header: string | null | undefined): string | null =>
  header === undefined ? "client-cert" : (header?.toLowerCase() ?? null);

/** Only what is there: an absent member and an undefined one are two things to a policy. */
const demandsOf = ({
  scopes,
  acrValues,
  maxAuthenticationAge,
}: Demands): Demands => ({
  ...(scopes && { scopes }),
  ...(acrValues && { acrValues }),
  ...(maxAuthenticationAge !== undefined && { maxAuthenticationAge }),
});

function dpopOf(
  options: GuardOptions<unknown>,
  publicUrls: PublicUrls,
): DpopOptions | null {
  const { dpop } = options;
  if (!dpop) return null;
  if (publicUrls.first === null)
    throw new TypeError(
      "publicUrl: needed with dpop, because a proof names the URL that its sender called",
    );
  const given = dpop === true ? {} : dpop;
  if (given.required && options.certificate?.required)
    throw new TypeError(
      "dpop.required and certificate.required: a token is bound in one way",
    );
  return given;
}

type Binding = "dpop" | "mtls";

/** How every token has to be bound; null: it need not be. */
const bindingOf = (
  { certificate }: GuardOptions<unknown>,
  dpop: DpopOptions | null,
): Binding | null =>
  dpop?.required ? "dpop" : certificate?.required ? "mtls" : null;

function noncesOf(
  dpop: DpopOptions | null,
  clock: () => number,
): (NonceHolder & { good(): readonly string[] }) | null {
  if (!dpop?.nonces) return null;
  const nonces = new Nonces(dpop.nonces === true ? {} : dpop.nonces, clock);
  let good: readonly string[] = [];
  return {
    good: () => good,
    current: () => good[0] ?? "",
    async renew() {
      const made = nonces.good();
      good = made instanceof Promise ? await made : made;
    },
  };
}

function revocationOf(
  { revocation, clockTolerance = 0 }: GuardOptions<unknown>,
  { byName }: ReadyIssuers,
  clock: () => number,
): GuardRevocation | null {
  if (!revocation) return null;
  return isPlan(revocation)
    ? revocation({
        keysOf: (issuer) => byName.get(issuer) ?? null,
        clock,
        clockTolerance,
      })
    : revocation;
}

function policyOf<C>(
  options: GuardOptions<C>,
  { names, byName }: ReadyIssuers,
  binding: Binding | null,
  revocation: RevocationSource | null,
  clock: () => number,
): Policy<C> {
  const {
    kind,
    algorithms,
    authorizedParties,
    scopeClaim,
    maxAge,
    maxLifetime,
    requiredClaims,
    claims,
    schema,
    decrypt,
  } = options;
  const [only] = byName.values();
  return {
    issuer: names,
    audience: options.audience,
    keys: names.length === 1 && only ? only : byName,
    clockTolerance: options.clockTolerance ?? 0,
    binding: binding ?? "none",
    clock,
    ...(kind && { kind }),
    ...(algorithms && { algorithms }),
    ...(authorizedParties && { authorizedParties }),
    ...(scopeClaim !== undefined && { scopeClaim }),
    ...(maxAge !== undefined && { maxAge }),
    ...(maxLifetime !== undefined && { maxLifetime }),
    ...(requiredClaims && { requiredClaims }),
    ...(claims && { claims }),
    ...(schema && { schema }),
    ...(decrypt && { decrypt }),
    ...(revocation && {
      revocation: heedful(
        revocation,
        options.whenRevocationUnknown ?? "refuse",
      ),
    }),
  };
}

function withProofs<C>(
  policy: Policy<C>,
  { maxProofAge, replay }: DpopOptions,
  nonces: { good(): readonly string[] } | null,
  clock: () => number,
): Policy<C> {
  return Object.defineProperties(
    {
      ...policy,
      replay: heeded(replay ?? new MemoryReplayStore({ clock })),
      ...(maxProofAge !== undefined && { maxProofAge }),
    },
    // The policy reads its nonces at each proof.
    nonces
      ? { dpopNonces: { get: () => nonces.good(), enumerable: true } }
      : {},
  );
}

function placesOf(
  { tokenPlaces = ["header"] }: GuardOptions<unknown>,
  dpop: DpopOptions | null,
): Places {
  const cookies: string[] = [];
  const queries: string[] = [];
  for (const place of tokenPlaces) {
    if (place === "header") continue;
    if ("cookie" in place) cookies.push(place.cookie);
    else queries.push(place.query);
  }
  return {
    header: tokenPlaces.includes("header"),
    cookies,
    queries,
    schemes: dpop
      ? dpop.required
        ? ["DPoP"]
        : ["Bearer", "DPoP"]
      : ["Bearer"],
  };
}

function responderOf(
  options: GuardOptions<unknown>,
  { names }: ReadyIssuers,
  { schemes }: Places,
  binding: Binding | null,
): Responder {
  return new Responder({
    schemes,
    realm: options.realm ?? null,
    resourceMetadata: options.resourceMetadata ?? null,
    issuers: names,
    audience: listOf(options.audience),
    kind: options.kind ?? "access_token",
    binding,
    retryAfter: options.retryAfter ?? 5,
  });
}
