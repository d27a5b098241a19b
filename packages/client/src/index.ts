/** @assay/client: a token that is simply there. Runs everywhere; `@assay/client/node` and `@assay/client/browser` bring stores. */
export type { Presented } from "./authorized-fetch.ts";
export {
  createTokenSource,
  type TokenSource,
  type TokenWish,
} from "./token-source.ts";
export type {
  IssuedOptions,
  StaticOptions,
  TokenSourceOptions,
} from "./options.ts";
export type {
  ClientAuthentication,
  SecretInput,
} from "./client-authentication.ts";
export type { DevicePrompt, DeviceWishes } from "./device-sign-in.ts";
export { generateDpopKey, type DpopKeyPair } from "./dpop.ts";
export {
  RequestRefused,
  SignInRequired,
  StepUpRequired,
  TemporarilyUnavailable,
  TokenError,
  type StepUp,
  type TokenErrorCode,
} from "./errors.ts";
export type { ExchangedToken, Grant } from "./grants.ts";
export type { ServerMetadata } from "./metadata.ts";
export type { SignInStart, SignInWishes } from "./sign-in.ts";
export { MemoryStore, type TokenStore } from "./store.ts";
export { readTokenSet, type TokenSet } from "./token-set.ts";
export { Token } from "./token.ts";
