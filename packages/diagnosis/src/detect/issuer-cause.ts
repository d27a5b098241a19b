import type { CauseCode } from "../causes.ts";

export type IssuerCause = Extract<CauseCode, `issuer.${string}`>;
