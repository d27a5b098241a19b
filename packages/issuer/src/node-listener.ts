/**
 * Answers the issuer's forms for node:http without making a Request and a Response for each. What is not such a form goes to the fetch function, by the
 * adapter. Measured (docs/decisions/0021): the detour costs about as much as an introspection.
 */
import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { Answer, type Reply } from "./exchange.ts";
import type { Incoming } from "./incoming.ts";
import { pathOf } from "./routes.ts";

/** Answers a form, or says that it is for others. */
export interface PlainAnswers {
  isPlain(method: string, path: string): boolean;
  answer(request: Incoming, remote: string | undefined): Promise<Reply>;
}

export function nodeListener(
  plain: PlainAnswers,
  others: RequestListener,
): RequestListener {
  return (incoming, outgoing) => {
    const { method = "", url = "" } = incoming;
    // Only a path as it stands: an address in whole, as proxies are sent it, is for the adapter.
    if (
      !url.startsWith("/") ||
      !plain.isPlain(method, pathOf(`http://x${url}`))
    )
      return others(incoming, outgoing);
    const request = new NodeRequest(incoming);
    plain
      .answer(request, incoming.socket.remoteAddress)
      .then((reply) =>
        reply instanceof Answer
          ? leave(outgoing, reply)
          : writeResponse(outgoing, reply),
      )
      .catch(() => outgoing.destroy());
    return undefined;
  };
}

let leaving: (readonly [ServerResponse, Answer])[] = [];

/**
 * The answers of one turn of the event loop are written together, at its end: the first write wakes the system's other side, the further ones
 * find it awake (docs/decisions/0021).
 */
function leave(outgoing: ServerResponse, answer: Answer): void {
  if (leaving.push([outgoing, answer]) === 1) setImmediate(writeAll);
}

function writeAll(): void {
  const answers = leaving;
  leaving = [];
  for (const [outgoing, answer] of answers) {
    try {
      write(outgoing, answer);
    } catch {
      outgoing.destroy();
    }
  }
}

function write(
  outgoing: ServerResponse,
  { status, headers, body }: Answer,
): void {
  const text = body ?? "";
  const lines = Object.entries(headers).flat();
  lines.push("content-length", String(Buffer.byteLength(text)));
  outgoing.writeHead(status, lines);
  outgoing.end(text);
}

async function writeResponse(
  outgoing: ServerResponse,
  response: Response,
): Promise<void> {
  const bytes = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(bytes);
}

class NodeRequest implements Incoming {
  readonly method: string;
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Pick<Headers, "get" | "has">;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    this.method = incoming.method ?? "";
    this.url = `http://${incoming.headers.host ?? "localhost"}${incoming.url ?? "/"}`;
    const { rawHeaders } = incoming;
    this.headers = new RawHeaders(rawHeaders);
  }

  get body(): Request["body"] {
    return Readable.toWeb(this.#incoming);
  }

  /** Rejects when the body breaks off. The server holds it to the length that it names. */
  bytes(): Promise<Uint8Array> {
    const incoming = this.#incoming;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const [first] = chunks;
        resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks));
      });
      // A body that breaks off is an error too.
      incoming.on("error", reject);
    });
  }
}

class RawHeaders implements Pick<Headers, "get" | "has"> {
  readonly #raw: readonly string[];

  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  get(name: string): string | null {
    return headerOf(this.#raw, name);
  }

  has(name: string): boolean {
    return headerOf(this.#raw, name) !== null;
  }
}

/** Every line of the name, joined as Fetch joins them: node:http would drop a second Authorization without a word. */
function headerOf(raw: readonly string[], name: string): string | null {
  const { length } = name;
  let found: string | null = null;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const candidate = raw[i];
    if (
      candidate?.length === length &&
      (candidate === name || candidate.toLowerCase() === name)
    )
      found = found === null ? (raw[i + 1] ?? "") : `${found}, ${raw[i + 1]}`;
  }
  return found;
}
