import type { MaybePromise } from "./platform.ts";

/**
 * Goes on with a value: at once when it is there, later when it is a promise. Keeps the synchronous path free of promises. A promise
 * of another realm or library counts as one: taken for the answer itself it would be neither a refusal nor false.
 */
export function chain<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  if (value instanceof Promise) return value.then(next);
  return isThenable(value) ? Promise.resolve(value).then(next) : next(value);
}

const isThenable = (value: unknown): value is PromiseLike<never> =>
  typeof value === "object" &&
  value !== null &&
  "then" in value &&
  typeof value.then === "function";
