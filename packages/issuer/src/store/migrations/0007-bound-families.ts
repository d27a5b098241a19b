/** From which generation on a family of refresh tokens needs its key: null, as in all from before, from the first. */
export const BOUND_FAMILIES: readonly string[] = [
  `ALTER TABLE refresh_families ADD COLUMN bound_from BIGINT`,
];
