/** Invoke-WebRequest and Invoke-RestMethod, as browsers copy requests, or as scripts have them. */
import { hopOfCommand } from "./command-hop.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList } from "./header-list.ts";
import { powershellTokens, type PowershellToken } from "./powershell-tokens.ts";

const CALL = /^(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)$/i;

/** Null when the text calls neither. */
export function readPowershell(text: string): readonly Hop[] | null {
  if (!/\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s/i.test(text))
    return null;
  // What stands in front of the call is a script: assignments, or a prompt.
  if (!/^\s{0,99}(?:\$|PS |Invoke-|iwr\s|irm\s|#)/i.test(text)) return null;
  const tokens = powershellTokens(text);
  const hops: Hop[] = [];
  const tables: Tables = new Map();
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text: word } = tokens[at] as PowershellToken;
    if (kind !== "word") continue;
    if (CALL.test(word)) at = readCall(tokens, at, tables, hops);
    else if (word.startsWith("$")) at = readTable(tokens, at, tables);
  }
  return hops.length > 0 ? hops : null;
}

/** Headers in variables, by the variable's name in lower case. */
type Tables = Map<string, HeaderList>;

/** Returns where the call ends. */
function readCall(
  tokens: readonly PowershellToken[],
  call: number,
  tables: Tables,
  hops: Hop[],
): number {
  const headers = new HeaderList();
  const found = new Map<string, string>();
  let at = call + 1;
  for (; at < tokens.length && tokens[at]?.kind !== "end"; at++) {
    const token = tokens[at] as PowershellToken;
    if (token.kind !== "word" || !token.text.startsWith("-")) {
      if (token.kind !== "mark") addDefault(found, "uri", token.text);
      continue;
    }
    const name = token.text.slice(1).replace(/:$/, "").toLowerCase();
    const value = tokens[at + 1];
    if (SWITCHES.includes(name) || !value) continue;
    at++;
    if (name === "headers") {
      // PowerShell takes a parameter once.
      if (headers.size === 0 && !found.has(name))
        addHeaders(headers, tokens, at, tables);
      found.set(name, "");
    } else found.set(name, value.text);
    if (value.text === "@{") at = tableEnd(tokens, at);
    if (value.text === "(") at = groupEnd(tokens, at, found, name);
  }
  const type = found.get("contenttype");
  if (type !== undefined) headers.addDefault("content-type", type);
  const [url, body] = [found.get("uri"), found.get("body")];
  hops.push(
    hopOfCommand({
      method: found.get("method")?.toUpperCase() ?? "GET",
      ...(url !== undefined && { url }),
      headers: headers.toMap(),
      ...(body !== undefined && !/^[@$(]/.test(body) && { body }),
    }),
  );
  return at;
}

const SWITCHES: readonly string[] = [
  "usebasicparsing",
  "skipcertificatecheck",
  "skipheadervalidation",
  "skiphttperrorcheck",
  "allowunencryptedauthentication",
  "preserveauthorizationonredirect",
  "usedefaultcredentials",
  "disablekeepalive",
  "passthru",
  "verbose",
];

function addDefault(
  found: Map<string, string>,
  name: string,
  value: string,
): void {
  if (!found.has(name)) found.set(name, value);
}

/** The table stands here, or was given to the variable that stands here, whole or header by header. */
function addHeaders(
  headers: HeaderList,
  tokens: readonly PowershellToken[],
  at: number,
  tables: Tables,
): void {
  const name = tokens[at]?.text.toLowerCase() ?? "";
  if (!name.startsWith("$")) return addTable(headers, tokens, at);
  for (const [key, value] of Object.entries(tables.get(name)?.toMap() ?? {}))
    for (const own of typeof value === "string" ? [value] : value)
      headers.add(key, own);
}

/** A variable that gets a table, or one header more. Returns where that ends. */
function readTable(
  tokens: readonly PowershellToken[],
  at: number,
  tables: Tables,
): number {
  const name = tokens[at]?.text.toLowerCase() ?? "";
  if (isMark(tokens[at + 1], "=")) {
    const headers = new HeaderList();
    addTable(headers, tokens, at + 2);
    tables.set(name, headers);
    return isMark(tokens[at + 2], "@{") ? tableEnd(tokens, at + 2) : at + 1;
  }
  if (!name.endsWith(".add") || tokens[at + 3]?.text !== ",") return at;
  const variable = name.slice(0, -".add".length);
  const headers = tables.get(variable) ?? new HeaderList();
  headers.add(tokens[at + 2]?.text ?? "", tokens[at + 4]?.text ?? "");
  tables.set(variable, headers);
  return at + 4;
}

function addTable(
  headers: HeaderList,
  tokens: readonly PowershellToken[],
  from: number,
): void {
  if (!isMark(tokens[from], "@{")) return;
  const end = tableEnd(tokens, from);
  for (let i = from + 1; i < end; i++) {
    if (!isMark(tokens[i + 1], "=")) continue;
    headers.add(tokens[i]?.text ?? "", tokens[i + 2]?.text ?? "");
    i += 2;
  }
}

function tableEnd(tokens: readonly PowershellToken[], from: number): number {
  let at = from + 1;
  while (at < tokens.length && !isMark(tokens[at], "}")) at++;
  return at;
}

const isMark = (token: PowershellToken | undefined, text: string): boolean =>
  token?.kind === "mark" && token.text === text;

/** An expression in parentheses; of ([System.Text.Encoding]::UTF8.GetBytes("…")), which browsers write, the text is the body. */
function groupEnd(
  tokens: readonly PowershellToken[],
  from: number,
  found: Map<string, string>,
  name: string,
): number {
  let depth = 0;
  let at = from;
  for (; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as PowershellToken;
    if (kind === "string") found.set(name, text);
    if (kind === "mark" && text === "(") depth++;
    else if (kind === "mark" && text === ")" && --depth === 0) break;
  }
  return at;
}
