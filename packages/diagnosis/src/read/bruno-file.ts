/** A file .bru: blocks of pairs, and blocks of text. A request, the settings of its collection, or both behind one another. */
import { hopOfBruno, type BrunoAuth } from "./bruno-request.ts";
import type { Hop } from "./failing-exchange.ts";
import { filler } from "./placeholders.ts";

const BEGINS =
  /^\s{0,99}(?:meta|get|post|put|patch|delete|head|options|auth(?::\w{1,20})?|headers|vars(?::[\w-]{1,20})?) \{\r?\n/;
const OPENS = /^([a-z][\w-]{0,40}(?::[\w-]{1,40})?) \{$/;
const METHODS = /^(?:get|post|put|patch|delete|options|head|trace|connect)$/;

type Blocks = ReadonlyMap<string, readonly string[]>;
type Pairs = ReadonlyMap<string, string>;

/** Null when the text is no such file, or tells of no request and no credentials. */
export function readBrunoFile(text: string): readonly Hop[] | null {
  if (!BEGINS.test(text)) return null;
  const blocks = blocksOf(text);
  const method = [...blocks.keys()].find((name) => METHODS.test(name));
  // Those of an environment, of the collection, and of the request itself, which come last and count.
  const fill = filler(
    new Map([
      ...pairsIn(blocks, "vars"),
      ...pairsIn(blocks, "vars:pre-request"),
    ]),
  );
  const pairs = (name: string): Pairs =>
    new Map(
      [...pairsIn(blocks, name)].map(([key, value]) => [key, fill(value)]),
    );
  const asked = pairs(method ?? "");
  const auth = authOf(asked.get("auth"), pairs);
  if (method === undefined && auth.settings.size === 0) return null;
  return [
    hopOfBruno({
      method,
      url: asked.get("url"),
      headers: pairs("headers"),
      auth,
      body: bodyOf(blocks, asked.get("body") ?? "none", pairs, fill),
    }),
  ];
}

/** What a request inherits stands in the collection's block auth. */
function authOf(
  own: string | undefined,
  pairs: (name: string) => Pairs,
): BrunoAuth {
  const inherited = pairs("auth").get("mode");
  const mode =
    own === undefined || own === "inherit" ? (inherited ?? own) : own;
  return { mode: mode ?? "none", settings: pairs(`auth:${mode ?? "none"}`) };
}

/** A block ends at the brace that stands first in its line; what is inside is indented by two. */
function blocksOf(text: string): Blocks {
  const blocks = new Map<string, string[]>();
  let open: string[] | null = null;
  for (const raw of text.split("\n")) {
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const name = open ? undefined : OPENS.exec(line)?.[1];
    if (name !== undefined) blocks.set(name, (open = []));
    else if (line === "}") open = null;
    else open?.push(line.startsWith("  ") ? line.slice(2) : line);
  }
  return blocks;
}

/** A tilde switches a pair off. */
function pairsIn(blocks: Blocks, name: string): Pairs {
  const pairs = new Map<string, string>();
  for (const line of blocks.get(name) ?? []) {
    const colon = line.indexOf(":");
    const key = line
      .slice(0, colon)
      .trim()
      .replace(/^"([^]*)"$/, "$1");
    if (colon > 0 && !key.startsWith("~"))
      pairs.set(key, line.slice(colon + 1).replace(/^ /, ""));
  }
  return pairs;
}

function bodyOf(
  blocks: Blocks,
  mode: string,
  pairs: (name: string) => Pairs,
  fill: (text: string) => string,
): string {
  if (mode === "none") return "";
  if (/^form-?urlencoded$/i.test(mode))
    return new URLSearchParams([...pairs("body:form-urlencoded")]).toString();
  return fill((blocks.get(`body:${mode}`) ?? []).join("\n"));
}
