/** @assay/token: validates security tokens in steps, each with an exact answer. */
export type { HttpRequest, Presented } from "./case.ts";
export { decodeUnverified, type Decoded } from "./decode.ts";
export {
  checkProof,
  type Proof,
  type ProofExpectations,
  type ReplayStore,
} from "./dpop.ts";
export { inspectBase64url } from "./encoding/base64url.ts";
export { readBytes } from "./encoding/read-bytes.ts";
export { recogniseForm, type Form, type FormFamily } from "./formats/opaque.ts";
export {
  verifyJws,
  type JwsOptions,
  type JwsResult,
} from "./formats/verify-jws.ts";
export { mediaTypeOf, withinTime } from "./keys/bounded-answer.ts";
export { discoverKeys } from "./keys/discovery.ts";
export { exportKey } from "./keys/export-key.ts";
export {
  importKey,
  importKeys,
  importSecret,
  type ImportOptions,
  type SecretOptions,
} from "./keys/import-key.ts";
export { keySet, keySetOf, KeySet } from "./keys/jwk-set.ts";
export { Key, type KeyProblem } from "./keys/key.ts";
export type { KeySource, KeysUnavailable, Wanted } from "./keys/key-source.ts";
export { classifyKeyText, type KeyTextForm } from "./keys/key-text.ts";
export { readPem, type PemBlock, type PemProblem } from "./keys/pem.ts";
export type { Fetch } from "./keys/fetch-json.ts";
export { readJwk, type ReadJwkOptions } from "./keys/read-jwk.ts";
export type { KeySourceEvent } from "./keys/refreshed.ts";
export { remoteKeySet, type RemoteKeySet } from "./keys/remote-jwk-set.ts";
export type { RemoteKeySetOptions } from "./keys/remote-options.ts";
export { selectKey } from "./keys/select-key.ts";
export { thumbprint, thumbprintInput } from "./keys/thumbprint.ts";
export { handleFor } from "./keys/key-material.ts";
export type { Decrypt, Policy, TokenKind } from "./policy.ts";
export {
  isUndecided,
  STEPS,
  stepOf,
  UNDECIDED_REASONS,
  type Evidence,
  type Reason,
  type Step,
} from "./reasons.ts";
export type { RevocationSource } from "./revocation.ts";
export {
  ALGORITHMS,
  isAlgorithm,
  isSymmetric,
  sameAlgorithm,
  type Algorithm,
  type AlgorithmName,
} from "./signing/algorithms.ts";
export {
  generateKey,
  type GenerateKeyOptions,
} from "./signing/generate-key.ts";
export { sign, signSync, type SignOptions } from "./signing/sign.ts";
export {
  decodeStatusList,
  judgeStatus,
  readStatus,
  statusReference,
  type StatusList,
  type StatusReference,
  type StatusUnavailable,
} from "./status-list.ts";
export {
  checkStatusListToken,
  type CheckedStatusList,
  type StatusListExpectations,
} from "./status-list-token.ts";
export type { StandardSchema } from "./standard-schema.ts";
export { judgeProof, type Proving } from "./steps/binding.ts";
export { evidentKind, type EvidentKind } from "./steps/kind.ts";
export { headerValues } from "./steps/request.ts";
export { judgeDemands, type DemandContext } from "./steps/scope.ts";
export type {
  Claims,
  JoseHeader,
  UnverifiedToken,
  VerifiedToken,
} from "./token.ts";
export {
  finding,
  type Examination,
  type Finding,
  type Outcome,
  type StepReport,
  type Verdict,
} from "./verdict.ts";
export {
  createVerifier,
  examine,
  verify,
  verifySync,
  type Verifier,
  type VerifierOptions,
} from "./verifier.ts";
export { platform } from "#crypto";
export { chain } from "./crypto/chain.ts";
export type {
  HashName,
  Jwk,
  MaybePromise,
  Platform,
} from "./crypto/platform.ts";
export { PARTY_CLAIMS } from "./steps/audience.ts";
