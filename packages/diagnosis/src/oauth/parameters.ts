/** The parameters of a request to an OAuth endpoint, read leniently: from the form, the address, JSON or multipart, with where each stood. */
import { headerValues } from "@assay/token";
import type { RequestSeen } from "../inquiry.ts";

export type BodyForm = "form" | "json" | "multipart" | "other" | "none";

export interface Parameters {
  readonly body: BodyForm;
  /** The media type as the header names it, in lower case, without its parameters; null: no such header. */
  readonly mediaType: string | null;
  readonly inBody: ReadonlyMap<string, readonly string[]>;
  readonly inQuery: ReadonlyMap<string, readonly string[]>;
  /** The first value, of the body before the address. */
  get(name: string): string | null;
  has(name: string): boolean;
}

/** A body is read no further than this, in characters. */
const LONGEST = 70_000;
/** More parameters than this no request has. */
const MOST = 200;

export function readParameters(request: RequestSeen): Parameters {
  const type = headerValues(
    { headers: request.headers ?? {} },
    "content-type",
  )[0];
  const mediaType = type?.split(";", 1)[0]?.trim().toLowerCase() || null;
  const text = (request.body ?? "").slice(0, LONGEST);
  const body = formOf(text, mediaType);
  const inBody = readBody(text, body, type ?? "");
  const inQuery = pairsOf(queryOf(request.url ?? ""));
  const get = (name: string): string | null =>
    inBody.get(name)?.[0] ?? inQuery.get(name)?.[0] ?? null;
  return {
    body,
    mediaType,
    inBody,
    inQuery,
    get,
    has: (name) => get(name) !== null,
  };
}

function formOf(text: string, mediaType: string | null): BodyForm {
  const start = text.trimStart();
  if (start === "") return "none";
  if (start.startsWith("{")) return "json";
  if (start.startsWith("--") || mediaType === "multipart/form-data")
    return "multipart";
  return /^[\w.~%+-]{1,100}=/.test(start) ? "form" : "other";
}

function readBody(
  text: string,
  form: BodyForm,
  type: string,
): ReadonlyMap<string, readonly string[]> {
  switch (form) {
    case "form":
      return pairsOf(text.trim());
    case "json":
      return membersOf(text);
    case "multipart":
      return partsOf(text, type);
    case "other":
    case "none":
      return new Map();
  }
}

export function pairsOf(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (count++ >= MOST) break;
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

const queryOf = (url: string): string => {
  const address = url.split("#", 1)[0] ?? "";
  const mark = address.indexOf("?");
  return mark < 0 ? "" : address.slice(mark + 1);
};

function membersOf(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    for (const [name, member] of Object.entries(value).slice(0, MOST))
      if (member !== null && member !== undefined)
        found.set(name, [
          typeof member === "string" ? member : JSON.stringify(member),
        ]);
  } catch {
    // What cannot be parsed has no parameters.
  }
  return found;
}

/** The fields of multipart/form-data (RFC 7578 section 4.2), as far as their values are short texts. */
function partsOf(text: string, type: string): Map<string, string[]> {
  const boundary =
    /boundary="?([^";\s]{1,70})/i.exec(type)?.[1] ??
    /^\s*--([^\r\n]{1,70})/.exec(text)?.[1];
  const found = new Map<string, string[]>();
  if (boundary === undefined) return found;
  for (const part of text.split(`--${boundary}`, MOST)) {
    const name = /\bname="([^"\r\n]{1,80})"/i.exec(part.slice(0, 400))?.[1];
    const start = part.search(/\r?\n\r?\n/);
    if (name !== undefined && start >= 0)
      found.set(name, [part.slice(start).trim()]);
  }
  return found;
}
