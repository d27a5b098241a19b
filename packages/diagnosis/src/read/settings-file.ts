/** Settings as .env files, shells and AWS's own files hold them. */
import type { Inquiry } from "../inquiry.ts";

/** A name and its value, perhaps behind the word by which a shell sets it. */
const ASSIGNMENT =
  /^\s{0,99}(?:export\s{1,9}|set\s{1,9}|setx\s{1,9}|\$env:)?([A-Za-z_][A-Za-z0-9_]{0,99})\s{0,9}=([^]*)$/;
const SECTION = /^\s{0,99}\[([^\]\n]{1,200})\]\s{0,99}(?:[#;][^]*)?$/;
const AWS_KEY =
  /^\s{0,99}(?:aws_(?:access_key_id|secret_access_key|session_token|security_token)|role_arn|source_profile|credential_source|credential_process|sso_\w{1,40}|web_identity_token_file|mfa_serial|region|output|endpoint_url)\s{0,9}=/im;

/** Null when the text is no such file, or holds nothing of AWS and no token. */
export function readSettings(text: string): Inquiry | null {
  const lines = text.split("\n");
  const first = lines.find((line) => !isNothing(line));
  if (first === undefined) return null;
  return SECTION.test(first) ? iniFile(text, lines) : environment(lines);
}

/** Of several tokens the one by whose name an API is asked. */
const TOKEN_NAMES: readonly RegExp[] = [
  /access|bearer|api|auth/i,
  /^(?![^]*refresh)/i,
  /^/,
];

/** What stands in a setting is a token by its form: a JWT, perhaps behind its scheme. */
function tokenIn(values: ReadonlyMap<string, string>): Inquiry | null {
  const found = [...values].filter(([, value]) =>
    /^(?:Bearer +)?eyJ[\w-]{1,9999}\./.test(value),
  );
  for (const names of TOKEN_NAMES) {
    const value = found.find(([name]) => names.test(name))?.[1];
    if (value !== undefined)
      return value.startsWith("eyJ")
        ? { token: value }
        : { request: { headers: { authorization: value } } };
  }
  return null;
}

const isNothing = (line: string): boolean => /^\s*(?:[#;]|$)/.test(line);

/** The text goes on as it is: how the SDKs read it is a part of the question. */
function iniFile(text: string, lines: readonly string[]): Inquiry | null {
  if (!AWS_KEY.test(text))
    return tokenIn(assignments(lines, SECTION) ?? new Map());
  const sections = lines.flatMap((line) => SECTION.exec(line)?.[1] ?? []);
  // Only the config file has words in front of a name, and only the credentials file names other profiles without one.
  const config =
    sections.some((name) =>
      /^(?:profile|sso-session|services)\s/.test(name.trim()),
    ) || !/^\s{0,99}aws_(?:access_key_id|secret_access_key)/im.test(text);
  return {
    context: { aws: config ? { configFile: text } : { credentialsFile: text } },
  };
}

/** Null when a line is neither an assignment nor of this other kind: the text is something else. */
function assignments(
  lines: readonly string[],
  beside?: RegExp,
): ReadonlyMap<string, string> | null {
  const values = new Map<string, string>();
  for (const line of lines) {
    if (isNothing(line) || beside?.test(line)) continue;
    const [, name, value = ""] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined) return null;
    values.set(name, beside ? valueOf(value.trim()) : valueOf(value));
  }
  return values;
}

function environment(lines: readonly string[]): Inquiry | null {
  const values = assignments(lines);
  if (!values) return null;
  const aws = [...values].filter(([name]) => /^AWS_/i.test(name));
  if (aws.length === 0) return tokenIn(values);
  return { context: { aws: { environment: Object.fromEntries(aws) } } };
}

/** The quotation marks around a value are the file's; all other damage is what a diagnosis looks for. */
function valueOf(text: string): string {
  const value = text.replace(/\r$/, "");
  const [, , inner] = /^\s{0,9}(["'])([^]*)\1\s{0,9}$/.exec(value) ?? [];
  return inner ?? value;
}
