/** Asks an issuer about a token that is no JWT (RFC 7662), and takes signed answers (RFC 9701) where they are demanded. */
import {
  createVerifier,
  platform,
  type Claims,
  type KeySource,
  type MaybePromise,
  type Verifier,
} from "@assay/token";
import { basicAuthorization } from "./basic-authorization.ts";
import {
  boundedFetch,
  checkEndpoint,
  type GuardFetch,
} from "./bounded-fetch.ts";
import { PortFailure } from "./port-failure.ts";

/** The port: the claims of an active token, null for one that is not active. Rejects when the issuer cannot be asked. */
export interface Introspector {
  introspect(token: string): MaybePromise<Claims | null>;
}

export interface IntrospectionOptions {
  readonly endpoint: string;
  /** This API's own name at the issuer. */
  readonly clientId: string;
  /** For HTTP Basic (RFC 6749 section 2.3.1). */
  readonly clientSecret?: string;
  /** Or the Authorization header of each call, such as a token of this API's own. */
  readonly authorization?: () => MaybePromise<string>;
  /** Demand a signed answer (RFC 9701): whose, and by which keys. */
  readonly signed?: { readonly issuer: string; readonly keys: KeySource };
  /** How long an answer is kept, in seconds; never past the token's exp. A token that is revoked passes for so long. Default 10; 0: not at all. */
  readonly keepFor?: number;
  /** Answers that are kept. Default 10,000. */
  readonly maxEntries?: number;
  /** Milliseconds. Default 3000. */
  readonly timeout?: number;
  readonly fetch?: GuardFetch;
  /** Milliseconds since the epoch. Default Date.now. */
  readonly clock?: () => number;
}

interface Entry {
  readonly claims: Claims | null;
  /** Seconds since the epoch. */
  readonly until: number;
}

const SIGNED = "application/token-introspection+jwt";
const LONGEST_TOKEN = 8192;

/** Throws TypeError for an endpoint that is not https. */
export function introspection(options: IntrospectionOptions): Introspector {
  checkEndpoint("endpoint", options.endpoint);
  return new Introspection(options);
}

class Introspection implements Introspector {
  readonly #options: IntrospectionOptions;
  readonly #clock: () => number;
  readonly #kept = new Map<string, Entry>();
  readonly #flights = new Map<string, Promise<Claims | null>>();
  readonly #verifier: Verifier | null;

  constructor(options: IntrospectionOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
    this.#verifier = options.signed
      ? createVerifier({
          kind: "any",
          issuer: options.signed.issuer,
          audience: options.clientId,
          keys: options.signed.keys,
          requiredClaims: ["iat", "token_introspection"],
          clock: this.#clock,
        })
      : null;
  }

  async introspect(token: string): Promise<Claims | null> {
    if (token.length > LONGEST_TOKEN) return null;
    const form = new URLSearchParams({
      token,
      token_type_hint: "access_token",
    }).toString();
    // The key is all that is asked, under a digest: the memory holds no token.
    const id = platform.encodeBase64url(await platform.digest("sha256", form));
    const kept = this.#kept.get(id);
    if (kept && this.#now() < kept.until) return kept.claims;
    let flight = this.#flights.get(id);
    if (!flight) {
      flight = this.#ask(form).finally(() => this.#flights.delete(id));
      this.#flights.set(id, flight);
    }
    const claims = await flight;
    this.#keep(id, claims);
    return claims;
  }

  async #ask(body: string): Promise<Claims | null> {
    const { endpoint, timeout = 3000, fetch } = this.#options;
    const answer = await boundedFetch(
      {
        url: endpoint,
        method: "POST",
        headers: {
          accept: this.#verifier ? SIGNED : "application/json",
          "content-type": "application/x-www-form-urlencoded",
          authorization: await this.#authorization(),
        },
        body,
      },
      {
        fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
        timeout,
        maxBytes: 65_536,
      },
    );
    if ("failure" in answer) throw failure(answer.failure);
    const { mediaType, text } = answer;
    if (this.#verifier)
      return readAnswer(
        await this.#openSigned(this.#verifier, mediaType, text),
      );
    if (mediaType !== "application/json")
      throw failure("an answer that is not JSON");
    return readAnswer(parse(text));
  }

  /** Another kind of JWT of the same issuer must not pass for an answer (RFC 9701 section 8.1). */
  async #openSigned(
    verifier: Verifier,
    mediaType: string,
    text: string,
  ): Promise<unknown> {
    if (mediaType !== SIGNED) throw failure("an answer that is not signed");
    const verdict = await verifier.verify(text.trim());
    if (verdict.outcome !== "accepted")
      throw failure(`the signed answer was refused: ${verdict.reason}`);
    const { header, claims } = verdict.token;
    if (header.typ?.toLowerCase() !== "token-introspection+jwt")
      throw failure("a signed answer of another type");
    return claims["token_introspection"];
  }

  async #authorization(): Promise<string> {
    const { authorization, clientId, clientSecret } = this.#options;
    if (authorization) return authorization();
    return basicAuthorization(clientId, clientSecret ?? "");
  }

  #keep(id: string, claims: Claims | null): void {
    const { keepFor = 10, maxEntries = 10_000 } = this.#options;
    const now = this.#now();
    const until = Math.min(
      now + keepFor,
      claims?.exp ?? Number.POSITIVE_INFINITY,
    );
    if (until <= now) return;
    this.#kept.delete(id);
    this.#kept.set(id, { claims, until });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxEntries) break;
      this.#kept.delete(oldest);
    }
  }

  #now(): number {
    return this.#clock() / 1000;
  }
}

const failure = (problem: string): PortFailure =>
  new PortFailure("introspection", `introspection: ${problem}`);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failure("an answer that is not JSON");
  }
}

/** Section 2.2: `active` decides, and nothing that only looks like true does. */
function readAnswer(answer: unknown): Claims | null {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    throw failure("an answer that is no object");
  const { active, ...claims } = answer as Record<string, unknown>;
  if (typeof active !== "boolean") throw failure("an answer without active");
  return active ? claims : null;
}
