import type { Investigation } from "../investigation.ts";

const TIMES = ["exp", "nbf", "iat"];

/** A time claim as text: RFC 7519 section 2 wants a JSON number. */
export function detectNotNumeric(i: Investigation): void {
  const claims = i.token?.claims;
  const wrong = i.found("format.claim_type");
  if (!claims || !wrong) return;
  const claim = [wrong.claim, ...TIMES].find(
    (name) =>
      TIMES.includes(name) &&
      claims[name] !== undefined &&
      !Number.isFinite(claims[name]),
  );
  if (claim === undefined) return;
  i.suspect("time.not_numeric", {
    confidence: typeof claims[claim] === "string" ? "certain" : "likely",
    facts: { claim, form: formOf(claims[claim]) },
    explains: ["format.claim_type"],
    weight: 40,
  });
}

function formOf(value: unknown): string {
  if (typeof value !== "string")
    return value === null
      ? "null"
      : Array.isArray(value)
        ? "an array"
        : typeof value === "number"
          ? "a number beyond all bounds"
          : `a JSON ${typeof value}`;
  if (/^[+-]?\d+(\.\d+)?$/.test(value.trim()))
    return "a number in quotation marks";
  if (/^\d{4}-\d\d-\d\d([T ]|$)/.test(value))
    return "a date in the form of ISO 8601";
  if (/^\w{3},? \d{1,2} \w{3} \d{4}|^\w{3} \w{3} \d{1,2} /.test(value))
    return "a date in words";
  if (/^\d+\s?(s|m|h|d|sec|min|hours?|days?|minutes?|seconds?)$/i.test(value))
    return "a length of time";
  return value === "" ? "an empty text" : "a text";
}
