/** The value that this share of the values, from 0 to 1, does not exceed; of none, 0. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  );
}

export const median = (values: readonly number[]): number =>
  quantile(values, 0.5);

/**
 * Between which values the median lies, with at least 95 % of certainty and whatever the distribution: order statistics so far from the
 * ends that the binomial leaves at most 2.5 % on each side. Of fewer than six values, all of them.
 */
export function medianInterval(values: readonly number[]): {
  readonly low: number;
  readonly high: number;
} {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  let [rank, term] = [0, 0.5 ** n];
  for (let below = term; ; below += term) {
    term *= (n - rank) / (rank + 1);
    if (below + term > 0.025) break;
    rank++;
  }
  return { low: sorted[rank] ?? 0, high: sorted[n - 1 - rank] ?? 0 };
}
