/**
 * A client's assertion (RFC 7523 sections 2.2 and 3, OpenID Connect Core section 9): a JWT that the client signed with its key or secret.
 * Verified by @assay/token; here stands what is expected of it.
 */
import {
  ALGORITHMS,
  finding,
  isSymmetric,
  type Finding,
  type KeySet,
  type VerifiedToken,
} from "@assay/token";
import type { OAuthError } from "../errors.ts";
import { digestOf } from "../tokens/opaque-token.ts";
import { assertionKeys } from "./assertion-keys.ts";
import type { AuthenticationContext } from "./authenticate.ts";
import type { Client, ClientSecret } from "./client.ts";
import { judgePresented, jwtRefusal } from "./presented-jwt.ts";
import { NOT_AUTHENTICATED, refuseClient } from "./refuse-client.ts";

/** Default of `longestAssertionSeconds`: what widespread clients write. It is good once anyway. */
export const LONGEST_ASSERTION = 3600;
/** HS512 wants a secret of 64 bytes (RFC 7518 section 3.2); ours have 56. */
const HMAC = ["HS256", "HS384"];
/** FAPI 2.0 Security Profile section 5.4.1. */
const FAPI: readonly string[] = ["PS256", "ES256", "EdDSA", "Ed25519"];
const ASYMMETRIC = [...ALGORITHMS.keys()].filter((alg) => !isSymmetric(alg));
/** All that an assertion of some client may have: what the metadata says of it. */
export const ASSERTION_ALGORITHMS: readonly string[] = [...ASYMMETRIC, ...HMAC];

const ABOUT = {
  noun: "client assertion",
  unproven: NOT_AUTHENTICATED,
  code: "invalid_client",
  isAssertion: true,
} as const;

export interface Asserted {
  readonly client: Client;
  readonly secrets: readonly ClientSecret[];
  readonly assertion: string;
  /** The address that was called. */
  readonly endpoint: string;
}

/** Returns the secret that signed the assertion; null: a key did. Throws invalid_client. */
export async function checkAssertion(
  context: AuthenticationContext,
  asserted: Asserted,
): Promise<ClientSecret | null> {
  const { client, secrets } = asserted;
  const now = context.clock();
  let refusal: Finding | null = null;
  for (const { keys, secret, live } of assertionKeys(
    client,
    secrets,
    context.master,
    now,
  )) {
    const judged = await judge(context, asserted, keys, now);
    if (!("reason" in judged)) {
      if (!live) throw ended(client, secret);
      await useOnce(context, client, judged);
      return secret;
    }
    // What is wrong under the secret that signed counts, not that another one did not sign.
    if (refusal === null || refusal.reason === "signature.mismatch")
      refusal = judged;
  }
  throw refuse(refusal ?? finding("format.empty", { length: 0 }), client);
}

async function judge(
  { issuer, tokenEndpoint, longestAssertionSeconds }: AuthenticationContext,
  { client, assertion, endpoint }: Asserted,
  keys: KeySet,
  now: number,
): Promise<VerifiedToken | Finding> {
  // Threat: a server that the client also trusts could have an assertion addressed to itself and use it here; FAPI 2.0 section 5.3.2.1
  // closes that with one name, as the only one.
  const audience = client.fapi ? [issuer] : [issuer, tokenEndpoint, endpoint];
  const judged = await judgePresented({
    token: assertion,
    now,
    longestSeconds: longestAssertionSeconds ?? LONGEST_ASSERTION,
    policy: {
      kind: "client_assertion",
      issuer: client.clientId,
      audience,
      keys,
      algorithms: algorithmsOf(client),
      requiredClaims: ["jti"],
    },
  });
  if ("reason" in judged || !client.fapi) return judged;
  const { aud } = judged.claims;
  return typeof aud === "string"
    ? judged
    : finding("audience.mismatch", { expected: audience, found: aud ?? [] });
}

/** The client's list, as far as its method and profile allow. */
function algorithmsOf({
  authentication,
  assertionAlgorithms: own,
  fapi,
}: Client): readonly string[] {
  // FAPI 2.0 knows no shared secret.
  const allowed =
    authentication !== "private_key_jwt"
      ? HMAC.filter(() => !fapi)
      : fapi
        ? FAPI
        : ASYMMETRIC;
  return own.length === 0
    ? allowed
    : allowed.filter((alg) => own.includes(alg));
}

/**
 * Threat: whoever sees an assertion on its way could use it until it ends. So it is good once, by its jti: its text could be varied
 * (ECDSA has two signatures for one). A digest, because jti is as long and as strange as its maker likes.
 */
async function useOnce(
  { store }: AuthenticationContext,
  client: Client,
  { claims: { jti = "", exp = 0 } }: VerifiedToken,
): Promise<void> {
  const first = await store.rememberOnce(
    "client_assertion",
    client.clientId,
    digestOf(jti),
    Math.ceil(exp * 1000),
  );
  if (!first)
    throw refuse(finding("binding.replayed", { id: jti.slice(0, 64) }), client);
}

const refuse = (
  found: Finding,
  { clientId, authentication }: Client,
): OAuthError =>
  jwtRefusal(found, ABOUT, { clientId, facts: { method: authentication } });

const ended = ({ clientId }: Client, secret: ClientSecret | null): OAuthError =>
  refuseClient({
    description: "The client secret is no longer valid.",
    clientId,
    cause: "oauth.client_secret_wrong",
    facts: { how: "expired", secretId: secret?.secretId ?? null },
  });
