/** One command, as its shell hands it over. */
export interface CommandWords {
  readonly words: readonly string[];
  /** The text behind the command: what it printed, perhaps. */
  readonly rest: string;
}

/** Collects words character by character. A word that was quoted may be empty. */
export class WordList {
  readonly words: string[] = [];
  #word: string | null = null;
  #skip = false;

  get within(): boolean {
    return this.#word !== null;
  }

  append(text: string): void {
    this.#word = (this.#word ?? "") + text;
  }

  end(): void {
    if (this.#word !== null && !this.#skip) this.words.push(this.#word);
    if (this.#word !== null) this.#skip = false;
    this.#word = null;
  }

  /** A redirection: its file, and the number in front of it, are no words of the command. */
  redirect(): void {
    if (this.#word !== null && /^\d$/.test(this.#word)) this.#word = null;
    this.end();
    this.#skip = true;
  }
}

/** Does the command go on in the next line? An option there shows that it was meant to, whatever became of the mark at the line's end. */
export function goesOn(text: string, newline: number): boolean {
  let next = newline + 1;
  while (text[next] === " " || text[next] === "\t") next++;
  return text[next] === "-" && /[\w-]/.test(text[next + 1] ?? "");
}
