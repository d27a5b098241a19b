/** A service that calls an API in its own name. It never looks at a token: the source has one, and renews it ahead of time. */
import { createTokenSource } from "@assay/client";

const api = process.env["API"] ?? "http://127.0.0.1:3000";

const source = createTokenSource({
  issuer: process.env["ISSUER"] ?? "http://localhost:4455",
  clientId: process.env["CLIENT_ID"] ?? "reports",
  authentication: {
    method: "client_secret_basic",
    secret: () => process.env["CLIENT_SECRET"] ?? "",
  },
  grant: { type: "client_credentials" },
  scopes: ["orders:read"],
  resource: process.env["AUDIENCE"] ?? "https://orders.example",
  // The token goes here, and nowhere else.
  origins: [api],
});

const response = await source.fetch(`${api}/orders`);
console.log(response.status, await response.text());
