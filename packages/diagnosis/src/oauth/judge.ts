import type { Judge } from "../judges.ts";

/** Judges OAuth endpoints. */
export const judgeOauth: Judge = async () => null;
