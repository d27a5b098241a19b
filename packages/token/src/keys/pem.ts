import { platform } from "#crypto";

export type PemProblem =
  /** No line -----BEGIN …-----. */
  | "no_begin"
  /** No line -----END …----- after it. */
  | "no_end"
  /** BEGIN and END name different things. */
  | "label"
  /** \n stands there as two characters, as it does after a copy out of JSON or an environment variable. */
  | "escaped_newlines"
  /** BEGIN, base64 and END are not on lines of their own. */
  | "line_breaks"
  /** Header lines such as Proc-Type, of the old encrypted form (RFC 1421). */
  | "headers"
  /** What stands between the lines is not base64. */
  | "base64";

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

const BEGIN = /^-----BEGIN ([A-Z0-9]+(?: [A-Z0-9]+)*)-----[ \t]*$/m;

/** Reads the first block of a PEM text (RFC 7468). Text before and after it is allowed (section 2); in it, only base64 is. */
export function readPem(
  text: string,
): PemBlock | { readonly problem: PemProblem } {
  return readFrom(text).block;
}

/** Reads all blocks, in order; the last answer may be a problem. */
export function readPemBlocks(
  text: string,
): (PemBlock | { readonly problem: PemProblem })[] {
  const blocks: (PemBlock | { readonly problem: PemProblem })[] = [];
  let rest: string | null = text;
  while (
    rest !== null &&
    (blocks.length === 0 || rest.includes("-----BEGIN"))
  ) {
    const read = readFrom(rest);
    blocks.push(read.block);
    rest = read.rest;
  }
  return blocks;
}

function readFrom(text: string): {
  readonly block: PemBlock | { readonly problem: PemProblem };
  readonly rest: string | null;
} {
  const stop = (problem: PemProblem) => ({ block: { problem }, rest: null });
  const lines = text.replaceAll("\r\n", "\n");
  const begin = BEGIN.exec(lines);
  if (!begin) {
    if (!lines.includes("-----BEGIN ")) return stop("no_begin");
    return stop(/\\r?\\?n/.test(lines) ? "escaped_newlines" : "line_breaks");
  }
  const label = begin[1] as string;
  const body = lines.slice(begin.index + begin[0].length);
  const end = /-----END ([^\n]*?)-----/.exec(body);
  if (!end) return stop("no_end");
  const content = body.slice(0, end.index);
  if (content.includes("-----BEGIN")) return stop("no_end");
  if (end[1] !== label) return stop("label");
  if (content.includes("\\n")) return stop("escaped_newlines");
  if (content.includes(":")) return stop("headers");
  const after = body.slice(end.index + end[0].length);
  if (
    !content.startsWith("\n") ||
    !content.endsWith("\n") ||
    !/^[ \t]*(\n|$)/.test(after)
  )
    return stop("line_breaks");
  const der = decodeBase64(content.replace(/[ \t\n]/g, ""));
  return der && der.length > 0
    ? { block: { label, der }, rest: after }
    : stop("base64");
}

/** The bytes of canonical base64 with its padding (RFC 4648 section 4), else null. */
export function decodeBase64(text: string): Uint8Array | null {
  const [, letters, padding] = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(text) ?? [];
  if (letters === undefined || padding === undefined || text.length % 4 !== 0)
    return null;
  return platform.decodeBase64url(
    letters.replaceAll("+", "-").replaceAll("/", "_"),
  );
}
