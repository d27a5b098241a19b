/**
 * Keeps a map bounded: what was put in first is forgotten while there is more than `most`. Threat: memory that grows with names that
 * strangers choose. Who deletes and sets again what was used makes the least recently used the first.
 */
export function forgetOldest(map: Map<string, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
