import { useEffect, useState } from "react";

export type Promised<T> =
  | { readonly value: T }
  | { readonly error: unknown }
  /** It is still to come. */
  | null;

/** What came of this promise. What comes of an earlier one is dropped. The promise must be the same object as long as it means the same. */
export function usePromised<T>(promise: Promise<T> | null): Promised<T> {
  const [settled, setSettled] = useState<{
    readonly of: Promise<T>;
    readonly as: Promised<T>;
  } | null>(null);
  useEffect(() => {
    promise?.then(
      (value) => setSettled({ of: promise, as: { value } }),
      (error: unknown) => setSettled({ of: promise, as: { error } }),
    );
  }, [promise]);
  return settled !== null && settled.of === promise ? settled.as : null;
}
