import type { Handle, Jwk } from "../crypto/platform.ts";

/** Why a key may not be used at all, whatever the algorithm. `detail` says it for people. */
export interface KeyProblem {
  readonly problem:
    | "too_small"
    | "too_large"
    | "exponent"
    | "weak"
    | "not_on_curve"
    | "member"
    | "private"
    | "unreadable"
    | "unsupported";
  readonly detail: string;
}

/**
 * One key, read and checked: type, sizes and what its owner allows it for. A key that may not be used carries its `problem`
 * and is never handed to the platform. Secret material lies in a private field and is in no text, JSON or inspection of it.
 */
export class Key {
  /** One of `KeyType`, or what else a set holds. */
  readonly kty: string;
  readonly kid: string | null;
  readonly alg: string | null;
  readonly use: string | null;
  readonly keyOps: readonly string[] | null;
  readonly crv: string | null;
  /** Size in bits of the modulus, the curve or the secret. */
  readonly bits: number;
  readonly isPrivate: boolean;
  /** Certificate thumbprints (RFC 7517 section 4.8), where the JWK has them. */
  readonly x5t: string | null;
  readonly x5tS256: string | null;
  readonly #jwk: Jwk;
  #problem: KeyProblem | null | (() => KeyProblem | null);
  /** What the platform imported, by algorithm. */
  readonly handles: Map<string, Handle | Promise<Handle>> = new Map();

  /** A problem that is dear to find is a function: it is asked once, when somebody wants to use the key. A set may hold hundreds. */
  constructor(
    jwk: Jwk,
    facts: {
      readonly bits: number;
      readonly isPrivate: boolean;
      readonly problem: KeyProblem | null | (() => KeyProblem | null);
    },
  ) {
    const text = (member: string): string | null =>
      typeof jwk[member] === "string" ? jwk[member] : null;
    this.#jwk = jwk;
    this.kty = text("kty") ?? "";
    this.kid = text("kid");
    this.alg = text("alg");
    this.use = text("use");
    this.crv = text("crv");
    this.x5t = text("x5t");
    this.x5tS256 = text("x5t#S256");
    const ops = jwk["key_ops"];
    this.keyOps = Array.isArray(ops)
      ? ops.filter((op): op is string => typeof op === "string")
      : null;
    this.bits = facts.bits;
    this.isPrivate = facts.isPrivate;
    this.#problem = facts.problem;
  }

  /** Why the key may not be used; null: nothing is wrong with it. */
  get problem(): KeyProblem | null {
    if (typeof this.#problem === "function") this.#problem = this.#problem();
    return this.#problem;
  }

  /** The JWK with every member, secret ones too: for the platform's import and for `exportKey`. */
  reveal(): Jwk {
    return this.#jwk;
  }

  toJSON(): object {
    return {
      kty: this.kty,
      kid: this.kid,
      alg: this.alg,
      crv: this.crv,
      bits: this.bits,
    };
  }
}
