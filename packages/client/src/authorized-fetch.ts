/** fetch with the token: for the origins that are named, and for no other. */
import { readChallenges } from "./challenges.ts";
import type { DpopProver } from "./dpop.ts";
import { StepUpRequired, TokenError } from "./errors.ts";
import { Outgoing } from "./outgoing.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Token } from "./token.ts";
import type { Fetch } from "./transport.ts";

/** Whoever has tokens to present. */
export interface Presenter {
  token(): Promise<Token>;
  /** Another token than the refused one; null: none would help. */
  renewRefused(refused: Token): Promise<Token | null>;
  prover(): Promise<DpopProver | null>;
}

/** The one request that a token is presented to. */
export interface Presented {
  readonly method: string;
  readonly url: string;
  /** That the resource asked for (RFC 9449 section 9). Default: the last one that `fetch` heard from it. */
  readonly nonce?: string;
}

export interface FetchSettings {
  readonly origins: ReadonlySet<string>;
  readonly fetch: Fetch;
  readonly clock: ServerClock;
  readonly issuerOrigin: string;
}

/** As browsers have it (Fetch standard, section 4.4). */
const MAX_REDIRECTS = 20;

export class AuthorizedFetch {
  readonly #presenter: Presenter;
  readonly #settings: FetchSettings;

  constructor(presenter: Presenter, settings: FetchSettings) {
    this.#presenter = presenter;
    this.#settings = settings;
  }

  async send(
    input: string | URL | Request,
    init: RequestInit,
  ): Promise<Response> {
    const { origins, fetch } = this.#settings;
    let request = Outgoing.of(input, init);
    // Who brings credentials of their own means them.
    if (!origins.has(request.origin) || request.headers.has("authorization"))
      return request.sendWith(fetch, request.redirect);
    for (let redirects = 0; ; redirects++) {
      const response = await this.#sendWithToken(request);
      const target =
        request.redirect === "follow"
          ? redirectTarget(response, request.url)
          : null;
      if (target === null) return response;
      if (redirects === MAX_REDIRECTS)
        throw new TypeError(`expected at most ${MAX_REDIRECTS} redirects`);
      const next = request.redirectedTo(target, response.status);
      // A body that was a stream is gone: whoever sent it sees the redirect.
      if (!next) return response;
      response.body?.cancel().catch(() => {});
      // Threat: an open redirect hands the token to a stranger. Beyond the origin the request goes on without it, for good.
      if (next.origin !== request.origin)
        return next.withoutCredentials().sendWith(fetch, "follow");
      request = next;
    }
  }

  async #sendWithToken(request: Outgoing): Promise<Response> {
    let token = await this.#presenter.token();
    let mayRenew = true;
    let mayUseNonce = true;
    for (;;) {
      const { response, isNewNonce } = await this.#present(request, token);
      if (response.status !== 401 && response.status !== 403) return response;
      const refusal = readRefusal(response, token.type);
      if (refusal === "step_up") throw stepUp(response);
      if (!request.isRepeatable || response.status !== 401) return response;
      if (refusal === "use_dpop_nonce" && isNewNonce && mayUseNonce)
        mayUseNonce = false;
      else if (refusal === "invalid_token" && mayRenew) {
        mayRenew = false;
        const renewed = await this.#presenter.renewRefused(token);
        if (!renewed) return response;
        token = renewed;
      } else return response;
      response.body?.cancel().catch(() => {});
    }
  }

  /** What presents the token to this request, and to no other. */
  async headers(
    token: Token,
    { method, url, nonce }: Presented,
  ): Promise<Readonly<Record<string, string>>> {
    const authorization = `${token.type} ${token.value}`;
    const prover =
      token.type === "DPoP" ? await this.#presenter.prover() : null;
    if (!prover) return { authorization };
    const { clock, issuerOrigin } = this.#settings;
    const proof = await prover.proof({
      method,
      url,
      accessToken: token.value,
      now: clock.now(new URL(url).origin, issuerOrigin),
      ...(nonce !== undefined && { nonce }),
    });
    return { authorization, dpop: proof };
  }

  async #present(
    request: Outgoing,
    token: Token,
  ): Promise<{ readonly response: Response; readonly isNewNonce: boolean }> {
    const { fetch, clock } = this.#settings;
    const headers = await this.headers(token, request);
    const sentAt = clock.local();
    const response = await request
      .withHeaders(headers)
      .sendWith(fetch, request.redirect === "error" ? "error" : "manual");
    clock.observe(request.origin, response.headers, sentAt);
    const prover =
      token.type === "DPoP" ? await this.#presenter.prover() : null;
    return {
      response,
      isNewNonce: prover?.observe(request.origin, response.headers) ?? false,
    };
  }
}

function redirectTarget(response: Response, url: string): URL | null {
  if (response.type === "opaqueredirect")
    throw new TokenError("redirect_hidden", {
      expected: "an answer",
      found:
        "a redirect, whose target this platform does not show; call the final address",
    });
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.get("location");
  return location !== null && URL.canParse(location, url)
    ? new URL(location, url)
    : null;
}

type Refusal = "invalid_token" | "use_dpop_nonce" | "step_up" | "other";

function readRefusal(
  { status, headers }: Response,
  type: Token["type"],
): Refusal {
  const ours = readChallenges(headers.get("www-authenticate")).filter(
    ({ scheme }) => scheme === "bearer" || scheme === "dpop",
  );
  const errors = ours
    .filter(({ scheme }) => scheme === type.toLowerCase() || ours.length === 1)
    .map(({ parameters }) => parameters.get("error"));
  if (status === 403)
    return errors.includes("insufficient_scope") ? "step_up" : "other";
  if (errors.includes("insufficient_user_authentication")) return "step_up";
  if (errors.includes("use_dpop_nonce")) return "use_dpop_nonce";
  return errors.includes("invalid_token") ? "invalid_token" : "other";
}

const STEP_UP: ReadonlySet<string> = new Set([
  "insufficient_scope",
  "insufficient_user_authentication",
]);

function stepUp(response: Response): StepUpRequired {
  const challenges = readChallenges(response.headers.get("www-authenticate"));
  const parameters = challenges.find(({ parameters: found }) =>
    STEP_UP.has(found.get("error") ?? ""),
  )?.parameters;
  const words = (name: string): readonly string[] =>
    (parameters?.get(name) ?? "").split(" ").filter((word) => word !== "");
  const maxAge = parameters?.get("max_age");
  return new StepUpRequired(
    {
      scopes: words("scope"),
      acrValues: words("acr_values"),
      maxAge:
        maxAge !== undefined && /^\d{1,9}$/.test(maxAge)
          ? Number(maxAge)
          : null,
      resourceMetadata: parameters?.get("resource_metadata") ?? null,
    },
    response,
  );
}
