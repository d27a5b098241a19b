/**
 * Judges a token that is no JWT by what its issuer says of it, in the same steps as any other: the answer is put under a key of this
 * process alone, so that one engine judges both kinds.
 */
import {
  createVerifier,
  finding,
  generateKey,
  judgeProof,
  keySetOf,
  sign,
  type Claims,
  type Finding,
  type Key,
  type MaybePromise,
  type Policy,
  type Step,
  type Verdict,
  type Verifier,
} from "@assay/token";
import type { Arrival } from "./arrival.ts";
import type { Scheme } from "./extract.ts";
import type { Introspector } from "./introspect.ts";
import { PortFailure } from "./port-failure.ts";

export interface OpaqueCase {
  readonly arrival: Arrival;
  readonly url: string;
  readonly scheme: Scheme;
  readonly token: string;
  readonly thumbprint: string | undefined;
}

/** A JWS or JWE has two or four dots, and begins with an object in base64url. */
export const isOpaque = (token: string): boolean =>
  !(
    /^e[wy]/.test(token) &&
    /^(?:[^.]*\.){2}(?:(?:[^.]*\.){2})?[^.]*$/.test(token)
  );

export class IntrospectedVerifier<C> {
  readonly #introspector: Introspector;
  readonly #policy: Policy<C>;
  readonly #bound: Policy<C> | null;
  #ready: Promise<{
    readonly key: Key;
    readonly bearer: Verifier<C>;
    readonly proven: Verifier<C>;
  }> | null = null;

  /** `bound`: the policy for the scheme DPoP, where that is offered. */
  constructor(
    introspector: Introspector,
    policy: Policy<C>,
    bound: Policy<C> | null,
  ) {
    this.#introspector = introspector;
    this.#policy = policy;
    this.#bound = bound;
  }

  /** Rejects with PortFailure when the issuer cannot be asked. */
  async verify({
    arrival,
    url,
    scheme,
    token,
    thumbprint,
  }: OpaqueCase): Promise<Verdict<C>> {
    const said = await this.#ask(token);
    if (said === null)
      return rejected(
        "revocation",
        finding("revocation.token", { at: null, event: "inactive", by: null }),
      );
    this.#ready ??= this.#prepare();
    const { key, bearer, proven } = await this.#ready;
    const bound = scheme === "DPoP" ? this.#bound : null;
    const claims = this.#completed(said);
    const { jkt, ...confirmation } = (claims["cnf"] ?? {}) as { jkt?: unknown };
    // The proof names the token that was sent; it is judged below.
    const judged = bound ? { ...claims, cnf: confirmation } : claims;
    const jwt = await sign(judged, key).catch((error: unknown) => {
      throw new PortFailure(
        "introspection",
        "introspection: a claim of a wrong type",
        error,
      );
    });
    const verdict = await (bound ? proven : bearer).verify({
      token: jwt,
      ...(thumbprint !== undefined && { certificateThumbprint: thumbprint }),
    });
    if (verdict.outcome !== "accepted") return verdict;
    const [wrong] = bound
      ? await judgeSent(arrival, url, token, jkt, bound)
      : [];
    if (wrong) return rejected("binding", wrong);
    // It has no header of its own.
    return {
      outcome: "accepted",
      token: {
        ...verdict.token,
        header: { alg: "introspection" },
        claims: {
          ...verdict.token.claims,
          ...(bound && { cnf: claims["cnf"] }),
        },
      },
    };
  }

  async #ask(token: string): Promise<Claims | null> {
    try {
      return await this.#introspector.introspect(token);
    } catch (error) {
      throw error instanceof PortFailure
        ? error
        : new PortFailure("introspection", "introspection failed", error);
    }
  }

  /** iss is optional in an answer (RFC 7662 section 2.2); with one issuer it is clear whose it is. */
  #completed(said: Claims): Claims {
    const { issuer } = this.#policy;
    const [only, ...others] =
      typeof issuer === "string" ? [issuer] : (issuer ?? []);
    return said.iss === undefined && only !== undefined && others.length === 0
      ? { ...said, iss: only }
      : said;
  }

  async #prepare(): Promise<{
    key: Key;
    bearer: Verifier<C>;
    proven: Verifier<C>;
  }> {
    const key = await generateKey("HS256");
    // The issuer has just said that it is good; and it says exp only where there is one.
    const { revocation: _, ...asked } = this.#policy;
    const policy: Policy<C> = {
      ...asked,
      kind: "any",
      algorithms: ["HS256"],
      keys: keySetOf(key),
    };
    const { binding } = policy;
    return {
      key,
      bearer: createVerifier(policy),
      proven: createVerifier({
        ...policy,
        binding: binding === "mtls" ? "mtls" : "none",
      }),
    };
  }
}

/** The engine has another token before it than the one that was sent, and that the proof names. */
function judgeSent(
  arrival: Arrival,
  url: string,
  accessToken: string,
  jkt: unknown,
  policy: Policy<unknown>,
): MaybePromise<readonly Finding[]> {
  const sent = arrival.values("dpop") ?? [];
  return judgeProof(
    {
      proofs: typeof sent === "string" ? [sent] : sent,
      method: arrival.method,
      url,
      accessToken,
      now: (policy.clock ?? Date.now)() / 1000,
    },
    jkt,
    policy,
  );
}

const rejected = <C>(step: Step, found: Finding): Verdict<C> => ({
  outcome: "rejected",
  step,
  ...found,
});
