/** Handles over a journal of their own, and a refusal as an endpoint hands it in. */
import { randomBytes } from "node:crypto";
import {
  Handles,
  type HandlesOptions,
  type Refusal,
} from "../../src/diagnosis/handles.ts";
import type { Who } from "../../src/journal/journal-writer.ts";
import { ISSUER, who, type JournalBed } from "./journal-bed.ts";

export const SENDER: Who = who({
  clientId: "web",
  ip: "203.0.113.5",
  agent: "Agent/9",
});

export const openHandles = (
  bed: JournalBed,
  options: Partial<HandlesOptions> = {},
): Handles =>
  new Handles({
    ...bed,
    issuer: ISSUER,
    random: randomBytes,
    failed: (error) => {
      throw error;
    },
    ...options,
  });

export const refusal = (more: Partial<Refusal> = {}): Refusal => ({
  code: "invalid_request",
  description: "The parameter code is missing.",
  detail: {
    reason: null,
    cause: "oauth.request_format",
    facts: { how: "missing", parameter: "code" },
  },
  endpoint: "token",
  clientId: "web",
  authenticated: true,
  who: SENDER,
  ...more,
});
