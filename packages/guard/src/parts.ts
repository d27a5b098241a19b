/** What a guard is made of. */
import type {
  DemandContext,
  Examination,
  Presented,
  Verifier,
} from "@assay/token";
import type { Audit } from "./audit.ts";
import type { Demands } from "./demands.ts";
import type { PublicUrls } from "./dpop.ts";
import type { Places } from "./extract.ts";
import type { Reduce } from "./implied-scopes.ts";
import type { Incidents } from "./incident.ts";
import type { IntrospectedVerifier } from "./introspected.ts";
import type { Proxies } from "./proxies.ts";
import type { Responder } from "./respond.ts";
import type { GuardRevocation } from "./revocation/revocation.ts";
import type { Routes } from "./routes.ts";

/** Nonces as the policy reads them: at once. */
export interface NonceHolder {
  renew(): Promise<void>;
  current(): string;
}

export interface Parts<C> {
  readonly issuers: readonly string[];
  readonly routes: Routes;
  readonly demandContext: DemandContext;
  /** null: each scope stands for itself. */
  readonly reduce: Reduce | null;
  readonly places: Places;
  readonly proxies: Proxies;
  readonly certificateHeader: string | null;
  readonly publicUrls: PublicUrls;
  readonly bearer: Verifier<C>;
  /** For tokens under the scheme DPoP. null: not offered. */
  readonly bound: Verifier<C> | null;
  readonly introspected: IntrospectedVerifier<C> | null;
  readonly nonces: NonceHolder | null;
  readonly revocation: GuardRevocation | null;
  readonly responder: Responder;
  readonly audit: Audit;
  readonly incidents: Incidents;
  readonly admissions: number;
  readonly development: boolean;
  readonly clock: () => number;
  examine(
    presented: string | Presented,
    demands: Demands,
  ): Promise<Examination>;
  warmUp(): Promise<void>;
}
