/**
 * The parameters of a request: of a form (RFC 6749 section 3.2) or of the query of the authorization endpoint (section 3.1). An empty value
 * counts as absent, and no parameter may stand there twice but those that may (RFC 8707 section 2, RFC 8693 section 2.1).
 */
import type { Incoming } from "../incoming.ts";
import { OAuthError } from "../errors.ts";

/** Longest body, in bytes. */
export const LONGEST_FORM: number = 64 * 1024;

const FORM = "application/x-www-form-urlencoded";
const MANY: ReadonlySet<string> = new Set(["resource", "audience"]);
/** Threat: what stands in an address is written into the logs of every server and proxy on the way (RFC 6749 section 2.3.1). */
const NEVER_IN_QUERY = [
  "client_secret",
  "client_assertion",
  "code",
  "code_verifier",
  "refresh_token",
  "assertion",
  "subject_token",
  "actor_token",
  "token",
  "password",
];

/** Faults of a request's form, as the cause oauth.request_format tells them. */
export type FormFault =
  | "json"
  | "multipart"
  | "media_type"
  | "query"
  | "missing"
  | "empty"
  | "repeated"
  | "not_encoded"
  | "too_large"
  | "unknown";

export class Parameters {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with the form of a query; null: nothing. Of a form it is thrown. */
  readonly fault: OAuthError | null;

  constructor(
    values: ReadonlyMap<string, readonly string[]>,
    fault: OAuthError | null = null,
  ) {
    this.#values = values;
    this.fault = fault;
  }

  /** The value; null: the parameter is absent or empty. Of one that may be repeated, the first. */
  get(name: string): string | null {
    return this.#values.get(name)?.find((value) => value !== "") ?? null;
  }

