/** A command of somebody's machine: signs in by the browser once, and keeps what renews the token in a file that only this user reads. */
import { createTokenSource, SignInRequired } from "@assay/client";
import { FileStore, signInByLoopback } from "@assay/client/node";

const api = process.env["API"] ?? "http://127.0.0.1:3000";

const source = createTokenSource({
  issuer: process.env["ISSUER"] ?? "http://localhost:4455",
  clientId: process.env["CLIENT_ID"] ?? "orders-cli",
  grant: { type: "authorization_code" },
  scopes: ["orders:read", "offline_access"],
  resource: process.env["AUDIENCE"] ?? "https://orders.example",
  origins: [api],
  store: new FileStore(process.env["TOKEN_FILE"] ?? "tokens.json"),
});

try {
  await source.token();
} catch (error) {
  if (!(error instanceof SignInRequired)) throw error;
  await signInByLoopback(source, {
    show: (url) => console.log(`Open this address: ${url}`),
  });
}

const response = await source.fetch(`${api}/orders`);
console.log(response.status, await response.text());
