/** The keys field: a JWK Set, a JWK, a PEM, a certificate or a shared secret, told apart by their look unless somebody says which. */
import type { InquiryPolicy, Jwks } from "@assay/diagnosis";
import { classifyKeyText, exportKey, importKey } from "@assay/token";
import type { Texts } from "../../language/english.ts";
import type { Expectations } from "./expectations.ts";

export type KeysAre = "keys" | "publicKey" | "certificate" | "secret";

export interface KeysRead {
  readonly policy: Pick<
    InquiryPolicy,
    "keys" | "publicKey" | "secret" | "secretEncoding"
  >;
  /** What the text was taken for; null when there is none. */
  readonly are: KeysAre | null;
  /** The same in words. */
  readonly words: string | null;
  readonly problem: string | null;
}

type Words = Texts["expect"];

const NONE: KeysRead = { policy: {}, are: null, words: null, problem: null };

export function readKeys(
  { keys: text, keysAre, secretEncoding }: Expectations,
  words: Words,
): KeysRead {
  if (text === "") return NONE;
  const are = keysAre === "" ? lookOf(text) : keysAre;
  switch (are) {
    case "keys":
      return readJwks(text, words);
    case "publicKey":
      return read(are, { publicKey: text }, words.publicKey);
    case "certificate":
      return readCertificate(text, words);
    case "secret":
      return read(
        are,
        { secret: text, secretEncoding },
        words.secretOf(text.length),
      );
  }
}

const read = (
  are: KeysAre,
  policy: KeysRead["policy"],
  words: string,
): KeysRead => ({ policy, are, words, problem: null });

const refused = (are: KeysAre, problem: string): KeysRead => ({
  policy: {},
  are,
  words: null,
  problem,
});

function lookOf(text: string): KeysAre {
  if (text.trimStart().startsWith("{")) return "keys";
  const form = classifyKeyText(text);
  if (form === "certificate") return "certificate";
  // What looks like no key at all is what a secret looks like.
  return form === "unknown" ? "secret" : "publicKey";
}

/** The key out of the certificate. Whether to trust the certificate is not judged. */
function readCertificate(text: string, words: Words): KeysRead {
  try {
    const key = exportKey(importKey(text), { secret: false });
    return read("certificate", { keys: { keys: [key] } }, words.certificate);
  } catch {
    return refused("certificate", words.noCertificate);
  }
}

function readJwks(text: string, words: Words): KeysRead {
  const no = (found: string): KeysRead =>
    refused("keys", words.noJwkSet(found));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no(words.noJson);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return no(words.otherJson);
  const set = value as Partial<Jwks> & Readonly<Record<string, unknown>>;
  const keys = Array.isArray(set.keys)
    ? (set.keys as Jwks["keys"])
    : typeof set["kty"] === "string"
      ? [set]
      : null;
  if (keys === null) return no(words.otherObject);
  if (keys.some((key) => typeof key !== "object" || key === null))
    return no(words.noObject);
  return read("keys", { keys: { keys } }, words.jwkSet(keys.length));
}
