/** The built console, held in memory: what is not in this table cannot be asked for, so no path of a request ever touches the disk. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { StartError } from "./start-error.ts";

export interface ConsoleFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** A strong validator (RFC 9110 section 8.8.3): the digest of the content. */
  readonly etag: string;
  readonly cacheControl: string;
  /** The policy that a document brings along for itself; null: the server's own. */
  readonly policy: string | null;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/**
 * The files by the path of their URL: index.html is "/", and causes/key.rotated.html is "/causes/key.rotated". The inspector can also be had
 * under its file's name, to be kept. Throws StartError when there is no console in the folder.
 */
export function readConsole(folder: string): ReadonlyMap<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  for (const path of filesIn(folder)) {
    const type = TYPES[extname(path)];
    if (type === undefined) continue;
    const body = readFileSync(path);
    const name = `/${relative(folder, path).split(sep).join("/")}`;
    const file = {
      body,
      type,
      etag: etagOf(body),
      cacheControl: cacheControlOf(name),
      policy: name.endsWith(".html") ? policyIn(body) : null,
    };
    files.set(addressOf(name), file);
    if (name === "/inspector.html") files.set(name, file);
  }
  if (!files.has("/")) throw notBuilt(folder);
  return files;
}

const addressOf = (name: string): string =>
  name === "/index.html" ? "/" : name.replace(/\.html$/, "");

/** What the document says in its meta element, which must hold from a file too (CSP level 3, section 3.3). */
const policyIn = (html: Uint8Array): string | null =>
  /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(
    new TextDecoder().decode(html.subarray(0, 4096)),
  )?.[1] ?? null;

function filesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    throw notBuilt(folder, error);
  }
}

const notBuilt = (folder: string, cause?: unknown): StartError =>
  new StartError(
    `expected the built console in ${folder}, found no index.html there; it is built by npm start and npm run build`,
    "npm start",
    cause,
  );

const etagOf = (body: Uint8Array): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;

/** The names under /assets/ carry the hash of their content and never mean anything else; all others are asked for anew. */
const cacheControlOf = (url: string): string =>
  url.startsWith("/assets/")
    ? "public, max-age=31536000, immutable"
    : "no-cache";
