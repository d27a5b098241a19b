/** Bruno's newer form, the YAML of OpenCollection 1.0: a request, a collection's settings, both behind one another, or a collection in one file. */
import { hopOfBruno, type BrunoAuth } from "./bruno-request.ts";
import type { Hop } from "./failing-exchange.ts";
import { listOf, memberOf, textOf } from "./json-members.ts";
import { filler } from "./placeholders.ts";
import { readYaml } from "./yaml-subset.ts";

type Fill = (text: string) => string;

/** Null when the text is no such file, or tells of no request and no credentials. */
export function readBrunoYaml(text: string): readonly Hop[] | null {
  if (!/^(?:http|opencollection|request):/m.test(text)) return null;
  if (!/^\uFEFF?(?:\s|#[^\n]{0,400}\n|---\n){0,99}[a-z]{1,20}:/.test(text))
    return null;
  const root = readYaml(text);
  if (root === null) return null;
  const items = itemsOf(root);
  const fill = filler(
    new Map(
      [
        memberOf(root, "variables"),
        memberOf(memberOf(root, "request"), "variables"),
        ...items.map(({ item }) =>
          memberOf(memberOf(item, "runtime"), "variables"),
        ),
      ].flatMap(pairs),
    ),
  );
  return items.flatMap(({ item, inherited }) => {
    const http = memberOf(item, "http");
    const auth = authOf(memberOf(http, "auth"), inherited, fill);
    if (http === undefined && auth.settings.size === 0) return [];
    const url = textOf(http, "url");
    return [
      hopOfBruno({
        method: textOf(http, "method"),
        url: url === undefined ? undefined : fill(url),
        headers: pairs(memberOf(http, "headers")).map(
          ([name, value]): [string, string] => [fill(name), fill(value)],
        ),
        auth,
        body: bodyOf(memberOf(http, "body"), fill),
      }),
    ];
  });
}

interface Item {
  readonly item: unknown;
  /** The authorization of what holds it. */
  readonly inherited: unknown;
}

/** In their order. A folder's authorization counts for what it holds; a collection without requests is its settings. */
function itemsOf(root: unknown): readonly Item[] {
  const found: Item[] = [];
  const open: Item[] = [{ item: root, inherited: undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { item } = next;
    const own = memberOf(memberOf(item, "request"), "auth");
    const inherited =
      own === undefined || own === "inherit" ? next.inherited : own;
    if (memberOf(item, "http") !== undefined) found.push({ item, inherited });
    for (const child of listOf(item, "items").toReversed())
      open.push({ item: child, inherited });
    if (item === root && open.length === 0 && found.length === 0)
      found.push({ item, inherited });
  }
  return found;
}

function authOf(own: unknown, inherited: unknown, fill: Fill): BrunoAuth {
  const auth =
    own === "inherit" || own === undefined ? (inherited ?? own) : own;
  if (auth === "inherit") return { mode: "inherit", settings: new Map() };
  const settings = new Map<string, string>();
  if (typeof auth === "object" && auth !== null)
    for (const [name, value] of Object.entries(auth))
      if (typeof value === "string" && name !== "type")
        settings.set(name, fill(value));
  return { mode: textOf(auth, "type") ?? "none", settings };
}

/** A typed value is an object with its text in data. */
function pairs(list: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((pair): [string, string][] => {
    const name = textOf(pair, "name");
    const value =
      textOf(pair, "value") ?? textOf(memberOf(pair, "value"), "data");
    return name === undefined ||
      value === undefined ||
      memberOf(pair, "disabled") === "true"
      ? []
      : [[name, value]];
  });
}

function bodyOf(body: unknown, fill: Fill): string {
  const data = memberOf(body, "data");
  if (typeof data === "string") return fill(data.replace(/\n$/, ""));
  return textOf(body, "type") === "form-urlencoded"
    ? new URLSearchParams(
        pairs(data).map(([name, value]) => [fill(name), fill(value)]),
      ).toString()
    : "";
}
