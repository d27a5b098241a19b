/** What the detectors of OAuth endpoints share: the request and the answer, read once, and a place for what they find. */
import type { Finding } from "@assay/token";
import type { Budget } from "../budget.ts";
import type { CauseCode, Facts } from "../causes.ts";
import type { Confidence, Diagnosis } from "../diagnosis.ts";
import type {
  ClientSeen,
  HistoryEntry,
  Inquiry,
  InquiryPolicy,
} from "../inquiry.ts";
import type { Suspicion } from "../investigation.ts";
import type { Answer } from "./answer.ts";
import type { AuthorizationsSeen } from "./authorization-request.ts";
import type { ClientAuthentication } from "./client-authentication.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Parameters } from "./parameters.ts";
import type { ServerSeen } from "./server-issuer.ts";

/** One suspected cause, with the finding where a token, code or assertion is at fault. */
export type Fault = Suspicion & {
  readonly finding: Finding | null;
  /** The server's error code alone suggests it. */
  readonly byCode: boolean;
};

export interface Exchange {
  readonly inquiry: Inquiry;
  /** Seconds since the epoch. */
  readonly now: number;
  readonly budget: Budget;
  /** null: only the answer is known. */
  readonly endpoint: Endpoint | null;
  /** It is an operation of Amazon Cognito and not an OAuth endpoint. */
  readonly cognito: boolean;
  readonly url: string;
  readonly method: string | null;
  readonly parameters: Parameters;
  readonly authentication: ClientAuthentication;
  /** null: no answer is known. */
  readonly answer: Answer | null;
  readonly client: ClientSeen;
  /** Up to now, in the order of time. */
  readonly history: readonly HistoryEntry[];
  readonly authorizations: AuthorizationsSeen;
  readonly server: ServerSeen;
  readonly faults: readonly Fault[];
  /** Causes that a comparison has shown not to be: no message brings them back. */
  readonly ruledOut: Set<CauseCode>;
  suspect<C extends CauseCode>(
    cause: C,
    fault: {
      confidence: Confidence;
      facts: Facts[C];
      finding?: Finding | null;
      byCode?: boolean;
      weight?: number;
    },
  ): void;
  wouldTell(need: string): void;
  readonly diagnoseToken: (inquiry: Inquiry) => Promise<Diagnosis>;
}

/** Looks for the causes of one family in an exchange. */
export type ExchangeDetector = (exchange: Exchange) => void | Promise<void>;

/** Names under which the history can know a code or token: itself, or its part before the first dot (contract). */
export const namesOf = (text: string): readonly string[] => {
  const [part = ""] = text.split(".", 1);
  return part === text || part === "" || part.length < 6
    ? [text]
    : [text, part];
};

export const secondsOf = (at: string): number => Date.parse(at) / 1000;

/** grant_type, also of servers that call it otherwise; null: it is not named. */
export const grantOf = ({ parameters }: Exchange): string | null =>
  parameters.get("grant_type")?.trim() ?? null;

export const isCodeGrant = (exchange: Exchange): boolean =>
  grantOf(exchange) === "authorization_code" ||
  grantOf(exchange) === "pkce" ||
  (grantOf(exchange) === null &&
    (exchange.parameters.has("code") || exchange.parameters.has("auth_code")));

export const isRefreshGrant = (exchange: Exchange): boolean =>
  grantOf(exchange) === "refresh_token" ||
  (grantOf(exchange) === null && exchange.parameters.has("refresh_token"));

/** The question about a token that a request presents, at the time and in the context of the request. */
export const askAbout = (
  { inquiry: { now, context } }: Exchange,
  token: string,
  policy: InquiryPolicy,
): Inquiry => ({
  token,
  policy,
  ...(now !== undefined && { now }),
  ...(context && { context }),
});

/** Scopes that the policy, the server's metadata or the authorization request name. */
export function knownScopes({
  inquiry,
  server,
  authorizations,
}: Exchange): readonly string[] {
  const published = server.metadata?.["scopes_supported"];
  const first = authorizations.own?.parameters.get("scope")?.[0] ?? "";
  return [
    ...(inquiry.policy?.scopes ?? []),
    ...(Array.isArray(published) ? published.map(String) : []),
    ...first.split(" "),
  ];
}

export const codeOf = ({ parameters }: Exchange): string | null =>
  parameters.get("code") ?? parameters.get("auth_code");
