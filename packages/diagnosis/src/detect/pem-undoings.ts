/** What variables, forms, pages and programs do to a PEM, each undone. Pure. */

export const UNDOINGS: readonly (readonly [
  string,
  (text: string) => string,
])[] = [
  ["a byte-order mark before it", (text) => text.replace(/^\uFEFF/, "")],
  [
    "the name of the variable before it",
    (text) =>
      text.replace(
        /^(?:export\s+)?[A-Za-z_][\w.-]{0,63}\s?[=:]\s?(?=["'|>-])/,
        "",
      ),
  ],
  [
    "HTML entities in it",
    (text) =>
      text
        .replace(/&(?:#(?:10|13|x0?a|x0?d);)/gi, "\n")
        .replace(/<br\s?\/?>/gi, "\n")
        .replace(
          /&(amp|quot|nbsp|#43|#x2b|#61|#x3d|#47|#x2f|#45|#x2d|plus|equals);/gi,
          (_, name: string) => ENTITIES[name.toLowerCase()] ?? "",
        ),
  ],
  [
    "percent-encoding",
    (text) =>
      /%(?:0a|0d|2b|2f|3d|20)/i.test(text)
        ? text.replace(/%(0a|0d|2b|2f|3d|20|2d)/gi, (_, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          )
        : text,
  ],
  [
    "pieces of program text in it",
    (text) => text.replace(/["'`]\s{0,80}\+\s{0,80}["'`]/g, "\n"),
  ],
  [
    "\\n as two characters",
    (text) => text.replace(/\\{1,4}r?(?:\\{0,4})n/g, "\n").replace(/\\r/g, ""),
  ],
  [
    "a backslash at the ends of its lines",
    (text) => text.replace(/\\[ \t]{0,8}(?=\r?\n)/g, ""),
  ],
  [
    "other line ends",
    (text) => (/\r(?!\n)/.test(text) ? text.replace(/\r\n?/g, "\n") : text),
  ],
  ["quotation marks around it", (text) => unquoted(text)],
];

/** Without quotation marks around it, and a comma or semicolon after them. By hand: a pattern would go back over long runs of marks. */
function unquoted(text: string): string {
  const trimmed = text.trim().replace(/[,;]$/, "");
  let [from, to] = [0, trimmed.length];
  while (from < to && /["'`]/.test(trimmed[from] as string)) from++;
  while (to > from && /["'`]/.test(trimmed[to - 1] as string)) to--;
  return to - from === trimmed.length ? text : trimmed.slice(from, to);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  nbsp: " ",
  "#43": "+",
  "#x2b": "+",
  plus: "+",
  "#61": "=",
  "#x3d": "=",
  equals: "=",
  "#47": "/",
  "#x2f": "/",
  "#45": "-",
  "#x2d": "-",
};
