/** node:http without a framework. Scopes stand in one table, by path. */
import { createServer } from "node:http";
import { createGuard } from "@assay/guard";
import { guardNode } from "@assay/guard/node";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
  routes: [{ path: "/orders/*", scopes: ["orders:read"] }],
});
const port = Number(process.env["PORT"] ?? 3000);

const server = createServer((request, response) => {
  (async () => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/health") {
      response.end(JSON.stringify({ status: "ok" }));
      return;
    }
    const admitted = await guardNode(guard, request, response);
    // It was refused, and the answer is written.
    if (!admitted) return;
    // What the table does not name needs a token alone, so nothing else is served.
    if (request.url !== "/orders") {
      response.statusCode = 404;
      response.end();
      return;
    }
    const owner = admitted.token.claims["sub"];
    response.end(JSON.stringify({ owner, orders: ["tea", "cups"] }));
    // One request that fails must not end the server.
  })().catch(() => response.destroy());
});

server.listen(port, "127.0.0.1", () =>
  console.log(`Listening at http://127.0.0.1:${port}`),
);
