/** What hangs on a secret after its way through files and forms, taken off, and put on. Pure: each edit is a text that may have been meant. */

export interface Edit {
  readonly text: string;
  readonly cause: "key.secret_whitespace" | "key.secret_interpolated";
  /** The character that did it; for what hangs on the secret, its name. */
  readonly what: string;
  /** In a few words, without any part of the secret. */
  readonly how: string;
}

const EDGE =
  /^[\s\uFEFF\u200B-\u200D\u2060\0]+|[\s\uFEFF\u200B-\u200D\u2060\0]+$/g;
const NAMES: Readonly<Record<string, string>> = {
  "\n": "line end",
  "\r": "carriage return",
  "\t": "tab",
  " ": "blank",
  "\uFEFF": "byte-order mark",
  "\u00A0": "no-break space",
  "\u200B": "zero-width space",
  "\0": "NUL character",
};

/** Names the characters around the trimmed text. */
function edges(text: string): string {
  const found = new Set(
    [...(text.match(EDGE) ?? [])]
      .flatMap((run) => Array.from(run))
      .map((character) => NAMES[character] ?? "invisible character"),
  );
  return [...found].join(", ");
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["‘", "’"],
  ["<", ">"],
  ["[", "]"],
];

/** The secret without what does not belong to it, and with what the other side may have taken along. */
export function* trimmings(secret: string): Generator<Edit> {
  const edit = (text: string, what: string, how = "left_out"): Edit => ({
    text,
    cause: "key.secret_whitespace",
    what,
    how,
  });
  const trimmed = secret.replace(EDGE, "");
  if (trimmed !== secret) yield edit(trimmed, edges(secret));
  for (const start of trimmed === secret ? [secret] : [secret, trimmed])
    yield* unquotings(start, edit);
  const joined = secret.replace(/\s+/g, "");
  if (joined !== secret) yield edit(joined, "blanks or line ends inside");
  const [, named] =
    /^(?:export\s+)?[A-Za-z_][\w.-]{0,63}\s*[=:]\s*(\S.*)$/s.exec(trimmed) ??
    [];
  if (named !== undefined) {
    yield edit(named.replace(EDGE, ""), "the name of the variable");
    yield* unquotings(
      named.replace(EDGE, ""),
      edit,
      "the name of the variable, ",
    );
  }
  // The other way round: what the issuer took along.
  for (const [tail, what] of TAILS)
    yield edit(secret + tail, what, "taken along by the issuer");
  if (trimmed !== secret)
    for (const [tail, what] of TAILS.slice(0, 2))
      if (trimmed + tail !== secret)
        yield edit(trimmed + tail, what, "taken along by the issuer");
  yield edit(`\uFEFF${secret}`, "byte-order mark", "taken along by the issuer");
  yield edit(` ${secret}`, "blank", "taken along by the issuer");
  for (const [open, close] of QUOTES.slice(0, 2))
    yield edit(
      open + secret + close,
      "quotation marks",
      "taken along by the issuer",
    );
}

const TAILS: readonly (readonly [string, string])[] = [
  ["\n", "line end"],
  ["\r\n", "carriage return, line end"],
  ["\r", "carriage return"],
  [" ", "blank"],
  ["\t", "tab"],
  ["\\n", "line end written as two characters"],
];

function* unquotings(
  text: string,
  edit: (text: string, what: string) => Edit,
  before = "",
): Generator<Edit> {
  const marks = `${before}quotation marks`;
  let inner = text;
  for (let depth = 0; depth < 2; depth++) {
    const pair = QUOTES.find(
      ([open, close]) =>
        inner.length > 2 && inner.startsWith(open) && inner.endsWith(close),
    );
    if (!pair) break;
    inner = inner.slice(1, -1);
    yield edit(inner, marks);
    if (inner.trim() !== inner) yield edit(inner.trim(), `${marks}, blanks`);
  }
  const escaped = /^\\(["'])(.*)\\\1$/s.exec(text);
  if (escaped) yield edit(escaped[2] as string, marks);
  if (/^["'`]|["'`]$/.test(text)) {
    yield edit(text.replace(/^["'`]/, ""), marks);
    yield edit(text.replace(/["'`]$/, ""), marks);
    yield edit(text.replaceAll(/["'`]/g, ""), marks);
  }
  const [, value] = /^(\S+)\s+(?:#|\/\/|;)/.exec(text) ?? [];
  if (value !== undefined) {
    yield edit(value, `${before}a comment after it`);
    const bare = value.replace(/^(["'])(.*)\1$/, "$2");
    if (bare !== value) yield edit(bare, `${marks}, a comment after it`);
  }
  if (/[,;]$/.test(text)) {
    const cut = text.slice(0, -1);
    yield edit(
      cut,
      `${before}${text.endsWith(",") ? "comma" : "semicolon"} after it`,
    );
    const bare = cut.replace(/^(["'])(.*)\1$/, "$2");
    if (bare !== cut)
      yield edit(
        bare,
        `${marks}, ${text.endsWith(",") ? "comma" : "semicolon"}`,
      );
  }
  if (/(\\r)?\\n$/.test(text))
    yield edit(
      text.replace(/(\\r)?\\n$/, ""),
      `${before}line end written as two characters`,
    );
  if (/^[=:]\s*\S/.test(text))
    yield edit(text.replace(/^[=:]\s*/, ""), `${before}sign before it`);
}
