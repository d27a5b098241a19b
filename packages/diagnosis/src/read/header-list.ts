import type { HeaderMap } from "../inquiry.ts";

/** Headers in the order in which they came. Names compare without case (RFC 9110 section 5.1); a repeated one becomes an array. */
export class HeaderList {
  readonly #byName = new Map<
    string,
    { readonly name: string; readonly values: string[] }
  >();

  add(name: string, value: string): void {
    const key = name.toLowerCase();
    const known = this.#byName.get(key);
    if (known) known.values.push(value);
    else this.#byName.set(key, { name, values: [value] });
  }

  /** Adds what a program sends by itself, unless the header was given. */
  addDefault(name: string, value: string): void {
    if (!this.has(name)) this.add(name, value);
  }

  has(name: string): boolean {
    return this.#byName.has(name.toLowerCase());
  }

  /** The first value. */
  get(name: string): string | undefined {
    return this.#byName.get(name.toLowerCase())?.values[0];
  }

  delete(name: string): void {
    this.#byName.delete(name.toLowerCase());
  }

  get size(): number {
    return this.#byName.size;
  }

  /** Made of entries, so that a header named __proto__ is a header and nothing else. */
  toMap(): HeaderMap {
    return Object.fromEntries(
      [...this.#byName.values()].map(({ name, values }) => [
        name,
        values.length === 1 ? (values[0] as string) : values,
      ]),
    );
  }
}

/**
 * Splits one header line at its colon; blanks around the value are no part of it (RFC 9110 section 5.5). A line without a colon
 * stays visible: as a name without a value, which is all that a server can make of it.
 */
export function splitHeader(
  line: string,
): readonly [name: string, value: string] {
  const colon = line.indexOf(":", 1);
  return colon < 0
    ? [line.trim(), ""]
    : [line.slice(0, colon).trim(), trimBlanks(line.slice(colon + 1))];
}

/** Only blank and tab are white space to HTTP: any other character that looks like one is a part of the value. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from])) from++;
  while (to > from && isBlank(text[to - 1])) to--;
  return text.slice(from, to);
}

const isBlank = (character: string | undefined): boolean =>
  character === " " || character === "\t";
