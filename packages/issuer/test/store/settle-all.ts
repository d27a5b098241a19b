import type { Store } from "../../src/store/store.ts";

/** The whole way through what points in time ended. Returns how many rows each batch ended. */
export async function settleAll(
  store: Pick<Store, "settleRevocations">,
  now: number,
  limit: number,
): Promise<readonly number[]> {
  const batches: number[] = [];
  let from = null;
  do {
    const { ended, next } = await store.settleRevocations(now, limit, from);
    batches.push(ended);
    from = next;
  } while (from !== null);
  return batches;
}
