/** The value that this share of the values, from 0 to 1, does not exceed; of none, 0. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  );
}

export const median = (values: readonly number[]): number =>
  quantile(values, 0.5);
