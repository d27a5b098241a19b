/** What shells, env files and templates make of the special characters of a secret. Pure. */
import type { Edit } from "./secret-trimmings.ts";

type Rule = readonly [
  character: string,
  how: string,
  pattern: RegExp,
  by: string | ((match: string, ...groups: string[]) => string),
];

/** How shells, env files and templates read special characters. Each pattern is linear. */
const RULES: readonly Rule[] = [
  ["$", "a name after it replaced by nothing", /\$[A-Za-z_]\w*/g, ""],
  ["$", "a name in braces replaced by nothing", /\$\{[^{}]*\}/g, ""],
  [
    "$",
    "names with and without braces replaced by nothing",
    /\$(?:\{[^{}]*\}|[A-Za-z_]\w*)/g,
    "",
  ],
  [
    "$",
    "every kind of parameter replaced by nothing",
    /\$(?:\{[^{}]*\}|[A-Za-z_]\w*|[0-9@*!?#-])/g,
    "",
  ],
  ["$", "a default in braces put in", /\$\{\w+:?[-=]([^{}]*)\}/g, "$1"],
  ["$", "a digit after it taken for a parameter", /\$[1-9]/g, ""],
  [
    "$",
    "a digit after it taken for a parameter, and names too",
    /\$(?:[1-9]|[A-Za-z_]\w*)/g,
    "",
  ],
  ["$", "one for two", /\$\$/g, "$$"],
  ["$", "two for one", /\$/g, "$$$$"],
  [
    "$",
    "a replacement pattern of the kind $1 or $& emptied",
    /\$(?:[0-9]{1,2}|&|`|')/g,
    "",
  ],
  ["$", "the sign itself lost", /\$/g, ""],
  ["$", "cut off at it", /\$.*$/s, ""],
  ["$", "a backslash put before it", /\$/g, "\\$$"],
  ["\\", "dropped before another character", /\\(.)/gs, "$1"],
  ["\\", "dropped before $ and quotation marks", /\\([$"'`\\])/g, "$1"],
  ["\\", "doubled", /\\/g, "\\\\"],
  [
    "\\",
    "read as an escape",
    /\\([nrtbf0])/g,
    (_, letter = "") => ESCAPES[letter] ?? "",
  ],
  ["\\", "every one dropped", /\\/g, ""],
  ["#", "cut off as a comment", /\s+#.*$/s, ""],
  ["#", "cut off as a comment", /#.*$/s, ""],
  [
    "!",
    "a word after it taken from the shell's history",
    /![A-Za-z0-9_]+/g,
    "",
  ],
  ["!", "the sign itself lost", /!/g, ""],
  ["!", "a variable between two replaced by nothing", /![A-Za-z_]\w*!/g, ""],
  ["!", "a backslash put before it", /!/g, "\\!"],
  [
    "%",
    "percent-decoded",
    /(?:%[0-9a-f]{2})+/gi,
    (match) => percentDecoded(match),
  ],
  ["%", "one for two", /%%/g, "%"],
  ["%", "a variable between two replaced by nothing", /%[A-Za-z_]\w*%/g, ""],
  ["%", "two for one", /%/g, "%%"],
  ["%", "the sign itself lost", /%/g, ""],
  ["+", "read as a blank", /\+/g, " "],
  [" ", "written for a plus sign", / /g, "+"],
  ["^", "dropped as an escape of the Windows shell", /\^(.?)/gs, "$1"],
  ["`", "a command between two replaced by nothing", /`[^`]*`/g, ""],
  ["`", "dropped as an escape of PowerShell", /`(.)/gs, "$1"],
  ["$(", "a command in parentheses replaced by nothing", /\$\([^()]*\)/g, ""],
  ["'", "removed by the shell", /'/g, ""],
  ['"', "removed by the shell", /"/g, ""],
  ["&", "cut off at it", /&.*$/s, ""],
  [
    "&",
    "read as an HTML entity",
    /&(amp|lt|gt|quot|apos|#39|#x27|#43|#x2B);/gi,
    (_, name = "") => ENTITIES[name.toLowerCase()] ?? "",
  ],
  [
    "&",
    "written as an HTML entity",
    /[&<>"']/g,
    (sign) => WRITTEN[sign] ?? sign,
  ],
  [";", "cut off at it", /;.*$/s, ""],
  ["|", "cut off at it", /\|.*$/s, ""],
  [",", "cut off at it", /,.*$/s, ""],
  [" ", "cut off at it", / .*$/s, ""],
  ['"', "cut off at it", /".*$/s, ""],
  ["'", "cut off at it", /'.*$/s, ""],
  ["=", "cut off at it", /=.*$/s, ""],
  [":", "cut off at it", /:.*$/s, ""],
  ["@", "cut off at it", /@.*$/s, ""],
  [
    "{",
    "a template between braces replaced by nothing",
    /\{\{?[^{}]*\}\}?/g,
    "",
  ],
  [
    "%",
    "percent-encoded",
    /[^A-Za-z0-9_.~-]+/g,
    (match) => percentEncoded(match),
  ],
  ["\\", "put before every special character", /[^A-Za-z0-9_]/g, "\\$&"],
];

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  0: "\0",
};
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#39": "'",
  "#x27": "'",
  "#43": "+",
  "#x2b": "+",
};
const WRITTEN: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The secret as another reader of the same file or command line would have taken it. */
export function* interpolations(secret: string): Generator<Edit> {
  for (const [what, how, pattern, by] of RULES) {
    const text =
      typeof by === "string"
        ? secret.replace(pattern, by)
        : secret.replace(pattern, by);
    if (text !== secret && text !== "")
      yield { text, cause: "key.secret_interpolated", what, how };
  }
}

/** Characters that some shell, file or template reads as more than themselves. */
export function specialCharacter(secret: string): string | null {
  return /\$(?=[A-Za-z_{($])|[#!\\`%&"']/.exec(secret)?.[0] ?? null;
}
