/** How long a fetched document may be used, in milliseconds. */
export interface LifetimeBounds {
  /** Shortest. Default 5 minutes. */
  readonly minAge: number;
  /** Longest. Default 24 hours. */
  readonly maxAge: number;
}

/** The lifetime where the answer says nothing. */
export const DEFAULT_LIFETIME = 600_000;

/**
 * What Cache-Control allows, less the time that the answer has already spent in caches (RFC 9111 sections 4.2.1 and 4.2.3), within the
 * bounds: an answer that forbids caching must not make us ask for every token, and one that never ends must not keep a withdrawn key.
 */
export function cacheLifetime(
  headers: { get(name: string): string | null },
  { minAge, maxAge }: LifetimeBounds,
): number {
  return Math.min(maxAge, Math.max(minAge, allowedBy(headers)));
}

function allowedBy(headers: { get(name: string): string | null }): number {
  const control = headers.get("cache-control") ?? "";
  if (/(^|,)\s*no-(store|cache)\s*(,|$)/i.test(control)) return 0;
  const seconds = /(?:^|,)\s*max-age\s*=\s*"?(\d{1,10})"?\s*(?:,|$)/i.exec(
    control,
  )?.[1];
  if (seconds === undefined) return DEFAULT_LIFETIME;
  const age = /^\d{1,10}$/.exec(headers.get("age")?.trim() ?? "")?.[0] ?? 0;
  return (Number(seconds) - Number(age)) * 1000;
}
