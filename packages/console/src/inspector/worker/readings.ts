/** The texts that the page asks about, each read once: its views share what was read. */
import { readPasted, type Pasted } from "@assay/diagnosis";
import type { Subject } from "./pasted-text.ts";
import { NoText, textOf } from "./text-of.ts";

/** Short texts that are remembered: what stands in the box, and what other views of the page show. */
const MOST = 4;

/** A large text was forgotten, or its file is gone or may not be read. */
export class UnreadableText extends Error {
  override readonly name = "UnreadableText";
}

export class Readings {
  readonly #short = new Map<string, ReadText>();
  readonly #large = new Map<number, ReadText>();
  readonly #coming = new Map<number, Coming>();

  /** Throws UnreadableText or NoText. */
  async of({ text, request }: Subject): Promise<Pasted> {
    const read =
      typeof text === "string" ? this.#ofShort(text) : this.#large.get(text.id);
    if (!read) throw new UnreadableText("it was forgotten");
    return read.of(request);
  }

  /** The file is read as soon as it is there, and never again: it may change. */
  takeFile(id: number, file: Blob): void {
    this.#large.set(id, new ReadText(textOf(file)));
  }

  /** The parts of one text come in order. */
  takePart(id: number, part: string, last: boolean): void {
    let coming = this.#coming.get(id);
    if (coming === undefined) {
      const { promise, resolve } = Promise.withResolvers<string>();
      coming = { parts: [], resolve };
      this.#coming.set(id, coming);
      this.#large.set(id, new ReadText(promise));
    }
    coming.parts.push(part);
    if (!last) return;
    this.#coming.delete(id);
    coming.resolve(coming.parts.join(""));
  }

  forget(id: number): void {
    this.#large.delete(id);
    this.#coming.delete(id);
  }

  #ofShort(text: string): ReadText {
    const read = this.#short.get(text) ?? new ReadText(Promise.resolve(text));
    // What was asked for last is forgotten last.
    this.#short.delete(text);
    this.#short.set(text, read);
    const [oldest] = this.#short.keys();
    if (this.#short.size > MOST && oldest !== undefined)
      this.#short.delete(oldest);
    return read;
  }
}

interface Coming {
  readonly parts: string[];
  readonly resolve: (text: string) => void;
}

class ReadText {
  readonly #text: Promise<string>;
  readonly #read = new Map<number | null, Promise<Pasted>>();

  constructor(text: Promise<string>) {
    this.#text = text.catch((error: unknown) => {
      throw error instanceof NoText ? error : new UnreadableText(String(error));
    });
    // Whoever asks is told; perhaps nobody asks.
    this.#text.catch(() => {});
  }

  async of(request: number | null): Promise<Pasted> {
    let reading = this.#read.get(request);
    if (!reading) {
      reading = this.#text.then((text) =>
        readPasted(text, { request: request ?? undefined }),
      );
      this.#read.set(request, reading);
    }
    return reading;
  }
}
