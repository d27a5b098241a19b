/** Marks of another syntax around a token: quotes, brackets, escapes, the print form of a value in some language. */
import { repaired, type Repair } from "./damage-repair.ts";

/** Opening mark, closing mark. Longer ones first. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['["', '"]'],
  ["['", "']"],
  ['\\"', '\\"'],
  ["\\'", "\\'"],
  ["b'", "'"],
  ['b"', '"'],
  ["u'", "'"],
  ["```", "```"],
  ["**", "**"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["„", "“"],
  ["”", "”"],
  ["‘", "’"],
  ["«", "»"],
  ["<", ">"],
  ["[", "]"],
  ["(", ")"],
  ["{", "}"],
];

/** Print forms of a value that may be absent: Swift, Rust, Scala, Java. */
const PRINTED = /^(?:Optional|Some|Just|Ok|Right|Success)[([]([^]*)[)\]]$/;
const ENTITIES: Readonly<Record<string, string>> = {
  "&quot;": '"',
  "&#34;": '"',
  "&#x22;": '"',
  "&apos;": "'",
  "&#39;": "'",
  "&#x27;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&#46;": ".",
};

export const unquote: Repair = (text) => {
  const inner = text.trim();
  const marked = (value: string, marks: string) =>
    repaired(text, value, "token.quoted", { marks });
  if (/&(quot|apos|lt|gt|#\w{2,3});/.test(inner))
    return marked(
      inner.replace(
        /&(?:quot|apos|lt|gt|#\w{2,3});/g,
        (entity) => ENTITIES[entity] ?? entity,
      ),
      "HTML entities",
    );
  const printed = PRINTED.exec(inner)?.[1];
  if (printed !== undefined)
    return marked(printed, "the print form of an optional value");
  for (const [open, close] of PAIRS) {
    if (
      inner.length > open.length + close.length &&
      inner.startsWith(open) &&
      inner.endsWith(close)
    ) {
      return marked(
        inner.slice(open.length, -close.length),
        `${open}…${close}`,
      );
    }
  }
  return oneSided(text, inner);
};

/** A quote at one end only: the other end was lost where the value was cut out. */
function oneSided(text: string, inner: string): ReturnType<Repair> {
  const bare = inner
    .replace(/^[\\"'`“”‘’<[({]{1,4}/, "")
    .replace(/(?:\\[nrt]|[\\"'`“”‘’>\])}]){1,4}$/, "");
  const marks =
    inner.length - bare.length > 0
      ? [...new Set(inner.replace(bare, ""))].join("")
      : "";
  return repaired(text, bare === inner ? text : bare, "token.quoted", {
    marks,
  });
}

/** Backslash escapes inside: \. \_ \- \/ from a regular expression, Markdown or a JSON text, or \u002e. */
export const unescape: Repair = (text) =>
  /\\[._/-]|\\u00[0-9a-f]{2}/i.test(text)
    ? repaired(
        text,
        text
          .replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          )
          .replace(/\\([._/-])/g, "$1"),
        "token.quoted",
        { marks: "backslash escapes" },
      )
    : null;
