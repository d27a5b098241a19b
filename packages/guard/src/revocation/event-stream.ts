/** Takes a stream of server-sent events apart (HTML Standard section 9.2.6), within bounds. */
import { FeedFault } from "./feed-fault.ts";

export interface ServerEvent {
  readonly name: string;
  readonly data: string;
  /** Only what this very event says. null: nothing. */
  readonly id: string | null;
}

/** Threat: an event that never ends. A part of a snapshot has some 100 KB. In characters. */
export const MAX_EVENT: number = 1024 * 1024;

export class EventStream {
  readonly #decoder = new TextDecoder();
  /** What came without its end. */
  #rest = "";
  #name = "";
  #data: string[] = [];
  #id: string | null = null;
  #length = 0;

  /** The events that these bytes complete. Throws FeedFault for one that is too large. */
  *read(bytes: Uint8Array): Generator<ServerEvent> {
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    let from = 0;
    for (
      let end = text.indexOf("\n", from);
      end >= 0;
      end = text.indexOf("\n", from)
    ) {
      const line = text.slice(from, text[end - 1] === "\r" ? end - 1 : end);
      from = end + 1;
      if (line !== "") this.#take(line);
      else {
        const event = this.#event();
        if (event) yield event;
      }
    }
    this.#rest = text.slice(from);
    this.#bound(this.#rest.length);
  }

  #take(line: string): void {
    this.#length += line.length;
    this.#bound(0);
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const rest = colon < 0 ? "" : line.slice(colon + 1);
    const value = rest.startsWith(" ") ? rest.slice(1) : rest;
    if (field === "event") this.#name = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id") this.#id = value;
  }

  #event(): ServerEvent | null {
    const event =
      this.#data.length === 0
        ? null
        : {
            name: this.#name || "message",
            data: this.#data.join("\n"),
            id: this.#id,
          };
    this.#name = "";
    this.#data = [];
    this.#id = null;
    this.#length = 0;
    return event;
  }

  #bound(more: number): void {
    if (this.#length + more > MAX_EVENT)
      throw new FeedFault(`an event of more than ${MAX_EVENT} characters`);
  }
}
