/** An access token as it is handed out. */
import type { TokenSet } from "./token-set.ts";

/** Its text is in no inspection, JSON or template: only `value` gives it. Threat: a token in a log. */
export class Token {
  readonly #value: string;
  /** How it is presented (RFC 6750, RFC 9449 section 7.1). */
  readonly type: "Bearer" | "DPoP";
  /** Milliseconds since the epoch by the server's clock; null: the server did not say. */
  readonly expiresAt: number | null;
  /** What was granted; null: the server did not say. */
  readonly scopes: readonly string[] | null;

  constructor({
    accessToken,
    type,
    expiresAt,
    scopes,
  }: Pick<TokenSet, "accessToken" | "type" | "expiresAt" | "scopes">) {
    this.#value = accessToken;
    this.type = type;
    this.expiresAt = expiresAt;
    this.scopes = scopes;
  }

  get value(): string {
    return this.#value;
  }

  toString(): string {
    return `${this.type} token`;
  }
}
