import type { MaybePromise } from "./platform.ts";

/** Goes on with a value: at once when it is there, later when it is a promise. Keeps the synchronous path free of promises. */
export function chain<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
