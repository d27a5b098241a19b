/** What can go wrong, as classes with a code. No message, and no field, ever holds a token or a secret. */

export type TokenErrorCode =
  | "sign_in_required"
  | "step_up_required"
  | "temporarily_unavailable"
  | "request_refused"
  | "configuration"
  | "unexpected_answer"
  | "redirect_hidden";

/** What was expected, and what was found instead. */
export interface Finding {
  readonly expected: string;
  readonly found: string;
}

export class TokenError extends Error {
  override readonly name: string = "TokenError";
  readonly code: TokenErrorCode;
  readonly expected: string;
  readonly found: string;

  constructor(
    code: TokenErrorCode,
    { expected, found }: Finding,
    options?: ErrorOptions,
  ) {
    super(`expected ${expected}; found ${found}`, options);
    this.code = code;
    this.expected = expected;
    this.found = found;
  }
}

/** No renewal can help any more: a person has to sign in, or a new token has to be given. It stays so until that happened. */
export class SignInRequired extends TokenError {
  override readonly name = "SignInRequired";
  constructor(found: string) {
    super("sign_in_required", {
      expected: "a grant that can be renewed",
      found,
    });
  }
}

export interface StepUp {
  /** The scopes that the resource asks for (RFC 6750 section 3); empty: it names none. */
  readonly scopes: readonly string[];
  /** How somebody has to sign in (RFC 9470 section 3); empty: it does not say. */
  readonly acrValues: readonly string[];
  /** How long ago, in seconds, somebody may have signed in (RFC 9470 section 3). */
  readonly maxAge: number | null;
  /** Where the resource says which issuers it trusts (RFC 9728 section 5.1). */
  readonly resourceMetadata: string | null;
}

/** The token is good and allows too little. A renewal would bring the same again: ask for what `scopes`, `acrValues` and `maxAge` name. */
export class StepUpRequired extends TokenError implements StepUp {
  override readonly name = "StepUpRequired";
  readonly scopes: readonly string[];
  readonly acrValues: readonly string[];
  readonly maxAge: number | null;
  readonly resourceMetadata: string | null;
  /** The resource's answer; its body has not been read. */
  readonly response: Response;

  constructor(needed: StepUp, response: Response) {
    const wishes = [
      ...(needed.scopes.length > 0 ? [`scope ${needed.scopes.join(" ")}`] : []),
      ...(needed.acrValues.length > 0
        ? [`acr ${needed.acrValues.join(" or ")}`]
        : []),
      ...(needed.maxAge !== null
        ? [`a sign-in at most ${needed.maxAge} s ago`]
        : []),
    ];
    super("step_up_required", {
      expected: `a token with ${wishes.length > 0 ? wishes.join(", ") : "more rights"}`,
      found: "one that allows less",
    });
    this.scopes = needed.scopes;
    this.acrValues = needed.acrValues;
    this.maxAge = needed.maxAge;
    this.resourceMetadata = needed.resourceMetadata;
    this.response = response;
  }
}

/** The server cannot be reached, is busy, or its answer was lost. Nothing is said about the grant: try again. */
export class TemporarilyUnavailable extends TokenError {
  override readonly name = "TemporarilyUnavailable";
  /** Seconds for which the server asked to be left alone; null: it did not say. */
  readonly retryAfterSeconds: number | null;
  /** The server may have done what was asked, and its answer did not arrive. */
  readonly isAnswerLost: boolean;

  constructor(
    found: string,
    {
      retryAfterSeconds = null,
      isAnswerLost = false,
      cause,
    }: {
      readonly retryAfterSeconds?: number | null;
      readonly isAnswerLost?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    super(
      "temporarily_unavailable",
      { expected: "an answer of the authorization server", found },
      cause === undefined ? undefined : { cause },
    );
    this.retryAfterSeconds = retryAfterSeconds;
    this.isAnswerLost = isAnswerLost;
  }
}

/** The server understood and said no, for another reason than a grant that ended: a wrong secret, a scope that is not allowed. */
export class RequestRefused extends TokenError {
  override readonly name = "RequestRefused";
  /** The server's error code (RFC 6749 section 5.2), such as invalid_client. */
  readonly error: string;
  /** What opens the server's full diagnosis, for whoever may read it; null: it gave none. */
  readonly diagnosis: string | null;

  constructor(
    error: string,
    description: string | null,
    diagnosis: string | null,
  ) {
    super("request_refused", {
      expected: "tokens",
      found: description === null ? error : `${error}: ${description}`,
    });
    this.error = error;
    this.diagnosis = diagnosis;
  }
}

export const misconfigured = (expected: string, found: string): TokenError =>
  new TokenError("configuration", { expected, found });

export const unexpected = (expected: string, found: string): TokenError =>
  new TokenError("unexpected_answer", { expected, found });

/** Text of somebody else for a message: short, printable, and without whatever might be a token that was echoed. */
export const foreignText = (text: string): string =>
  text
    .slice(0, 300)
    .replaceAll(/[^\x20-\x7e]+/g, " ")
    .replaceAll(/[A-Za-z0-9._~+/=-]{24,}/g, "…");
