/** The known name that was most likely meant: at most two letters away, and less than half of the name. null when none is near. */
export function nearestName(
  found: string,
  known: readonly string[],
): string | null {
  let nearest: string | null = null;
  let least = 3;
  for (const name of known) {
    const distance = editDistance(
      found.toLowerCase(),
      name.toLowerCase(),
      least,
    );
    if (distance < least && distance * 2 < name.length)
      [nearest, least] = [name, distance];
  }
  return nearest;
}

/** Optimal string alignment: letters put in, left out, exchanged, or swapped with their neighbour. */
function editDistance(a: string, b: string, tooFar: number): number {
  if (Math.abs(a.length - b.length) >= tooFar) return tooFar;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(at(last, j) + 1, at(row, j - 1) + 1, exchanged);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(at(row, j), at(before, j - 2) + 1);
    }
    before = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], column: number): number =>
  row[column] ?? Infinity;
