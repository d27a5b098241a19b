/** A process of its own that answers calls: what it offers is typed once, on its side. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a process offers: functions of what can be sent to what can be sent. */
export type Offer = Readonly<
  Record<string, (input: never) => Promise<unknown>>
>;

type Call = {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
};
type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: string };

/** On the side of the process. It ends with its parent. */
export function offer(calls: Offer): void {
  process.on("message", ({ id, name, input }: Call) => {
    const call = calls[name] as (input: unknown) => Promise<unknown>;
    call(input).then(
      (value) => process.send?.({ id, value } satisfies Answer),
      (error: unknown) =>
        process.send?.({
          id,
          fault: error instanceof Error ? String(error.stack) : String(error),
        } satisfies Answer),
    );
  });
  process.once("disconnect", () => process.exit());
}

/** Such a process from outside. */
export class Child<Offered extends Offer> implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting: Map<number, PromiseWithResolvers<unknown>> = new Map();
  #last = 0;

  /** `file` stands beside this one. */
  constructor(file: string) {
    this.#process = fork(new URL(file, import.meta.url), [], {
      execArgv: ["--conditions=@assay/source"],
    });
    this.#ended = once(this.#process, "exit");
    this.#process.on("message", (answer: Answer) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("fault" in answer) asked?.reject(new Error(answer.fault));
      else asked?.resolve(answer.value);
    });
    this.#process.once("exit", (status) => {
      for (const asked of this.#waiting.values())
        asked.reject(new Error(`${file} ended with ${status}`));
    });
  }

  /** Rejects when the process has a fault, or ends. */
  async ask<Name extends keyof Offered & string>(
    name: Name,
    ...[input]: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>> {
    const asked = Promise.withResolvers<unknown>();
    const id = this.#last++;
    this.#waiting.set(id, asked);
    this.#process.send({ id, name, input } satisfies Call);
    return (await asked.promise) as Awaited<ReturnType<Offered[Name]>>;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    await this.#ended;
  }
}
