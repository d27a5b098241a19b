/** What every answer of a stranger's server is held to: a time, and what it says that it is. */

/**
 * What `ask` gives; null: not within so many milliseconds. Raced, so that a fetch that does not heed the signal cannot hold us either.
 * Rejects with what `ask` rejects with in time.
 */
export async function withinTime<T>(
  milliseconds: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const signal = AbortSignal.timeout(milliseconds);
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason), {
      once: true,
    }),
  );
  try {
    return await Promise.race([ask(signal), late]);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** Without parameters, in lower case; empty: it says nothing. */
export const mediaTypeOf = ({ headers }: Response): string =>
  (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
