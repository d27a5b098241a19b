/**
 * YAML as programs write it (YAML 1.2.2, chapter 8): block mappings and sequences, plain and quoted scalars of one line, block scalars. Every scalar
 * is its text: nobody here asks for a number. No anchors, tags, or flow collections but empty ones; a line of another kind ends the reading.
 */
export type Yaml = string | readonly Yaml[] | { readonly [name: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

const DEEPEST = 16;
const KEY =
  /^("(?:[^"\\]|\\.){0,200}"|'(?:[^']|''){0,200}'|[^\s"'#&*!|>%@`{[,-][^\s:]{0,200}(?: [^\s:#]{1,200}){0,9})\s{0,9}:(?: +([^]*))?$/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "0": "\0",
};

export function readYaml(text: string): Yaml | null {
  const raw = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const lines = raw.flatMap((line, number): Line[] => {
    const own = line.trim();
    return own === "" || own.startsWith("#") || own === "---"
      ? []
      : [{ indent: line.length - line.trimStart().length, text: own, number }];
  });
  const reader = new Reader(raw, lines);
  const value = reader.node(0, 0);
  return typeof value === "string" ? null : value;
}

class Reader {
  readonly #raw: readonly string[];
  readonly #lines: Line[];
  #at = 0;

  constructor(raw: readonly string[], lines: Line[]) {
    this.#raw = raw;
    this.#lines = lines;
  }

  /** What stands here at this indent or a deeper one. */
  node(indent: number, depth: number): Yaml {
    const line = this.#lines[this.#at];
    if (!line || line.indent < indent || depth > DEEPEST) return "";
    return isItem(line.text)
      ? this.#list(line.indent, depth)
      : this.#mapping(line.indent, depth);
  }

  #list(indent: number, depth: number): readonly Yaml[] {
    const items: Yaml[] = [];
    for (
      let line = this.#lines[this.#at];
      line?.indent === indent && isItem(line.text);
      line = this.#lines[this.#at]
    ) {
      const rest = line.text.slice(1).trimStart();
      if (rest === "") {
        this.#at++;
        items.push(this.node(indent + 1, depth + 1));
      } else if (KEY.test(rest) || isItem(rest)) {
        // The item's first line is one of its own, further in.
        const inner = indent + line.text.length - rest.length;
        this.#lines[this.#at] = { ...line, indent: inner, text: rest };
        items.push(this.node(inner, depth + 1));
      } else {
        this.#at++;
        items.push(this.#scalar(rest, indent));
      }
    }
    return items;
  }

  #mapping(indent: number, depth: number): { readonly [name: string]: Yaml } {
    const entries: [string, Yaml][] = [];
    for (
      let line = this.#lines[this.#at];
      line?.indent === indent;
      line = this.#lines[this.#at]
    ) {
      const [, name, rest = ""] = KEY.exec(line.text) ?? [];
      if (name === undefined) break;
      this.#at++;
      const next = this.#lines[this.#at];
      // A list may stand as far out as its name.
      const inner = next && isItem(next.text) ? indent : indent + 1;
      entries.push([
        unquoted(name),
        rest === "" || rest.startsWith("#")
          ? this.node(inner, depth + 1)
          : this.#scalar(rest, indent),
      ]);
    }
    return Object.fromEntries(entries);
  }

  #scalar(text: string, indent: number): Yaml {
    const [, style, keep] = /^([|>])\d?([+-]?)(?:\s+#[^]*)?$/.exec(text) ?? [];
    if (style === undefined) return scalar(text);
    const from = (this.#lines[this.#at - 1]?.number ?? 0) + 1;
    let to = from;
    const isInside = (line: string): boolean =>
      line.trim() === "" || line.length - line.trimStart().length > indent;
    while (to < this.#raw.length && isInside(this.#raw[to] ?? "")) to++;
    while ((this.#lines[this.#at]?.number ?? to) < to) this.#at++;
    const block = this.#raw.slice(from, to);
    const first = block.find((line) => line.trim() !== "") ?? "";
    const margin = first.length - first.trimStart().length;
    const own = block.map((line) => line.slice(margin));
    const value = own.join(style === "|" ? "\n" : " ");
    return keep === "+" ? value : value.trimEnd() + (keep === "-" ? "" : "\n");
  }
}

const isItem = (text: string): boolean => text === "-" || text.startsWith("- ");

function scalar(text: string): Yaml {
  if (text === "[]") return [];
  return text === "{}" ? {} : unquoted(text);
}

function unquoted(text: string): string {
  if (text.startsWith("'"))
    return (/^'((?:[^']|'')*)'/.exec(text)?.[1] ?? text).replaceAll("''", "'");
  if (text.startsWith('"'))
    return (/^"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text).replaceAll(
      /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/gi,
      (_, hex?: string, unicode?: string, character = "") => {
        const code = hex ?? unicode;
        return code === undefined
          ? (ESCAPES[character] ?? character)
          : String.fromCharCode(Number.parseInt(code, 16));
      },
    );
  return text.replace(/\s+#[^]*$/, "");
}
