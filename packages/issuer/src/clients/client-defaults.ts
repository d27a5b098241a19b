/** The settings of a client of which nothing was said: the safe usual. */
import { LONGEST_GRACE_UNBOUND } from "../tokens/refresh-family.ts";
import type { Client } from "./client.ts";

const DAY = 24 * 3600;

export const CLIENT_DEFAULTS = {
  keys: [],
  assertionAlgorithms: [],
  requireDpop: false,
  fapi: false,
  refresh: {
    rotate: true,
    graceSeconds: LONGEST_GRACE_UNBOUND,
    idleSeconds: 14 * DAY,
    absoluteSeconds: 90 * DAY,
    onReuse: "refuse",
    dryRun: null,
  },
  accessTokenSeconds: null,
  origins: [],
  introspects: [],
  adminScopes: [],
} as const satisfies Partial<Client>;
