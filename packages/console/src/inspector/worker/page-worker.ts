/** The one worker of the page: it reads and judges for all its views, so that each text is read once. */
import type { Answered, Answers, Told } from "./question.ts";
import { startWorker } from "./start-worker.ts";

/** A browser may refuse workers by a setting, or to a page from a file. */
export class NoWorker extends Error {
  override readonly name = "NoWorker";
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: NoWorker) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | null | undefined;
let count = 0;

/** Throws NoWorker. */
export async function askWorker<T extends keyof Answers>(
  what: T,
  given: Answers[T][0],
): Promise<Answers[T][1]> {
  const id = count++;
  const { promise, resolve, reject } = Promise.withResolvers<Answers[T][1]>();
  waiting.set(id, { resolve, reject });
  tellWorker({ id, [what]: given } as unknown as Told);
  return promise;
}

export function tellWorker(told: Told): void {
  const started = warmUp();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  if (started) started.postMessage(told);
  else giveUp();
}

/** Starts it before the first question, which then need not wait for it. */
export function warmUp(): Worker | null {
  worker = worker === undefined ? tryToStart() : worker;
  return worker;
}

function tryToStart(): Worker | null {
  try {
    const started = startWorker();
    started.addEventListener("message", ({ data }: MessageEvent<Answered>) => {
      waiting.get(data.id)?.resolve(data.answer as never);
      waiting.delete(data.id);
    });
    started.addEventListener("error", giveUp);
    return started;
  } catch {
    return null;
  }
}

function giveUp(): void {
  worker = null;
  for (const { reject } of waiting.values()) reject(new NoWorker());
  waiting.clear();
}
