/** The authorization code flow with PKCE (RFC 6749 section 4.1, RFC 7636): the way to the server, and back. */
import { platform } from "@assay/token";
import { randomText } from "./client-authentication.ts";
import {
  foreignText,
  misconfigured,
  RequestRefused,
  unexpected,
} from "./errors.ts";
import type { ServerMetadata } from "./metadata.ts";
import type { Form } from "./token-endpoint.ts";

export interface SignInWishes {
  /** Where the person is sent back to; registered with the server. */
  readonly redirectUri: string;
  /** Instead of the source's: for a step-up, what it has and what StepUpRequired names. */
  readonly scopes?: readonly string[];
  /** More parameters of the request, such as prompt, acr_values or max_age. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export interface SignInStart {
  readonly url: string;
  /** To be kept where nobody else can read it, and given to `finishSignIn` once. */
  readonly pending: string;
}

interface Pending {
  readonly issuer: string;
  readonly state: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly resource: string | null;
}

export async function beginSignIn(
  { issuer, authorizationEndpoint }: ServerMetadata,
  {
    clientId,
    scopes: usual = [],
    resource,
  }: {
    readonly clientId: string;
    readonly scopes?: readonly string[];
    readonly resource?: string;
  },
  { redirectUri, scopes = usual, parameters = {} }: SignInWishes,
  jkt: string | null,
): Promise<SignInStart> {
  if (authorizationEndpoint === null)
    throw misconfigured(
      "an issuer with an authorization endpoint",
      "one without",
    );
  // Threat: a code that was stolen on its way back (PKCE), and one of a stranger's sign-in that is slipped in (state).
  const pending: Pending = {
    issuer,
    state: randomText(),
    verifier: randomText(),
    redirectUri,
    resource: resource ?? null,
  };
  const url = new URL(authorizationEndpoint);
  const request = {
    ...parameters,
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    state: pending.state,
    code_challenge: platform.encodeBase64url(
      await platform.digest("sha256", pending.verifier),
    ),
    code_challenge_method: "S256",
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
    ...(resource !== undefined && { resource }),
    // RFC 9449 section 10: the code is bound to the key, too.
    ...(jkt !== null && { dpop_jkt: jkt }),
  };
  for (const [name, value] of Object.entries(request))
    url.searchParams.set(name, value);
  return { url: url.href, pending: JSON.stringify(pending) };
}

/** True when the address that somebody came back to belongs to this sign-in. */
export function isAnswerTo(pending: string, callback: URL): boolean {
  const { state } = JSON.parse(pending) as Pending;
  const found = callback.searchParams.getAll("state");
  return found.length === 1 && found[0] === state;
}

/** The form that redeems the code. Throws RequestRefused for an error that was sent back, TokenError for what does not belong to this sign-in. */
export function finishSignIn(
  { issuer, namesIssuer }: ServerMetadata,
  pending: string,
  callback: string | URL,
): Form {
  const {
    issuer: begunAt,
    verifier,
    redirectUri,
    resource,
  } = JSON.parse(pending) as Pending;
  const answer = new URL(callback).searchParams;
  if (!isAnswerTo(pending, new URL(callback)))
    throw unexpected(
      "the state of this sign-in",
      answer.has("state") ? "another" : "none",
    );
  const iss = answer.get("iss");
  // RFC 9207 section 2.4. Threat: mix-up, where a code of one server is sent to another.
  if (begunAt !== issuer || (iss === null ? namesIssuer : iss !== issuer))
    throw unexpected(
      `an answer of ${issuer}`,
      iss === null ? "one that names no issuer" : foreignText(iss),
    );
  const error = answer.get("error");
  if (error !== null) {
    const description = answer.get("error_description");
    throw new RequestRefused(
      foreignText(error),
      description && foreignText(description),
      null,
    );
  }
  const code = answer.get("code");
  if (code === null) throw unexpected("a code", "none");
  return {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...(resource !== null && { resource }),
  };
}
