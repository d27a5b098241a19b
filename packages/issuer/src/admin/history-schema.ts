/** What the API shows of the past, by form: facts, persons, history and diagnosis. */
import { z } from "@hono/zod-openapi";

export const FACTS = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** Whom an entry is about, and who acted. */
export const PERSON = z.strictObject({
  subject: z.string().nullable(),
  ip: z.string().nullable(),
  agent: z.string().nullable(),
  by: z.string().nullable(),
  request: z.string().optional().openapi({
    description: "Method and path at an API, where a guard told of it.",
  }),
});

/** As docs/contract/diagnosis.md has them. */
export const HISTORY = z.looseObject({ at: z.string(), event: z.string() });
export const DIAGNOSIS = z
  .looseObject({
    contract: z.literal(1),
    outcome: z.enum(["accepted", "rejected", "undecided"]),
    reason: z.string().nullable(),
  })
  .openapi("Diagnosis");
