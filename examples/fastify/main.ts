/** Fastify 5: the guard is a hook of the route. */
import { createGuard } from "@assay/guard";
import { fastifyGuard, type Guarded } from "@assay/guard/fastify";
import fastify, { type FastifyRequest } from "fastify";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
});
const port = Number(process.env["PORT"] ?? 3000);

const app = fastify();
app.decorateRequest("admitted", undefined);

app.get("/health", () => ({ status: "ok" }));

app.get(
  "/orders",
  { onRequest: fastifyGuard(guard, { scopes: ["orders:read"] }) },
  (request: FastifyRequest & Guarded) => ({
    owner: request.admitted?.token.claims["sub"],
    orders: ["tea", "cups"],
  }),
);

await app.listen({ port, host: "127.0.0.1" });
console.log(`Listening at http://127.0.0.1:${port}`);
