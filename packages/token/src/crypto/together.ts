/**
 * Signatures that come in one turn of the event loop are computed together, by the threads of Node's pool: while they count, the loop
 * serves others. One that comes alone is computed at once, for to hand it over costs more than it saves. Whether others come is not
 * known beforehand: after so many that were taken for alone, one waits until its turn ends, to see.
 */

/** Something that can be computed here, or begun elsewhere and told later. What it reads must be its own by now. */
export interface Work<T> {
  here(): T;
  elsewhere(done: (error: Error | null, value: T) => void): void;
}

interface Waiting {
  compute(): void;
  begin(): void;
}

const ALONE = 16;

/** Taken when this loads: a clock that a test turns by hand takes its place later, and would hold every token up. */
const afterThisTurn = globalThis.setImmediate;

let alone = ALONE;
let hurried = false;
let waiting: Waiting[] = [];
let begun = 0;
/** How many of those have ended since the last turn. */
let ended = 0;

/** True: compute now. False: make what you read your own, and hand it to `together`. */
export function isAlone(): boolean {
  if (alone === 0) return hurried;
  alone--;
  return true;
}

/** What `run` asks for meanwhile counts as alone. */
export function atOnce<T>(run: () => T): T {
  const before = hurried;
  hurried = true;
  try {
    return run();
  } finally {
    hurried = before;
  }
}

export function together<T>(work: Work<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const compute = (): void => {
      try {
        resolve(work.here());
      } catch (error) {
        reject(error);
      }
    };
    const begin = (): void => {
      begun++;
      const done = (error: unknown, value?: T): void => {
        begun--;
        ended++;
        if (error) reject(error);
        else resolve(value as T);
      };
      try {
        work.elsewhere(done);
      } catch (error) {
        done(error);
      }
    };
    if (waiting.push({ compute, begin }) === 1) afterThisTurn(endTurn);
  });
}

function endTurn(): void {
  const turn = waiting;
  waiting = [];
  if (turn.length === 1 && begun === 0) alone = ALONE;
  // The pool is shared: where something else holds its threads (a slow password hash), who comes later does not queue behind it.
  const isStuck = begun > 0 && ended === 0;
  ended = 0;
  const isHere = alone > 0 || isStuck;
  for (const one of turn)
    if (isHere) one.compute();
    else one.begin();
}
