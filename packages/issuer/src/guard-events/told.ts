/** What a guard tells: the events of its audit (`@assay/guard`, audit.ts), each with its number. Nothing of it is taken for the issuer's own knowledge. */
import type { CauseCode, Confidence } from "@assay/diagnosis";
import type { Reason } from "@assay/token";

export interface ToldWho {
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly client: string | null;
  readonly tokenId: string | null;
  /** Whether the guard found the token authentic. */
  readonly proven: boolean;
}

export interface ToldWhere {
  readonly method: string;
  readonly path: string;
  readonly host: string | null;
  readonly ip: string | null;
  readonly agent: string | null;
}

export interface ToldCause {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly facts: Readonly<Record<string, unknown>>;
}

interface Told {
  readonly sequence: number;
  /** ISO 8601, by the guard's clock. */
  readonly at: string;
}

export interface ToldRefusal extends Told {
  readonly event: "token.refused" | "token.undecided";
  readonly handle: string;
  readonly status: number;
  readonly error: string | null;
  readonly step: string | null;
  readonly reason: Reason | null;
  readonly problem: string | null;
  readonly evidence: Readonly<Record<string, unknown>> | null;
  readonly cause: ToldCause | null;
  readonly who: ToldWho | null;
  readonly where: ToldWhere;
  readonly key: ToldKey | null;
  readonly fingerprint: string | null;
}

interface ToldKey {
  readonly alg: string | null;
  readonly kid: string | null;
}

export interface ToldAdmission extends Told {
  readonly event: "token.admitted";
  readonly who: ToldWho;
  readonly where: ToldWhere;
  readonly key: ToldKey;
  readonly fingerprint: string;
}

export interface ToldCount extends Told {
  readonly event: "audit.counted";
  readonly since: string;
  readonly count: number;
  /** By reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export type ToldEvent = ToldRefusal | ToldAdmission | ToldCount;

export interface ToldBatch {
  /** The resource that the guard stands before. */
  readonly resource: string;
  /** Names one life of its process. */
  readonly boot: string;
  /** By rising numbers, the first event of a life is 1. */
  readonly events: readonly ToldEvent[];
  /** The number with which the next batch begins: what is below and did not come is missing. */
  readonly next: number;
}
