/** Koa 3: what is used before the guard needs no token; what comes after it has one. */
import { createGuard } from "@assay/guard";
import { koaGuard, type Guarded } from "@assay/guard/koa";
import Koa from "koa";

const guard = createGuard({
  issuers: process.env["ISSUER"] ?? "http://localhost:4455",
  audience: process.env["AUDIENCE"] ?? "https://orders.example",
});
const port = Number(process.env["PORT"] ?? 3000);

const app = new Koa<Guarded>();

app.use(async (context, next) => {
  if (context.path === "/health") context.body = { status: "ok" };
  else await next();
});

app.use(koaGuard(guard, { scopes: ["orders:read"] }));

app.use((context) => {
  const owner = context.state.admitted?.token.claims["sub"];
  context.body = { owner, orders: ["tea", "cups"] };
});

app.listen(port, "127.0.0.1", () =>
  console.log(`Listening at http://127.0.0.1:${port}`),
);