  /** Every value, in order; empty ones count as absent. Only resource and audience can have several. */
  all(name: string): readonly string[] {
    return (this.#values.get(name) ?? []).filter((value) => value !== "");
  }

  /** The value. Throws invalid_request that names the parameter when it is absent or empty. */
  require(name: string): string {
    const value = this.get(name);
    if (value === null)
      throw malformed(
        `The parameter ${name} is missing.`,
        this.#values.has(name) ? "empty" : "missing",
        name,
      );
    return value;
  }

  /** Values of a list separated by blanks (RFC 6749 section 3.3), each once; null: the parameter is absent. */
  words(name: string): readonly string[] | null {
    const value = this.get(name);
    return value === null
      ? null
      : [...new Set(value.split(" ").filter((word) => word !== ""))];
  }

  /** Names of all parameters that came, empty ones too. */
  names(): readonly string[] {
    return [...this.#values.keys()];
  }
}

/** Reads the form of a POST. Throws invalid_request for anything else than one form of at most `longest` bytes. */
export async function readForm(
  request: Incoming,
  longest: number = LONGEST_FORM,
): Promise<Parameters> {
  checkMediaType(request.headers.get("content-type"));
  refuseSecretsInAddress(request.url);
  const form = parse(await readBody(request, longest, "form"));
  if (form.fault) throw form.fault;
  return form;
}

/**
 * Reads the query of an address. Throws invalid_request where it is too long. What else is wrong is its `fault`: whether a client or a person
 * hears of it hangs on the rest of it (RFC 6749 section 4.1.2.1).
 */
export function readQuery(
  url: string,
  longest: number = LONGEST_FORM,
): Parameters {
  const query = queryOf(url);
  if (query.length > longest)
    throw malformed("The query is too long.", "too_large");
  return parse(query);
}

const queryOf = (url: string): string => {
  if (!url.includes("?")) return "";
  const [address = ""] = url.split("#", 1);
  const mark = address.indexOf("?");
  return mark < 0 ? "" : address.slice(mark + 1);
};

function checkMediaType(header: string | null): void {
  // As most write it.
  if (header === FORM) return;
  const [type = "", ...options] = (header ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  if (type !== FORM) {
    const fault =
      type === "application/json" || type.endsWith("+json")
        ? "json"
        : type === "multipart/form-data"
          ? "multipart"
          : "media_type";
    const found = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/.test(type)
      ? type
      : type === ""
        ? "none"
        : "another";
    throw malformed(`Content-Type must be ${FORM}; found ${found}.`, fault);
  }
  // RFC 6749 appendix B: UTF-8 and nothing else.
  const charset = options
    .find((option) => option.startsWith("charset="))
    ?.slice("charset=".length)
    .replace(/^"(.*)"$/, "$1");
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8")
    throw malformed("The form must be in UTF-8.", "media_type");
}

function refuseSecretsInAddress(url: string): void {
  const query = queryOf(url);
  if (query === "") return;
  const found = new URLSearchParams(query);
  const name = NEVER_IN_QUERY.find((each) => found.has(each));
  if (name !== undefined)
    throw malformed(
      `The parameter ${name} belongs in the body, never in the address.`,
      "query",
      name,
    );
}

/** The length that a request names for its body, in bytes; NaN: none. */
export const declaredLength = ({
  headers,
}: Pick<Incoming, "headers">): number =>
  Number(headers.get("content-length") ?? Number.NaN);

/** The text of a body; `what` names it in a refusal. Throws invalid_request. Threat: a body without end. What is over the bound is not read. */
export async function readBody(
  request: Incoming,
  longest: number,
  what: "form" | "body",
): Promise<string> {
  const tooLong = (): OAuthError =>
    malformed(`The ${what} is longer than ${longest} bytes.`, "too_large");
  const declared = declaredLength(request);
  if (declared > longest) throw tooLong();
  let bytes: Uint8Array | null;
  try {
    // The platform holds a body to the length that it names.
    bytes = await (declared <= longest
      ? request.bytes()
      : collect(request.body, longest));
  } catch {
    // Threat: connections that break off, each with a failure in the log.
    throw malformed("The body broke off.", "unknown");
  }
  if (bytes === null || bytes.length > longest) throw tooLong();
  return decode(bytes, what);
}

async function collect(
  body: ReadableStream<Uint8Array> | null,
  longest: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > longest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array, what: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed(`The ${what} is not in UTF-8.`, "not_encoded");
  }
}

function parse(text: string): Parameters {
  const values = new Map<string, string[]>();
  let fault: OAuthError | null = null;
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = formDecode(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : formDecode(pair.slice(equals + 1));
    if (name === null || value === null) {
      fault ??= malformed(
        `The encoding of ${shown(name)} is damaged.`,
        "not_encoded",
        name,
      );
      continue;
    }
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else if (MANY.has(name)) known.push(value);
    else
      fault ??= malformed(
        `${capital(shown(name))} stands there more than once.`,
        "repeated",
        name,
      );
  }
  return new Parameters(values, fault);
}

const ENCODED = /[%+\0]/;

/**
 * One value of application/x-www-form-urlencoded (RFC 6749 appendix B). null: a percent sign without its two digits, bytes that are no
 * UTF-8, or U+0000, which no parameter needs and PostgreSQL's texts cannot hold.
 */
export function formDecode(text: string): string | null {
  // Most names and values stand as they are.
  if (!ENCODED.test(text)) return text;
  try {
    const value = decodeURIComponent(text.replaceAll("+", " "));
    return value.includes("\0") ? null : value;
  } catch {
    return null;
  }
}

/** Threat: a secret sent as a name must not come back in an error or stand in the journal. Names of parameters look like this. */
const isName = (name: string): boolean => /^[a-z][a-z_]{0,39}$/.test(name);

const shown = (name: string | null): string =>
  name !== null && isName(name) ? `the parameter ${name}` : "a parameter";

const capital = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1);

/** invalid_request for the form of a request: which fault, and which parameter. */
export function malformed(
  description: string,
  how: FormFault,
  parameter: string | null = null,
): OAuthError {
  return new OAuthError("invalid_request", description, {
    cause: "oauth.request_format",
    facts: {
      how,
      parameter: parameter !== null && isName(parameter) ? parameter : null,
    },
  });
}
