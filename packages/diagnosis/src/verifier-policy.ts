/** The inquiry's policy as the engine takes it: what is not named is waived, because a diagnosis judges by what is known. */
import {
  ALGORITHMS,
  isSymmetric,
  type Policy,
  type RevocationSource,
} from "@assay/token";
import { decryptWith } from "./decrypt.ts";
import { replayedBy } from "./history-replay.ts";
import type { Inquiry } from "./inquiry.ts";
import type { VerifierKeys } from "./verifier-keys.ts";

const HMAC = ["HS256", "HS384", "HS512"];
const ASYMMETRIC: readonly string[] = [...ALGORITHMS.keys()].filter(
  (alg) => !isSymmetric(alg),
);

export function verifierPolicy(
  { policy = {}, context = {} }: Inquiry,
  keys: VerifierKeys,
  revocation: RevocationSource,
  now: number,
): Policy {
  const named = policy.algorithms?.filter(
    (alg) => alg.trim().toLowerCase() !== "none",
  );
  // A verifier that holds nothing but a secret can only mean HMAC: there is no public key to confuse it with.
  const secretAlone =
    policy.secret !== undefined &&
    !policy.keys &&
    policy.publicKey === undefined;
  // Keys at an address are public keys, also while nobody knows which.
  const keysElsewhere = keys.source === null && policy.jwksUri !== undefined;
  const algorithms =
    named ?? (secretAlone ? HMAC : keysElsewhere ? ASYMMETRIC : undefined);
  const replay = replayedBy(context.history ?? [], now);
  return {
    kind: policy.kind ?? "access_token",
    issuer: orNull(policy.issuer),
    audience: orNull(policy.audience),
    keys: keys.source,
    ...(algorithms && { algorithms }),
    ...(policy.authorizedParties && {
      authorizedParties: policy.authorizedParties,
    }),
    ...(policy.scopes && { scopes: policy.scopes }),
    clockTolerance: policy.clockTolerance ?? 0,
    ...(policy.maxAge !== undefined && { maxAge: policy.maxAge }),
    ...(policy.maxLifetime !== undefined && {
      maxLifetime: policy.maxLifetime,
    }),
    ...(policy.requiredClaims && { requiredClaims: policy.requiredClaims }),
    ...(policy.claims && { claims: policy.claims }),
    ...(policy.nonce !== undefined && { nonce: policy.nonce }),
    scheme: policy.scheme ?? "Bearer",
    binding: policy.binding ?? "none",
    ...(policy.decryptionKeys && {
      decrypt: decryptWith(policy.decryptionKeys),
    }),
    revocation,
    ...(replay && { replay }),
    clock: () => now * 1000,
  };
}

/** A demand that was left empty is not waived: no token meets it. Only null, or nothing at all, waives it. */
const orNull = (
  value: string | readonly string[] | null | undefined,
): string | readonly string[] | null =>
  value?.length === 0 ? [""] : (value ?? null);
