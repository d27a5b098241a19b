/** Values as JavaScript and Python source writes them: strings, lists, objects. What is no literal is kept as its text. */

export type Literal =
  string | readonly Literal[] | ReadonlyMap<string, Literal>;

const DEEPEST = 8;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
  "\n": "",
};
const CLOSING: Readonly<Record<string, string>> = {
  "{": "}",
  "[": "]",
  "(": ")",
};

/** Reads one value after another from a text, each character once. */
export class LiteralReader {
  readonly #text: string;
  at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  value(depth = 0): Literal {
    this.#blanks();
    const start = this.at;
    const character = this.#text[this.at] ?? "";
    let value: Literal | null = null;
    if (depth < DEEPEST && character === "{") value = this.#object(depth);
    else if (depth < DEEPEST && character === "[") value = this.#list(depth);
    else value = this.#string();
    this.#blanks();
    const next = this.#text[this.at] ?? "";
    if (value !== null && /^[,}\])>:;]?$/.test(next)) return value;
    this.#skip();
    return this.#text.slice(start, this.at).trim();
  }

  /** Steps over this character, when it is the next one. */
  take(character: string): boolean {
    this.#blanks();
    if (this.#text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.at] ?? "")) this.at++;
  }

  #string(): string | null {
    // Python's bytes.
    if (/^b["']/.test(this.#text.slice(this.at, this.at + 2))) this.at++;
    const mark = this.#text[this.at] ?? "";
    if (mark !== '"' && mark !== "'" && mark !== "`") return null;
    let value = "";
    let from = ++this.at;
    for (; this.at < this.#text.length; this.at++) {
      const character = this.#text[this.at];
      if (character === mark) break;
      if (character !== "\\") continue;
      value += this.#text.slice(from, this.at) + this.#escape();
      from = this.at + 1;
    }
    value += this.#text.slice(from, this.at);
    this.at++;
    return value;
  }

  /** Stands on the backslash before, and on its last character after. */
  #escape(): string {
    const rest = this.#text.slice(this.at + 1, this.at + 12);
    const [whole, hex, braced] =
      /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i
        .exec(rest)
        ?.filter((part) => part !== undefined) ?? [];
    if (whole !== undefined) {
      this.at += whole.length;
      const code = Number.parseInt(hex ?? braced ?? "0", 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    }
    this.at++;
    const character = rest[0] ?? "";
    return ESCAPES[character] ?? character;
  }

  #object(depth: number): ReadonlyMap<string, Literal> {
    const members = new Map<string, Literal>();
    this.at++;
    while (this.at < this.#text.length && !this.take("}")) {
      const before = this.at;
      const name = this.#string() ?? this.#word();
      if (this.take(":")) members.set(name, this.value(depth + 1));
      this.take(",");
      if (this.at === before) this.at++;
    }
    return members;
  }

  #list(depth: number): readonly Literal[] {
    const items: Literal[] = [];
    this.at++;
    while (this.at < this.#text.length && !this.take("]")) {
      const before = this.at;
      items.push(this.value(depth + 1));
      this.take(",");
      if (this.at === before) this.at++;
    }
    return items;
  }

  #word(): string {
    const from = this.at;
    while (/[\w$.-]/.test(this.#text[this.at] ?? "")) this.at++;
    return this.#text.slice(from, this.at);
  }

  /** To the comma or bracket that ends an expression. */
  #skip(): void {
    const open: string[] = [];
    while (this.at < this.#text.length) {
      const character = this.#text[this.at] as string;
      if (open.length === 0 && /[,}\])]/.test(character)) return;
      if (CLOSING[character]) open.push(CLOSING[character]);
      else if (character === open.at(-1)) open.pop();
      if (this.#string() === null) this.at++;
    }
  }
}
