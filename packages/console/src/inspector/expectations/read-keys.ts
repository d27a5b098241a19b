/** The keys field: a JWK Set, a JWK, a PEM or a shared secret, told apart by their look unless somebody says which. */
import type { InquiryPolicy, Jwks, SecretEncoding } from "@assay/diagnosis";
import { classifyKeyText } from "@assay/token";

export interface KeysRead {
  readonly policy: Pick<
    InquiryPolicy,
    "keys" | "publicKey" | "secret" | "secretEncoding"
  >;
  /** What the text was taken for; null when there is none. */
  readonly are: "keys" | "publicKey" | "secret" | null;
  /** The same in words. */
  readonly words: string | null;
  readonly problem: string | null;
}

const NONE: KeysRead = { policy: {}, are: null, words: null, problem: null };

export function readKeys(
  text: string,
  said: "" | "keys" | "publicKey" | "secret",
  secretEncoding: SecretEncoding,
): KeysRead {
  if (text === "") return NONE;
  const are = said === "" ? lookOf(text) : said;
  switch (are) {
    case "keys":
      return readJwks(text);
    case "publicKey":
      return {
        policy: { publicKey: text },
        are,
        words: "a public key",
        problem: null,
      };
    case "secret":
      return {
        policy: { secret: text, secretEncoding },
        are,
        words: `a shared secret of ${text.length} ${text.length === 1 ? "character" : "characters"}`,
        problem: null,
      };
  }
}

function lookOf(text: string): "keys" | "publicKey" | "secret" {
  if (text.trimStart().startsWith("{")) return "keys";
  // What looks like no key at all is what a secret looks like.
  return classifyKeyText(text) === "unknown" ? "secret" : "publicKey";
}

function readJwks(text: string): KeysRead {
  const refused = (found: string): KeysRead => ({
    policy: {},
    are: "keys",
    words: null,
    problem: `Expected a JWK Set, {"keys": […]}, or one JWK; found ${found}.`,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("text that is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refused("other JSON");
  const set = value as Partial<Jwks> & Readonly<Record<string, unknown>>;
  const keys = Array.isArray(set.keys)
    ? (set.keys as Jwks["keys"])
    : typeof set["kty"] === "string"
      ? [set]
      : null;
  if (keys === null) return refused("another JSON object");
  if (keys.some((key) => typeof key !== "object" || key === null))
    return refused("a key that is no object");
  const words =
    keys.length === 1
      ? "a JWK Set of 1 key"
      : `a JWK Set of ${keys.length} keys`;
  return { policy: { keys: { keys } }, are: "keys", words, problem: null };
}
