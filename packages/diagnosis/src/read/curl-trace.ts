/** What `curl --trace` and `--trace-ascii` write, and git with GIT_TRACE_CURL: brought into the form of `curl -v`. */
import { readCurlOutput } from "./curl-output.ts";
import type { Hop } from "./failing-exchange.ts";

const START =
  /^(?:[\d:.]{8,15} )?(=>|<=|==) (Send header|Send data|Recv header|Recv data|Info:|\w[\w ]{0,30}),?(?: ?([^]*))$/;
/** git writes its own time and place in front of each line, and the kind of each line behind it. */
const GIT =
  /^[\d:.]{8,15} http\.c:\d{1,6} {1,40}(=>|<=|==) (Send header|Send data|Recv header|Recv data|Info)[:,](?: ([^]*))?$/;
/** In a body git writes points for what cannot be shown, line ends too. */
const GIT_CHUNK = /^[0-9a-f]{1,8}\.\.([^]*)\.\.0\.{4}\s{0,9}$/i;
const ROW = /^([0-9a-f]{4,16}): ([^]*)$/;
const HEX = /^((?:[0-9a-f]{2} ){1,16}) {0,48}/;

interface Block {
  readonly kind: string;
  text: string;
}

/** Null when the text is no such trace. */
export function readCurlTrace(text: string): readonly Hop[] | null {
  if (!/=> Send header[:,] /.test(text)) return null;
  const blocks = blocksOf(text);
  const lines: string[] = [];
  const bodies: string[] = [];
  const answers: string[][] = [];
  for (const { kind, text: told } of blocks) {
    if (kind === "Info") lines.push(`* ${told.trim()}`);
    else if (kind === "Send data" && bodies.length > 0)
      bodies[bodies.length - 1] += told;
    else if (kind === "Recv data") answers.at(-1)?.push(told);
    else if (kind.endsWith("header")) {
      const mark = kind === "Send header" ? ">" : "<";
      for (const line of told.replace(/\r?\n$/, "").split("\n")) {
        if (/^[A-Z]{3,20} \S+ HTTP\/\d/.test(line) && mark === ">") {
          bodies.push("");
          answers.push([]);
        }
        lines.push(`${mark} ${line}`);
      }
    }
  }
  const hops = readCurlOutput(lines.join("\n"));
  return (
    hops?.map((hop, i) =>
      withBodies(hop, bodies[i] ?? "", (answers[i] ?? []).join("")),
    ) ?? null
  );
}

function withBodies(hop: Hop, sent: string, answered: string): Hop {
  // git hides what it must not tell.
  const hidden = /<redacted>/.test(hop.authorization ?? "");
  const body = withoutChunks(answered.replace(GIT_CHUNK, "$1")).trimEnd();
  return {
    ...hop,
    request: () => {
      const request = hidden ? undefined : hop.request();
      return request && sent !== "" ? { ...request, body: sent } : request;
    },
    response: () => {
      const response = hop.response();
      return response && body !== "" ? { ...response, body } : response;
    },
  };
}

/** Up to version 8 curl shows a body as it travelled, in chunks (RFC 9112 section 7.1). */
function withoutChunks(body: string): string {
  const chunk = /([0-9a-f]{1,8})(?:;[^\n]{0,200})?\r?\n/iy;
  let text = "";
  for (let at = 0; at < body.length;) {
    chunk.lastIndex = at;
    const size = Number.parseInt(chunk.exec(body)?.[1] ?? "", 16);
    if (Number.isNaN(size)) return text === "" ? body : text;
    if (size === 0) break;
    const from = chunk.lastIndex;
    text += body.slice(from, from + size);
    at = from + size;
    while (body[at] === "\r" || body[at] === "\n") at++;
  }
  return text;
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let block: Block | null = null;
  let end = 0;
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\r$/, "");
    const git = GIT.exec(line);
    if (git) {
      const [, , kind = "", told] = git;
      // The line that tells a length begins a block.
      if (/^\d{10} bytes/.test(told ?? ""))
        blocks.push((block = { kind, text: "" }));
      else if (kind === "Info") blocks.push({ kind, text: told ?? "" });
      else if (block) block.text += `${told ?? ""}\n`;
      continue;
    }
    const [, , kind, told = ""] = START.exec(line) ?? [];
    if (kind !== undefined) {
      blocks.push((block = { kind: kind.replace(/:$/, ""), text: told }));
      if (block.kind !== "Info") block.text = "";
      end = 0;
      continue;
    }
    const [, offset, row = ""] = ROW.exec(line) ?? [];
    if (offset === undefined || !block) continue;
    const bytes = HEX.exec(row)?.[1];
    const at = Number.parseInt(offset, 16);
    if (bytes !== undefined && isHexRow(row, bytes)) {
      block.text += fromHex(bytes);
      continue;
    }
    // A row ends at 64 characters, or where the line of the message does: then its two last characters are not shown.
    if (block.text !== "" && at !== end) block.text += "\n";
    block.text += row;
    end = at + row.length;
  }
  return blocks;
}

/** The bytes stand again as characters behind the sixteen columns. */
const isHexRow = (row: string, bytes: string): boolean =>
  row.slice(48).length === bytes.length / 3;

function fromHex(bytes: string): string {
  const numbers = bytes.trim().split(" ");
  return String.fromCharCode(
    ...numbers.map((byte) => Number.parseInt(byte, 16)),
  );
}
