/** A clock to turn. */
export interface TestClock {
  /** Milliseconds since the epoch: hand it to `createGuard` as `clock`. */
  (): number;
  /** Moves it on by so many seconds; back with a number below 0. */
  turn(seconds: number): void;
}

/** Stands still at `start`, by default the present, until it is turned. */
export function testClock(start: number = Date.now()): TestClock {
  let now = start;
  return Object.assign(() => now, {
    turn(seconds: number): void {
      now += seconds * 1000;
    },
  });
}
