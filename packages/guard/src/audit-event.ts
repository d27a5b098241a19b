/** What the audit tells: one event for each refusal, for each admission where that is asked for, and counts of a flood. */
import type { Step } from "@assay/token";
import type { Action, ErrorCode } from "./statement.ts";

export interface AuditCause {
  readonly code: string;
  readonly confidence: string;
  readonly actor: string;
  /** What the cause rests on, typed by its code; texts of strangers are escaped and cut. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly fix: string;
}

export interface AuditWho {
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly client: string | null;
  readonly tokenId: string | null;
  /** False: this is what the token says, and nothing has shown that it is true. */
  readonly proven: boolean;
}

export interface AuditWhere {
  readonly method: string;
  /** Without the query, which may hold anything. */
  readonly path: string;
  readonly host: string | null;
  readonly ip: string | null;
  readonly agent: string | null;
}

export interface RefusedEvent {
  readonly event: "token.refused" | "token.undecided";
  /** ISO 8601, by the guard's clock. */
  readonly at: string;
  /** The handle that stands in the answer. */
  readonly handle: string;
  readonly status: number;
  readonly error: ErrorCode | null;
  readonly action: Action;
  readonly step: Step | null;
  /** The exact reason; null: what refused is in `problem`. */
  readonly reason: string | null;
  readonly problem: string | null;
  /** What stands behind the reason; texts of strangers are escaped and cut. */
  readonly evidence: Readonly<Record<string, unknown>> | null;
  /** The most probable cause; null: it was not asked for, or nothing could be said. */
  readonly cause: AuditCause | null;
  readonly who: AuditWho | null;
  readonly where: AuditWhere;
  readonly key: {
    readonly alg: string | null;
    readonly kid: string | null;
  } | null;
  /** SHA-256 of the token, base64url, its first 22 characters. */
  readonly fingerprint: string | null;
}

export interface AdmittedEvent {
  readonly event: "token.admitted";
  readonly at: string;
  readonly who: AuditWho;
  readonly where: AuditWhere;
  readonly key: { readonly alg: string | null; readonly kid: string | null };
  readonly fingerprint: string;
}

/** Events that were not told one by one since `since`. */
export interface CountedEvent {
  readonly event: "audit.counted";
  readonly at: string;
  readonly since: string;
  readonly count: number;
  /** By reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export type AuditEvent = RefusedEvent | AdmittedEvent | CountedEvent;

/** What it throws or rejects with is dropped: no sink may refuse a request. */
export interface AuditSink {
  (event: AuditEvent): unknown;
  /** Resolves when what waits was told, or could not be. For a sink that tells later. */
  settled?(): Promise<void>;
}
