/**
 * The engine's and the detectors' fixed English words, in German. What is not known here, such as a server's own words, stays as it is
 * and is made safe.
 */
import { phrase as untranslated, untrusted } from "../untrusted.ts";
import { quoted } from "./lists.ts";
import { OF_AWS } from "./phrases-aws.ts";
import { OF_CLAIMS } from "./phrases-claims.ts";
import { OF_FETCHING } from "./phrases-fetching.ts";
import { OF_FORMS, VENDOR_KINDS, VENDORS } from "./phrases-forms.ts";
import { OF_HEARD } from "./phrases-heard.ts";
import { OF_KEY_DETAILS } from "./phrases-key-details.ts";
import { OF_KEYS } from "./phrases-keys.ts";
import { OF_OAUTH } from "./phrases-oauth.ts";
import { OF_SECRETS } from "./phrases-secrets.ts";
import { OF_SIGNATURES } from "./phrases-signature.ts";
import { OF_TOKENS } from "./phrases-token.ts";
import { OF_THE_WAY } from "./phrases-way.ts";
import { KEY_PATTERNS } from "./phrase-patterns-key.ts";
import { PHRASE_PATTERNS } from "./phrase-patterns.ts";
import { figure } from "./time.ts";

/** No phrase of ours is longer, in characters. */
const LONGEST = 480;

const FIXED: ReadonlyMap<string, string> = new Map(
  [
    OF_TOKENS,
    OF_FORMS,
    OF_SECRETS,
    OF_KEYS,
    OF_KEY_DETAILS,
    OF_SIGNATURES,
    OF_CLAIMS,
    OF_FETCHING,
    OF_THE_WAY,
    OF_OAUTH,
    OF_AWS,
    OF_HEARD,
  ].flatMap((table) => Object.entries(table)),
);
const PATTERNS = [...PHRASE_PATTERNS, ...KEY_PATTERNS];

/** Names that are the same in every language: codes of errors, types and sizes of keys, algorithms, signs. */
const NAME =
  /^(?:[A-Z][A-Z0-9_]+|(?:RSA|EC|OKP|AKP|oct)(?: [\w-]+)?|[A-Z]{2}\d{1,3}(?: \(SHA-1\))?|EdDSA|Ed25519|Ed448|U\+[0-9A-F]+|[^\p{L}]*\p{L}?[^\p{L}]*)$/u;

/** Our words, in German; what is not ours is made safe and stays as it is. */
export function phrase(text: string): string {
  return translated(text) ?? untranslated(text);
}

/** The same for a list in which names of strangers stand beside our words: a single word is a name. */
export function nameOrPhrase(text: string): string {
  return text.includes(" ") ? phrase(text) : untrusted(text);
}

/** A value in quotation marks, but for our own words in the place of one. */
export function quotedUnlessOurs(text: string): string {
  return (text.includes(" ") ? translated(text) : null) ?? quoted(text);
}

/** For the tests: whether German has this phrase, or needs none for it. */
export function knowsPhrase(text: string): boolean {
  return translated(text) !== null || NAME.test(text);
}

function translated(text: string): string | null {
  if (text.length > LONGEST || text.includes("-----BEGIN")) return null;
  return FIXED.get(text) ?? patterned(text) ?? ofVendor(text) ?? listed(text);
}

function patterned(text: string): string | null {
  for (const [pattern, german] of PATTERNS) {
    const found = pattern.exec(text);
    if (found)
      return german.replace(
        /\{(\d)(?::([np]))?\}/g,
        (_, at: string, how?: string) =>
          put(found[Number(at)] ?? "", how === "n" || how === "p" ? how : null),
      );
  }
  return null;
}

function put(text: string, how: "n" | "p" | null): string {
  if (how === "p") return phrase(text);
  return how === "n" && /^\d{1,15}$/.test(text)
    ? figure(Number(text))
    : untrusted(text);
}

/** "API-Schlüssel von Stripe". */
function ofVendor(text: string): string | null {
  const vendor = VENDORS.find((name) => text.startsWith(`${name} `));
  const kind = vendor && VENDOR_KINDS[text.slice(vendor.length + 1)];
  return kind ? `${kind} von ${vendor}` : null;
}

/** Several phrases in one text; all of them are known, or none is taken for ours. */
function listed(text: string): string | null {
  for (const separator of [", ", "; "]) {
    const parts = text.split(separator);
    const known = parts.map((part) =>
      parts.length > 1 ? translated(part) : null,
    );
    if (known.every((part) => part !== null)) return known.join(separator);
  }
  return null;
}
