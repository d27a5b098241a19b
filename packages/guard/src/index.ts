/** @assay/guard: validates tokens at the door of an API, answers as the standards want it, and tells the owner why. */
export { createGuard } from "./create-guard.ts";
export type { Admitted, Guard, Refused } from "./guard.ts";
export type { GuardOptions } from "./options.ts";
export type { Arrival, Connection } from "./arrival.ts";
export type {
  AdmittedEvent,
  AuditCause,
  AuditEvent,
  AuditSink,
  AuditWhere,
  AuditWho,
  CountedEvent,
  RefusedEvent,
} from "./audit-event.ts";
export type { AuditLimits } from "./audit.ts";
export type { CertificateOptions } from "./certificate.ts";
export type { Demands } from "./demands.ts";
export type { DpopOptions } from "./dpop.ts";
export type { TokenPlace } from "./extract.ts";
export type { ImpliedScopes } from "./implied-scopes.ts";
export type { Issuers, TrustedIssuer } from "./issuers.ts";
export {
  introspection,
  type IntrospectionOptions,
  type Introspector,
} from "./introspect.ts";
export {
  protectedResource,
  type ProtectedResource,
  type ProtectedResourceOptions,
} from "./metadata.ts";
export type { GuardFetch } from "./bounded-fetch.ts";
export {
  revocationFeed,
  type RevocationFeedOptions,
} from "./revocation/revocation-feed.ts";
export {
  statusLists,
  type StatusListOptions,
} from "./revocation/status-list.ts";
export { logTo, type LoggerShape } from "./sinks/logger.ts";
export { countWith, type MeterShape } from "./sinks/meter.ts";
export {
  tellIssuer,
  type IssuerSink,
  type IssuerSinkOptions,
  type IssuerSinkTrouble,
} from "./sinks/issuer.ts";
export type { NonceOptions } from "./nonces.ts";
export { MemoryReplayStore, type MemoryReplayOptions } from "./replay-store.ts";
export {
  redisReplayStore,
  type RedisClient,
  type RedisReplayOptions,
  type RedisReplayStore,
} from "./redis-replay-store.ts";
export { toResponse, type Answer, type Renewal } from "./respond.ts";
export type {
  GuardRevocation,
  RevocationContext,
  RevocationPlan,
  RevocationStatus,
} from "./revocation/revocation.ts";
export type { Route } from "./routes.ts";
export type { Action, ErrorCode } from "./statement.ts";
