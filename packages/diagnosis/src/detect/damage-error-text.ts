import type { Form } from "@assay/token";

/** How servers and programs say in words that something went wrong. */
const WORDS =
  /\b(errors?|exception|unauthori[sz]ed|forbidden|denied|not found|not logged in|no session|login required|failed|failure|time-?out|timed out|bad (gateway|request)|(service|temporarily) unavailable|too many requests|invalid (grant|client|request|credentials|user|password|token)|traceback|cannot read propert|is not defined|status code \d{3}|upstream connect|expired|AADSTS\d{4,})\b/i;
const CODES =
  /^(error[_ :=-].*|.*Error:.*|E(CONN|TIMEDOUT|NOTFOUND|AI_)\w+.*|[45]\d\d( [A-Z][a-z]+){0,4}|(invalid|unauthorized|unsupported|access|insufficient|expired)_[a-z_]+|(login|consent|interaction)_required|server_error|temporarily_unavailable|authorization_pending|slow_down)$/;
/** A page or message is looked through no further than this. */
const LOOKED_AT = 2_000;

/** The error that was kept in place of a token, in its own words. null: it does not look like one. */
export function errorText(text: string, { family, name }: Form): string | null {
  const seen = text.slice(0, LOOKED_AT);
  if (family === "document")
    return name.startsWith("error") ||
      /"(error|errors|exception|error_description|errorCode|fault)"\s*:/.test(
        seen,
      )
      ? errorOfJson(text)
      : messageOnly(text);
  // WWW-Authenticate, kept in place of a token.
  if (/^(realm|error)\s?="/.test(seen)) return "a challenge of a server";
  if (/^[\w.-]{40,}$/.test(text)) return null;
  return CODES.test(seen.split("\n", 1)[0] as string) ||
    (/\s|^\w{6,14}$/.test(seen) && WORDS.test(seen))
    ? (seen.split("\n", 1)[0] as string)
    : null;
}

/** A JSON object that has an HTTP status of refusal, or nothing but a message. */
function messageOnly(text: string): string | null {
  const members = parse(text);
  if (!members) return null;
  const { status, statusCode, code, success } = members;
  const message = [
    "message",
    "detail",
    "title",
    "error_description",
    "description",
    "reason",
    "msg",
  ]
    .map((name) => members[name])
    .find((value) => typeof value === "string");
  const refused =
    [status, statusCode, code].some(
      (value) => typeof value === "number" && value >= 400 && value < 600,
    ) || success === false;
  const alone =
    message !== undefined &&
    !Object.keys(members).some((name) => /token|jwt/i.test(name));
  return refused || alone
    ? typeof message === "string"
      ? message
      : "an answer of refusal"
    : null;
}

function errorOfJson(text: string): string {
  const error = parse(text)?.["error"];
  if (typeof error === "string") return error;
  const { code, message } = (
    typeof error === "object" && error !== null ? error : {}
  ) as { code?: unknown; message?: unknown };
  return (
    [message, code].find((said) => typeof said === "string") ??
    "an error in JSON"
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
