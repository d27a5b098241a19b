/** How far these tests go: a short round in `npm test`, all of it in `npm run faults`. */
const full = process.env["ASSAY_FAULTS"] === "full";

export const KILLS: number = full ? 100 : 3;
/** Families that two processes refresh at the same time. */
export const FAMILIES: number = full ? 5000 : 200;
/** Revocations whose way to another process is timed. */
export const REVOCATIONS: number = full ? 200 : 10;
/** Answers whose order is read from a trace. */
export const TRACED: number = full ? 1000 : 60;
