/**
 * Signatures that come in one turn of the event loop are computed together at its end: one after the other, by this thread and by those of
 * Node's pool, as far as there are cores for them. One that comes alone is computed at once. Whether others come is not known beforehand:
 * after so many that were taken for alone, one waits until its turn ends, to see.
 */

/** Something that can be computed here, or begun elsewhere and told later. What it reads must be its own by now. */
export interface Work<T> {
  here(): T;
  elsewhere(done: (error: Error | null, value: T) => void): void;
}

interface Waiting {
  readonly oneIn: number;
  compute(): void;
  begin(): void;
}

const ALONE = 16;

/** Taken when this loads: a clock that a test turns by hand takes its place later, and would hold every token up. */
const afterThisTurn = globalThis.setImmediate;

let alone = ALONE;
let hurried = false;
let waiting: Waiting[] = [];
/** Counts those that either may compute. */
let shared = 0;
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

/** Of such work this thread computes one in so many, and the pool the others. 1: all of it here; Infinity: none, if it can be helped. */
export function together<T>(work: Work<T>, oneIn: number): Promise<T> {
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
    if (waiting.push({ oneIn, compute, begin }) === 1) afterThisTurn(endTurn);
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
  const here: Waiting[] = [];
  for (const one of turn)
    if (isHere || isForThisThread(one)) here.push(one);
    else one.begin();
  for (const one of here) one.compute();
}

const isForThisThread = ({ oneIn }: Waiting): boolean =>
  oneIn === 1 || (oneIn < Infinity && shared++ % oneIn === 0);
