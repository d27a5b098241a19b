/** Serves the route of the example for Next.js as Next.js would: by its path, with a Request. */
import { serve } from "@hono/node-server";
import { GET } from "../../examples/next-route/route.ts";

const port = Number(process.env["PORT"]);
serve(
  {
    fetch: (request) =>
      new URL(request.url).pathname === "/orders"
        ? GET(request)
        : Response.json({ status: "ok" }),
    port,
    hostname: "127.0.0.1",
  },
  () => console.log(`Listening at http://127.0.0.1:${port}`),
);
