/** Invoke-WebRequest and Invoke-RestMethod, as browsers copy a request, or as scripts have them. */
import type { RequestSeen } from "../inquiry.ts";
import { HeaderList } from "./header-list.ts";
import { powershellTokens, type PowershellToken } from "./powershell-tokens.ts";

const CALL = /^(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)$/i;

/** Null when the text calls neither. */
export function readPowershell(text: string): RequestSeen | null {
  if (!/\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s/i.test(text))
    return null;
  // What stands in front of the call is a script: assignments, or a prompt.
  if (!/^\s{0,99}(?:\$|PS |Invoke-|iwr\s|irm\s|#)/i.test(text)) return null;
  const tokens = powershellTokens(text);
  const call = tokens.findIndex(
    ({ kind, text: word }) => kind === "word" && CALL.test(word),
  );
  if (call < 0) return null;
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
        addHeaders(headers, tokens, at);
      found.set(name, "");
    } else found.set(name, value.text);
    if (value.text === "@{") at = tableEnd(tokens, at);
    if (value.text === "(") at = groupEnd(tokens, at, found, name);
  }
  const type = found.get("contenttype");
  if (type !== undefined) headers.addDefault("content-type", type);
  const [url, body] = [found.get("uri"), found.get("body")];
  return {
    method: found.get("method")?.toUpperCase() ?? "GET",
    ...(url !== undefined && { url }),
    headers: headers.toMap(),
    ...(body !== undefined && !/^[@$(]/.test(body) && { body }),
  };
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
): void {
  const name = tokens[at]?.text.toLowerCase() ?? "";
  if (!name.startsWith("$")) return addTable(headers, tokens, at);
  for (let i = 0; i < at; i++) {
    const word = tokens[i]?.text.toLowerCase();
    if (word === name && isMark(tokens[i + 1], "="))
      addTable(headers, tokens, i + 2);
    else if (word === `${name}.add` && tokens[i + 3]?.text === ",")
      headers.add(tokens[i + 2]?.text ?? "", tokens[i + 4]?.text ?? "");
  }
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
