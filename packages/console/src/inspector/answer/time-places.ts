/** Where moments stand on a drawn line, from 0 to 1. */

export interface Places {
  /** In the order of the moments. */
  readonly places: readonly number[];
  /** False when moments had to be moved apart so that their names can be read. */
  readonly toScale: boolean;
}

/** Places moments, in the order of time, by their distances; different ones at least `gap` apart, equal ones in one place. */
export function placeMoments(moments: readonly number[], gap: number): Places {
  const distinct = [...new Set(moments)];
  const first = distinct[0] ?? 0;
  const span = (distinct.at(-1) ?? 0) - first;
  const exact = distinct.map((at) => (span > 0 ? (at - first) / span : 0.5));
  const moved = spread(exact, gap);
  return {
    places: moments.map((at) => moved[distinct.indexOf(at)] ?? 0),
    toScale: moved.every((place, i) => place === exact[i]),
  };
}

/** First everything is pushed to the right as far as needed, then what stands past the end back to the left. */
function spread(exact: readonly number[], gap: number): readonly number[] {
  const places = [...exact];
  for (let i = 1; i < places.length; i++)
    places[i] = Math.max(places[i] ?? 0, (places[i - 1] ?? 0) + gap);
  let limit = 1;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i] ?? 0, limit);
    limit = (places[i] ?? 0) - gap;
  }
  return places;
}
