/** Requests to the token endpoint (RFC 6749 section 3.2): one request, and the repetitions that are safe. */
import {
  authenticate,
  type ClientAuthentication,
} from "./client-authentication.ts";
import type { DpopProver } from "./dpop.ts";
import {
  foreignText,
  misconfigured,
  RequestRefused,
  TemporarilyUnavailable,
  unexpected,
} from "./errors.ts";
import { checkUrl, discover, type ServerMetadata } from "./metadata.ts";
import { readJson } from "./read-json.ts";
import type { ServerClock } from "./server-clock.ts";
import { readTokenAnswer, type TokenAnswer } from "./token-answer.ts";
import { connectionFault, retryAfter, type Fetch } from "./transport.ts";

export interface EndpointSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly authentication: ClientAuthentication;
  /** Instead of discovery. */
  readonly metadata: ServerMetadata | null;
  readonly prover: DpopProver | null;
  readonly fetch: Fetch;
  readonly clock: ServerClock;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** For one request, in milliseconds. */
  readonly timeout: number;
}

export type Form = Readonly<Record<string, string>>;

/**
 * What a request may do again after its answer was lost. once: a refresh token; servers answer one repetition, and see theft in the next
 * (RFC 9700 section 4.14.2). never: a code, which ends the grant when it comes twice (RFC 6749 section 4.1.2).
 */
export type Repeatable = "freely" | "once" | "never";

const LOST_ANSWERS: Readonly<Record<Repeatable, number>> = {
  freely: Infinity,
  once: 1,
  never: 0,
};

/** Pauses before a repetition, in milliseconds. */
const PAUSES: readonly number[] = [250, 1000];
/**
 * A repetition goes out at most so long after the first try, in milliseconds: servers take a refresh token once more for some seconds
 * only.
 */
const REPEAT_WITHIN = 8000;
/** A server that asks to wait so long at most, in milliseconds, is waited for. */
const PATIENCE = 5000;
/** How long metadata is good, in milliseconds. */
const METADATA_LIFE = 3_600_000;

export class TokenEndpoint {
  readonly #settings: EndpointSettings;
  #metadata: { readonly value: ServerMetadata; readonly at: number } | null;

  constructor(settings: EndpointSettings) {
    this.#settings = settings;
    const { metadata } = settings;
    if (metadata) checkUrl(metadata.tokenEndpoint, "the token endpoint");
    this.#metadata = metadata && { value: metadata, at: Infinity };
  }

  /** Throws what `discover` throws, unless older metadata is at hand. */
  async metadata(): Promise<ServerMetadata> {
    const { issuer, clock } = this.#settings;
    const known = this.#metadata;
    if (known && clock.local() - known.at < METADATA_LIFE) return known.value;
    try {
      const value = await discover(issuer, this.#settings);
      this.#metadata = { value, at: clock.local() };
      return value;
    } catch (error) {
      if (known && error instanceof TemporarilyUnavailable) return known.value;
      throw error;
    }
  }

  /**
   * Asks until there is an answer, as long as it is safe. `makeForm` is called for each try. Throws RequestRefused,
   * TemporarilyUnavailable, TokenError.
   */
  async ask(
    makeForm: () => Form | Promise<Form>,
    repeatable: Repeatable,
  ): Promise<TokenAnswer> {
    const { wait, random, clock } = this.#settings;
    const started = clock.local();
    let mayLose = LOST_ANSWERS[repeatable];
    for (let tries = 0; ; tries++) {
      try {
        return await this.askOnce(await makeForm());
      } catch (error) {
        const pause = PAUSES[tries];
        if (!(error instanceof TemporarilyUnavailable) || pause === undefined)
          throw error;
        if (error.isAnswerLost && mayLose-- === 0) throw error;
        const asked = (error.retryAfterSeconds ?? 0) * 1000;
        const milliseconds = Math.max(asked, pause * (0.5 + random()));
        if (
          asked > PATIENCE ||
          clock.local() + milliseconds - started > REPEAT_WITHIN
        )
          throw error;
        await wait(milliseconds);
      }
    }
  }

  /** Asks, and leaves to the caller what to do when there is no answer. Throws as `ask` does. */
  async askOnce(form: Form): Promise<TokenAnswer> {
    const { tokenEndpoint } = await this.metadata();
    const { body, serverTime } = await this.#ask(tokenEndpoint, form);
    return readTokenAnswer(body, serverTime);
  }

  /** Begins a sign-in by another device (RFC 8628 section 3.1). Gives what the server says, unread. Throws as `ask` does. */
  async authorizeDevice(
    form: Form,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { deviceAuthorizationEndpoint } = await this.metadata();
    if (deviceAuthorizationEndpoint === null)
      throw misconfigured(
        "an issuer with a device authorization endpoint",
        "one without",
      );
    return (await this.#ask(deviceAuthorizationEndpoint, form)).body;
  }

  /** Sends what has no token as its answer: a revocation (RFC 7009). True when the server did it. */
  async revoke(refreshToken: string): Promise<boolean> {
    const { revocationEndpoint } = await this.metadata();
    if (revocationEndpoint === null) return false;
    const { response } = await this.#send(revocationEndpoint, {
      token: refreshToken,
      token_type_hint: "refresh_token",
    });
    response.body?.cancel().catch(() => {});
    return response.ok;
  }

