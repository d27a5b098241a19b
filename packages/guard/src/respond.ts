/** The only writer of refusals: status, challenges (RFC 6750, 9449, 9470, 9728), problem body (RFC 9457), advice and handle. */
import type { Demands } from "./demands.ts";
import { PROOF_ALGORITHMS } from "./dpop.ts";
import type { Scheme } from "./extract.ts";
import type { Refusal } from "./refusal.ts";
import { statementOf, type Action, type Statement } from "./statement.ts";

/** An answer as plain values, so that every server can write it. */
export interface Answer {
  readonly status: number;
  /** In order; WWW-Authenticate may come twice. Names are in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** JSON, application/problem+json. */
  readonly body: string;
}

/** How the caller comes to a token that is good here. */
export interface Renewal {
  readonly action: Action;
  /** The kind of token, where a new one is needed. */
  readonly kind?: string;
  /** How it has to be bound, where that is demanded. */
  readonly binding?: "dpop" | "mtls";
  readonly issuers?: readonly string[];
  readonly audience?: readonly string[];
  readonly scopes?: readonly string[];
  readonly acr_values?: readonly string[];
  /** Seconds. */
  readonly max_age?: number;
}

export interface ResponderOptions {
  readonly schemes: readonly Scheme[];
  readonly realm: string | null;
  /** URL of the protected resource's metadata (RFC 9728 section 5.1). */
  readonly resourceMetadata: string | null;
  readonly issuers: readonly string[];
  readonly audience: readonly string[];
  readonly kind: string;
  readonly binding: "dpop" | "mtls" | null;
  /** Seconds. */
  readonly retryAfter: number;
}

export interface Said {
  readonly statement: Statement;
  readonly answer: Answer;
}

/** The header that holds the diagnosis handle; it is in the body too. */
export const HANDLE_HEADER = "assay-diagnosis";

const PHRASES: Readonly<Record<Statement["status"], string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  503: "Service Unavailable",
};

/** Actions after which another token comes; to the others it would be noise. */
const NEEDS_TOKEN: readonly Action[] = [
  "get_token",
  "renew",
  "sign_in",
  "request_scopes",
];

export class Responder {
  readonly #options: ResponderOptions;

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  /** `nonce`: the one to use from now on, where nonces are demanded. `details`: for a developer on this machine alone. */
  respond(
    refusal: Refusal,
    handle: string,
    nonce: string | null,
    details: object | null = null,
  ): Said {
    const statement = statementOf(refusal);
    const { status, error, detail } = statement;
    const headers: [string, string][] = [
      ["content-type", "application/problem+json"],
      ["cache-control", "no-store"],
      ["x-content-type-options", "nosniff"],
      [HANDLE_HEADER, handle],
    ];
    if (status === 401 || status === 403 || error === "invalid_request")
      for (const challenge of this.#challenges(statement, refusal))
        headers.push(["www-authenticate", challenge]);
    if (status === 503)
      headers.push(["retry-after", String(this.#options.retryAfter)]);
    if (
      nonce !== null &&
      (error === "use_dpop_nonce" || refusal.credential?.scheme === "DPoP")
    )
      headers.push(["dpop-nonce", nonce]);
    const body = {
      type: "about:blank",
      title: PHRASES[status],
      status,
      detail,
      ...(error !== null && { error }),
      handle,
      renewal: this.#renewal(statement, refusal.demands),
      ...details,
    };
    return {
      statement,
      answer: { status, headers, body: JSON.stringify(body) },
    };
  }

  /** One for each scheme; the one that the request used carries the error, and is the first. */
  #challenges(
    statement: Statement,
    { credential, demands }: Refusal,
  ): readonly string[] {
    const { schemes } = this.#options;
    const proofWanted =
      statement.error === "invalid_dpop_proof" ||
      statement.error === "use_dpop_nonce";
    const used = proofWanted
      ? "DPoP"
      : (credential?.scheme ?? schemes[0] ?? "Bearer");
    const first = schemes.includes(used) ? used : (schemes[0] ?? "Bearer");
    return [first, ...schemes.filter((scheme) => scheme !== first)].map(
      (scheme) =>
        this.#challenge(scheme, scheme === first ? statement : null, demands),
    );
  }

  #challenge(
    scheme: Scheme,
    statement: Statement | null,
    demands: Demands,
  ): string {
    const { realm, resourceMetadata } = this.#options;
    const parameters: [string, string][] = [];
    if (realm !== null) parameters.push(["realm", realm]);
    if (statement?.error) {
      parameters.push(
        ["error", statement.error],
        ["error_description", statement.detail],
      );
      if (statement.error === "insufficient_user_authentication")
        parameters.push(...signInWanted(demands));
    }
    const { scopes } = demands;
    if (
      statement &&
      scopes &&
      scopes.length > 0 &&
      statement.error !== "invalid_request"
    )
      parameters.push(["scope", scopes.join(" ")]);
    if (resourceMetadata !== null)
      parameters.push(["resource_metadata", resourceMetadata]);
    if (scheme === "DPoP")
      parameters.push(["algs", PROOF_ALGORITHMS.join(" ")]);
    const written = parameters.map(
      ([name, value]) => `${name}="${quotable(value)}"`,
    );
    return written.length > 0 ? `${scheme} ${written.join(", ")}` : scheme;
  }

  #renewal({ action, error }: Statement, demands: Demands): Renewal {
    if (!NEEDS_TOKEN.includes(action)) return { action };
    const { kind, issuers, audience, binding } = this.#options;
    return {
      action,
      kind,
      ...(binding !== null && { binding }),
      issuers,
      ...(audience.length > 0 && { audience }),
      ...(demands.scopes?.length && { scopes: demands.scopes }),
      ...(error === "insufficient_user_authentication" && {
        ...(demands.acrValues && { acr_values: demands.acrValues }),
        ...(demands.maxAuthenticationAge !== undefined && {
          max_age: demands.maxAuthenticationAge,
        }),
      }),
    };
  }
}

/** RFC 9470 section 3. */
function signInWanted({
  acrValues,
  maxAuthenticationAge,
}: Demands): [string, string][] {
  return [
    ...(acrValues
      ? [["acr_values", acrValues.join(" ")] as [string, string]]
      : []),
    ...(maxAuthenticationAge !== undefined
      ? [["max_age", String(maxAuthenticationAge)] as [string, string]]
      : []),
  ];
}

/** What a quoted string of RFC 6750 section 3 may hold: a scope of the application's own making must not end it, nor start a header. */
const quotable = (value: string): string =>
  value.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, "?");

/** For servers of the fetch kind. */
export const toResponse = ({ status, headers, body }: Answer): Response =>
  new Response(body, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
