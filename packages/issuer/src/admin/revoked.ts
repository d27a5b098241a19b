/** What a revocation did, as the API tells it. */
import { z } from "@hono/zod-openapi";

export const REVOKED = z
  .strictObject({
    found: z.boolean().openapi({
      description: "Whether there was anything that had not ended before.",
    }),
    accessTokens: z.int().openapi({
      description: "Those that were ended at once; the rest follow in batches.",
    }),
    families: z.int(),
    grants: z.int(),
  })
  .openapi("Revoked");

export const EXAMPLE_REVOKED = {
  found: true,
  accessTokens: 3,
  families: 1,
  grants: 1,
};