  async #ask(
    url: string,
    form: Form,
  ): Promise<{
    readonly body: Readonly<Record<string, unknown>>;
    readonly serverTime: number;
  }> {
    let sent = await this.#send(url, form);
    if (sent.refusal && this.#isMended(sent.refusal, sent))
      sent = await this.#send(url, form);
    if (sent.refusal) throw sent.refusal;
    const body = await readJson(sent.response).catch((error: unknown) => {
      throw connectionFault(error);
    });
    if (!body) throw unexpected("an answer as a JSON object", "something else");
    return { body, serverTime: sent.serverTime };
  }

  /** Once more with the nonce that the server asks for (RFC 9449 section 8), or by its clock where ours was the fault. */
  #isMended(
    { error }: RequestRefused,
    { isNewNonce, clockMoved }: Sent,
  ): boolean {
    const { prover, authentication } = this.#settings;
    switch (error) {
      case "use_dpop_nonce":
        return prover !== null && isNewNonce;
      case "invalid_dpop_proof":
        return prover !== null && clockMoved;
      case "invalid_client":
        return authentication.method === "private_key_jwt" && clockMoved;
      default:
        return false;
    }
  }

  async #send(url: string, form: Form): Promise<Sent> {
    const { issuer, clientId, authentication, prover, fetch, clock, timeout } =
      this.#settings;
    const { origin } = new URL(url);
    // The issuer's clock, wherever it has its endpoints.
    const authority = new URL(issuer).origin;
    const sentAt = clock.local();
    const now = clock.now(authority);
    const proven = await authenticate(clientId, authentication, {
      issuer,
      now,
    });
    const proof =
      prover &&
      (await prover.proof({ method: "POST", url, accessToken: null, now }));
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
        ...proven.headers,
        ...(proof !== null && { dpop: proof }),
      },
      body: new URLSearchParams({ ...form, ...proven.form }).toString(),
      // Threat: a redirect that carries a secret elsewhere. No token endpoint has reason to send one.
      redirect: "manual",
      credentials: "omit",
      cache: "no-store",
      signal: AbortSignal.timeout(timeout),
    }).catch((error: unknown) => {
      throw connectionFault(error);
    });
    const before = now - sentAt;
    clock.observe(authority, response.headers, sentAt);
    const isNewNonce = prover?.observe(origin, response.headers) ?? false;
    const serverTime = clock.now(authority);
    return {
      response,
      refusal: await refusalOf(response, serverTime),
      isNewNonce,
      clockMoved: Math.abs((clock.offset(authority) ?? before) - before) > 1000,
      serverTime,
    };
  }
}

interface Sent {
  readonly response: Response;
  readonly refusal: RequestRefused | null;
  readonly isNewNonce: boolean;
  /** The answer showed that the request was made by a wrong clock. */
  readonly clockMoved: boolean;
  readonly serverTime: number;
}

/** Null: an answer that is none. Throws for what is no answer of an authorization server at all. */
async function refusalOf(
  response: Response,
  now: number,
): Promise<RequestRefused | null> {
  const { status, headers } = response;
  if (response.ok) return null;
  // A gateway's fault, a pause, a time-out: nothing is said about the request.
  if (status >= 500 || status === 429 || status === 408) {
    response.body?.cancel().catch(() => {});
    throw new TemporarilyUnavailable(`status ${status}`, {
      retryAfterSeconds: retryAfter(headers, now),
      isAnswerLost: status !== 503 && status !== 429,
    });
  }
  const body = await readJson(response).catch((error: unknown) => {
    throw connectionFault(error);
  });
  const error = body?.["error"];
  if (typeof error !== "string")
    throw unexpected(
      "an answer of a token endpoint",
      `status ${status} without an error code`,
    );
  if (error === "temporarily_unavailable")
    throw new TemporarilyUnavailable(error, {
      retryAfterSeconds: retryAfter(headers, now),
    });
  const description = body?.["error_description"];
  const handle = headers.get("assay-diagnosis");
  return new RequestRefused(
    foreignText(error),
    typeof description === "string" ? foreignText(description) : null,
    handle === null ? null : handle.slice(0, 100),
  );
}
