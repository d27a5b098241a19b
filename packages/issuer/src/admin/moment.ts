/** A moment that a caller names, with any offset. */
import { z } from "@hono/zod-openapi";

export const moment = z.iso.datetime({
  offset: true,
  error: "a time of ISO 8601, such as 2026-11-26T09:00:00Z",
});
