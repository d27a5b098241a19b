/**
 * Work that many requests of one turn of the event loop want, done for all of them at its end: the same code again and again, while the
 * processor has it at hand, instead of once in each request (docs/decisions/0021).
 */

/** Taken when this loads: a clock that a test turns by hand takes its place later, and would hold every request up. */
const afterThisTurn = globalThis.setImmediate;

let waiting: (() => void)[] = [];

/** `work` must not throw: who waits behind it would wait for ever. */
export function atEndOfTurn(work: () => void): void {
  if (waiting.push(work) === 1) afterThisTurn(endTurn);
}

function endTurn(): void {
  const turn = waiting;
  waiting = [];
  for (const work of turn) work();
}
