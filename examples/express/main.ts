/** Express 5: a route names the scope that it needs, and what stands before it needs no token. */
import { createGuard } from "@assay/guard";
import { expressGuard, type Guarded } from "@assay/guard/express";
import express, { type Request } from "express";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
});
const port = Number(process.env["PORT"] ?? 3000);

const app = express();

app.get("/health", (_, response) => {
  response.json({ status: "ok" });
});

app.get(
  "/orders",
  expressGuard(guard, { scopes: ["orders:read"] }),
  (request: Request & Guarded, response) => {
    const owner = request.admitted?.token.claims["sub"];
    response.json({ owner, orders: ["tea", "cups"] });
  },
);

app.listen(port, "127.0.0.1", () =>
  console.log(`Listening at http://127.0.0.1:${port}`),
);
