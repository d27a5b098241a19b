/** app/orders/route.ts of a Next.js application: a handler that takes a Request and gives a Response. */
import { createGuard } from "@assay/guard";
import { fetchGuard } from "@assay/guard/fetch";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
});

export const GET = fetchGuard(
  guard,
  (_, { token }) =>
    Response.json({ owner: token.claims["sub"], orders: ["tea", "cups"] }),
  { scopes: ["orders:read"] },
);
