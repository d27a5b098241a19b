/** One page of the handbook: a Markdown file of docs/reasons, docs/causes or docs/guides. */

export const KINDS = ["reasons", "causes", "guides"] as const;
export type Kind = (typeof KINDS)[number];

export interface Page {
  readonly kind: Kind;
  /** The code of a reason or cause, or the name of a guide. */
  readonly name: string;
  /** Where it is served, and how the other pages name it: "causes/key.rotated". */
  readonly address: string;
  readonly title: string;
  /** The id of the vector that shows it; null: the page has an example of its own, or is a guide. */
  readonly example: string | null;
  /** Codes, and guides as "guides/NAME", to read next. */
  readonly see: readonly string[];
  /** Markdown. */
  readonly body: string;
}

/** A page that breaks the form of the handbook. The message names the file, what was expected and what was found. */
export class PageError extends Error {
  override readonly name = "PageError";
}

const MEMBERS = ["title", "example", "see"];

/** Reads a page. `path` is relative to docs: "causes/key.rotated.md". Throws PageError. */
export function readPage(path: string, text: string): Page {
  const { kind, name } = placeOf(path);
  const [, head, body] = /^---\n([^]*?)\n---\n\n([^]+)$/.exec(text) ?? [];
  if (head === undefined || body === undefined)
    throw new PageError(
      `${path}: expected a head between two lines “---”, a blank line, and the page; found ${JSON.stringify(text.slice(0, 40))}`,
    );
  const members = readHead(path, head);
  const title = members.get("title");
  if (title === undefined)
    throw new PageError(`${path}: expected a title in the head, found none`);
  return {
    kind,
    name,
    address: `${kind}/${name}`,
    title,
    example: members.get("example") ?? null,
    see: members.get("see")?.split(", ") ?? [],
    body,
  };
}

function placeOf(path: string): { readonly kind: Kind; readonly name: string } {
  const [, folder = "", name = ""] =
    /^([a-z]+)\/([\w.-]+)\.md$/.exec(path) ?? [];
  const kind = KINDS.find((known) => known === folder);
  if (kind === undefined)
    throw new PageError(
      `${path}: expected reasons/CODE.md, causes/CODE.md or guides/NAME.md`,
    );
  return { kind, name };
}

function readHead(path: string, head: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  for (const line of head.split("\n")) {
    const [, name = "", value = ""] = /^(\w+): (\S|\S.*\S)$/.exec(line) ?? [];
    if (!MEMBERS.includes(name) || members.has(name))
      throw new PageError(
        `${path}: expected each of ${MEMBERS.join(", ")} once in the head, found ${JSON.stringify(line)}`,
      );
    members.set(name, value);
  }
  return members;
}
