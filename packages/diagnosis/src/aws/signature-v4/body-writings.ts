/** Other bodies than the one that arrived: what editors, templates and libraries make of a text between hashing and sending. */
import { byCodeUnits } from "./canonical-query.ts";

/** Indented, a text of many brackets would grow without bound. */
const DEEPEST = 32;

/** Python's and JavaScript's usual ways to write the same JSON. */
function* jsonWritings(body: string): Generator<string> {
  if (depthOf(body) > DEEPEST) return;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return;
  }
  const compact = JSON.stringify(value);
  yield compact;
  yield JSON.stringify(value, null, 2);
  yield JSON.stringify(value, null, 4);
  yield JSON.stringify(value, null, "\t");
  yield spaced(compact);
  yield compact.replaceAll("/", "\\/");
  // The text was turned into JSON once more.
  yield JSON.stringify(body);
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object" && !Array.isArray(value))
    yield JSON.stringify(
      Object.fromEntries(
        Object.entries(value).toSorted(([a], [b]) => byCodeUnits(a, b)),
      ),
    );
}

/** At most how deep the brackets go; those inside of strings count too. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text)
    if (character === "[" || character === "{")
      deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  return deepest;
}

/** json.dumps: a blank after each comma and colon outside of strings. */
function spaced(compact: string): string {
  let text = "";
  let inString = false;
  for (let at = 0; at < compact.length; at++) {
    const character = compact[at] as string;
    text += character;
    if (inString && character === "\\") text += compact[++at] ?? "";
    else if (character === '"') inString = !inString;
    else if (!inString && (character === "," || character === ":")) text += " ";
  }
  return text;
}

export function* bodyWritings(
  body: string,
): Generator<readonly [string | Uint8Array, string]> {
  yield [body.replace(/\r?\n$/, ""), "final_line_end"];
  yield [`${body}\n`, "final_line_end"];
  yield [`${body}\r\n`, "final_line_end"];
  yield [body.replaceAll("\r\n", "\n"), "line_ends"];
  yield [body.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"), "line_ends"];
  yield [body.trim(), "blanks_around"];
  yield [body.replaceAll("\r\n", "\n").trim(), "line_ends"];
  yield [
    body.startsWith("\uFEFF") ? body.slice(1) : `\uFEFF${body}`,
    "byte_order_mark",
  ];
  if (/^\s*[[{"]/.test(body))
    for (const text of jsonWritings(body)) yield [text, "json_writing"];
  if (/[\u0080-\u00FF]/.test(body) && !/[\u0100-\uFFFF]/.test(body))
    yield [
      Uint8Array.from(body, (character) => character.charCodeAt(0)),
      "latin1",
    ];
  for (const form of ["NFC", "NFD"] as const)
    yield [body.normalize(form), "unicode_form"];
  if (/%[0-9A-F]{2}|\+/i.test(body)) {
    yield [body.replaceAll("+", "%20"), "form_encoding"];
    yield [body.replaceAll("%20", "+"), "form_encoding"];
    yield [
      body.replace(/%[0-9A-Fa-f]{2}/g, (hex) => hex.toUpperCase()),
      "form_encoding",
    ];
    yield [percentDecoded(body), "form_encoding"];
  }
  for (const text of ["{}", "null", "undefined", "[object Object]", '""', "[]"])
    yield [text, "not_the_body"];
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
