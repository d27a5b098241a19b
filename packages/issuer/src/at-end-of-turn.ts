/**
 * Work that many requests of one turn of the event loop want, done for all of them at its end: the same code again and again, while the
 * processor has it at hand, instead of once in each request (docs/decisions/0025).
 */

/** Taken when this loads: a clock that a test turns by hand takes its place later, and would hold every request up. */
const afterThisTurn = globalThis.setImmediate;

let waiting: (() => void)[] = [];

/** What `work` gives or throws is its caller's alone. */
export function atEndOfTurn<T>(work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const run = (): void => {
      try {
        resolve(work());
      } catch (error) {
        reject(error);
      }
    };
    if (waiting.push(run) === 1) afterThisTurn(endTurn);
  });
}

/** For work that would not be done at once: it begins when all others of the turn have come as far. */
export const endOfTurn = (): Promise<void> => atEndOfTurn(() => {});

function endTurn(): void {
  const turn = waiting;
  waiting = [];
  for (const run of turn) run();
}
