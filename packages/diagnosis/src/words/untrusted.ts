/**
 * The only way from a stranger's text into a sentence. Threat: a claim, a header or a URL that moves the cursor, recolours the
 * terminal, turns the direction of writing round, forges a line of its own, or carries a whole token or secret into a log.
 */

/** Longest text that a sentence repeats, in characters. */
const LONGEST = 120;

/**
 * C0, DEL and C1 (ESC and CSI among them), soft hyphen and other invisible signs, direction overrides and isolates, line and
 * paragraph separators, tag characters, lone surrogates.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u3164\uFFA0\u{E0000}-\u{E0FFF}]/gu;

/** A compact JWS or JWE, or the first two parts of one. */
const TOKEN = /\b[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){1,3}/g;
const PEM = /-----BEGIN [^-]{1,60}-----[^]*?(?:-----END [^-]{1,60}-----|$)/g;

/** Text of a stranger, made safe to show: escaped, without whole tokens or keys, and cut at 120 characters. */
export function untrusted(value: unknown): string {
  const text = typeof value === "string" ? value : asText(value);
  const bounded = text.length > 4 * LONGEST ? text.slice(0, 4 * LONGEST) : text;
  const bare = bounded
    .replace(PEM, "[PEM]")
    .replace(TOKEN, (found) =>
      isToken(found) ? `${found.slice(0, 8)}…` : found,
    );
  const shown = visible(bare);
  if (shown.length <= LONGEST && bounded.length === text.length) return shown;
  return `${shown.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The same, in quotation marks: a value as it was found. */
export function quoted(value: unknown): string {
  return `“${untrusted(value)}”`;
}

/** A value by its JSON type: text in quotation marks, all else as it is, so that true and “true” are told apart. */
export function typed(value: unknown): string {
  return typeof value === "string" ? quoted(value) : untrusted(value);
}

/** Words that a detector chose, made safe: "the claim token_use"; a single code such as `trailing_bits` gets its blanks. */
export function phrase(words: string): string {
  const text = words.trim();
  return untrusted(
    /^[a-z]+(_[a-z]+)+$/.test(text) ? text.replaceAll("_", " ") : text,
  ).replace(/\.$/, "");
}

/** Writes what a terminal could obey, or an eye overlook, as \u{…}. Does not cut. */
export function visible(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** JSON that a terminal can take: what `UNSAFE` names is written as escapes, so that the value stays the same. */
export function safeJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(UNSAFE, (character) =>
    character === "\n"
      ? character
      : Array.from(
          { length: character.length },
          (_, i) =>
            `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
        ).join(""),
  );
}

/** A name with dots, such as a host or a Java class, is no token: a token's first part is base64url of a JSON object. */
const isToken = (text: string): boolean => text.startsWith("ey");

function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}
