/**
 * Answers the issuer's forms for node:http without making a Request and a Response for each. What is not such a form goes to the fetch function, by the
 * adapter. Measured (docs/decisions/0021): the detour costs about as much as an introspection. Forms that were read in one turn of the event loop
 * are answered together, at its end.
 */
import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { atEndOfTurn } from "./at-end-of-turn.ts";
import { declaredLength, LONGEST_FORM } from "./endpoints/form.ts";
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
    // Threat: a sender who hangs up while the form is read has no address any more: neither a limit of its own nor a name in the journal.
    const { remoteAddress } = incoming.socket;
    request.whenRead(() => {
      plain
        .answer(request, remoteAddress)
        .then((reply) =>
          reply instanceof Answer
            ? leave(outgoing, reply)
            : writeResponse(outgoing, reply),
        )
        .catch(() => outgoing.destroy());
    });
    return undefined;
  };
}

/**
 * The answers of one turn of the event loop are written together, at its end: the first write wakes the system's other side, the further ones
 * find it awake (docs/decisions/0021).
 */
function leave(outgoing: ServerResponse, answer: Answer): void {
  atEndOfTurn(() => {
    try {
      write(outgoing, answer);
    } catch {
      outgoing.destroy();
    }
  });
}

function write(
  outgoing: ServerResponse,
  { status, headers, body }: Answer,
): void {
  const text = body ?? "";
  const lines = ["content-length", String(Buffer.byteLength(text))];
  for (const [name, value] of Object.entries(headers)) lines.push(name, value);
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
  #bytes: Promise<Uint8Array> | null = null;

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
    return (this.#bytes ??= readAll(this.#incoming));
  }

  /**
   * Goes on at the end of the turn in which the last of the body came, with all others that wait for theirs. At once where the request does not
   * name a usual length: whoever asks for the body looks at how long it is.
   */
  whenRead(next: () => void): void {
    if (!(declaredLength(this) <= LONGEST_FORM)) return next();
    return atEndOfTurn(() => {
      if (this.#incoming.complete) next();
      else this.bytes().then(() => atEndOfTurn(next), next);
    });
  }
}

async function readAll(incoming: IncomingMessage): Promise<Uint8Array> {
  // Most come with their headers, and stand there as one piece.
  if (incoming.complete && !incoming.destroyed)
    return (incoming.read() as Buffer | null) ?? NOTHING;
  const chunks: Buffer[] = [];
  // A body that breaks off is an error too.
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const NOTHING = Buffer.alloc(0);

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
