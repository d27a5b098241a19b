/** One request as Bruno keeps it in a file .bru: blocks of pairs, and blocks of text. */
import type { Inquiry, RequestSeen } from "../inquiry.ts";
import { HeaderList } from "./header-list.ts";
import { filler } from "./placeholders.ts";

const OPENS = /^([a-z][\w-]{0,40}(?::[\w-]{1,40})?) \{$/;
const METHODS = /^(?:get|post|put|patch|delete|options|head|trace|connect)$/;

type Blocks = ReadonlyMap<string, readonly string[]>;
type Pairs = ReadonlyMap<string, string>;

/** Null when the text is no such file with a request in it. */
export function readBrunoFile(text: string): Inquiry | null {
  if (
    !/^\s{0,99}(?:meta|get|post|put|patch|delete|head|options) \{\r?\n/.test(
      text,
    )
  )
    return null;
  const blocks = blocksOf(text);
  const method = [...blocks.keys()].find((name) => METHODS.test(name));
  if (method === undefined) return null;
  const fill = filler(pairsIn(blocks, "vars:pre-request"));
  const pairs = (name: string): Pairs =>
    new Map(
      [...pairsIn(blocks, name)].map(([key, value]) => [key, fill(value)]),
    );
  const asked = pairs(method);
  const mode = asked.get("auth") ?? "none";
  const auth = pairs(`auth:${mode}`);
  const headers = new HeaderList();
  for (const [name, value] of pairs("headers")) headers.add(name, value);
  const authorization = authorizationOf(mode, auth);
  if (authorization !== null)
    headers.addDefault("Authorization", authorization);
  if (mode === "apikey" && auth.get("placement") !== "queryparams")
    headers.addDefault(auth.get("key") ?? "", auth.get("value") ?? "");
  const body = bodyOf(blocks, asked.get("body") ?? "none", pairs, fill);
  const url = asked.get("url");
  const request: RequestSeen = {
    method: method.toUpperCase(),
    ...(url !== undefined && { url }),
    headers: headers.toMap(),
    ...(body !== "" && { body }),
  };
  const environment = mode === "awsv4" ? environmentOf(auth) : {};
  const profile = mode === "awsv4" ? auth.get("profileName") : undefined;
  const aws = {
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(profile !== undefined && profile !== "" && { profile }),
  };
  return {
    request,
    ...(Object.keys(aws).length > 0 && { context: { aws } }),
  };
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

function authorizationOf(mode: string, auth: Pairs): string | null {
  if (mode === "bearer") return `Bearer ${auth.get("token") ?? ""}`;
  if (mode !== "basic") return null;
  let bytes = "";
  for (const byte of new TextEncoder().encode(
    `${auth.get("username") ?? ""}:${auth.get("password") ?? ""}`,
  ))
    bytes += String.fromCharCode(byte);
  return `Basic ${btoa(bytes)}`;
}

const AWS_NAMES: readonly (readonly [string, string])[] = [
  ["accessKeyId", "AWS_ACCESS_KEY_ID"],
  ["secretAccessKey", "AWS_SECRET_ACCESS_KEY"],
  ["sessionToken", "AWS_SESSION_TOKEN"],
  ["region", "AWS_REGION"],
];

const environmentOf = (auth: Pairs): Readonly<Record<string, string>> =>
  Object.fromEntries(
    AWS_NAMES.flatMap(([own, name]) => {
      const value = auth.get(own);
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );

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
