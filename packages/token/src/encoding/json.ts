/**
 * Strict JSON objects for headers and payloads. JSON.parse is the parser; one pass over the text before it counts members
 * and depth, because JSON.parse would silently keep the last of two equal members (RFC 7515 section 4: refuse; two parsers
 * that disagree on `{"alg":"none","alg":"HS256"}` are an attack) and recurse without bound.
 */
import type { ObjectProblem } from "../reasons.ts";

export type JsonObject = Record<string, unknown>;
export type ParsedObject =
  | { readonly value: JsonObject }
  | { readonly problem: ObjectProblem; readonly member: string | null }
  | { readonly depth: number };

const QUOTE = 34;
const BACKSLASH = 92;

/** Reads one JSON object. `{depth}` is the answer when it is nested deeper than `maxDepth`. Never throws. */
export function parseJsonObject(text: string, maxDepth: number): ParsedObject {
  let members = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      i = endOfString(text, i);
      if (i < 0) return notJson(text);
    } else if (c === 58 /* : */) members++;
    else if (c === 123 /* { */ || c === 91 /* [ */) {
      if (++depth > maxDepth) return { depth };
    } else if (c === 125 /* } */ || c === 93 /* ] */) depth--;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return notJson(text);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problem: "not_object", member: null };
  if (countMembers(value) !== members)
    return { problem: "duplicate_member", member: firstDuplicate(text) };
  // The text is valid UTF-8 already; only an escape can still smuggle a lone surrogate in (RFC 8259 section 8.2).
  if (text.includes("\\u") && !isWellFormed(value))
    return { problem: "lone_surrogate", member: null };
  return { value: value as JsonObject };
}

/** The index of the closing quote, or -1. Jumps from quote to quote: strings are most of a token. */
function endOfString(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH) {
    let slashes = 1;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function notJson(text: string): ParsedObject {
  if (text === "") return { problem: "empty", member: null };
  return {
    problem: text.charCodeAt(0) === 0xfeff ? "byte_order_mark" : "not_json",
    member: null,
  };
}

/** JSON.parse makes own members only; a name that somebody added to Object.prototype would count too, and refuse the token. */
function countMembers(value: object): number {
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value)
      if (typeof item === "object" && item !== null)
        count += countMembers(item);
    return count;
  }
  for (const name in value) {
    count++;
    const item = (value as JsonObject)[name];
    if (typeof item === "object" && item !== null) count += countMembers(item);
  }
  return count;
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(
    ([name, item]) => name.isWellFormed() && isWellFormed(item),
  );
}

/** The first name that stands twice in one object; the text is valid JSON. Only ever run on a refused text. */
function firstDuplicate(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  let name: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      const end = endOfString(text, i);
      name = JSON.parse(text.slice(i, end + 1)) as string;
      i = end;
    } else if (c === 123) open.push(new Set());
    else if (c === 91) open.push(null);
    else if (c === 125 || c === 93) open.pop();
    else if (c === 58 && name !== null) {
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return null;
}
