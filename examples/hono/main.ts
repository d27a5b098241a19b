/** Hono, here on Node: the same application runs on Deno, Bun and workers. */
import { serve } from "@hono/node-server";
import { createGuard, type Admitted } from "@assay/guard";
import { honoGuard } from "@assay/guard/fetch";
import { Hono } from "hono";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
});
const port = Number(process.env["PORT"] ?? 3000);

const app = new Hono<{ Variables: { admitted: Admitted } }>();

app.get("/health", (context) => context.json({ status: "ok" }));

app.get("/orders", honoGuard(guard, { scopes: ["orders:read"] }), (context) => {
  const owner = context.get("admitted").token.claims["sub"];
  return context.json({ owner, orders: ["tea", "cups"] });
});

serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, () =>
  console.log(`Listening at http://127.0.0.1:${port}`),
);
