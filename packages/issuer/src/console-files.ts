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
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** The files by the path of their URL; index.html is "/". Throws StartError when there is no console in the folder. */
export function readConsole(folder: string): ReadonlyMap<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  for (const path of filesIn(folder)) {
    const type = TYPES[extname(path)];
    if (type === undefined) continue;
    const body = new Uint8Array(readFileSync(path));
    const name = `/${relative(folder, path).split(sep).join("/")}`;
    const url = name === "/index.html" ? "/" : name;
    files.set(url, {
      body,
      type,
      etag: etagOf(body),
      cacheControl: cacheControlOf(url),
    });
  }
  if (!files.has("/")) throw notBuilt(folder);
  return files;
}

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
