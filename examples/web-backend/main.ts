/** A web application whose server holds the tokens: the browser has a session cookie, and no token to lose. */
import { randomUUID } from "node:crypto";
import { serve } from "@hono/node-server";
import {
  createTokenSource,
  SignInRequired,
  type TokenSource,
} from "@assay/client";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const api = process.env["API"] ?? "http://127.0.0.1:3000";
const port = Number(process.env["PORT"] ?? 3001);
const origin = `http://127.0.0.1:${port}`;

const sessions = new Map<string, { source: TokenSource; pending: string }>();

const newSource = (): TokenSource =>
  createTokenSource({
    issuer: process.env["ISSUER"] ?? "http://localhost:4455",
    clientId: process.env["CLIENT_ID"] ?? "orders-web",
    authentication: {
      method: "client_secret_basic",
      secret: () => process.env["CLIENT_SECRET"] ?? "",
    },
    grant: { type: "authorization_code" },
    scopes: ["orders:read"],
    resource: process.env["AUDIENCE"] ?? "https://orders.example",
    origins: [api],
  });

const app = new Hono();

app.get("/sign-in", async (context) => {
  const source = newSource();
  const redirectUri = `${origin}/callback`;
  const { url, pending } = await source.beginSignIn({ redirectUri });
  const id = randomUUID();
  sessions.set(id, { source, pending });
  // Behind TLS add `secure: true`.
  setCookie(context, "session", id, { httpOnly: true, sameSite: "Lax" });
  return context.redirect(url);
});

app.get("/callback", async (context) => {
  const session = sessions.get(getCookie(context, "session") ?? "");
  if (!session) return context.text("Sign in again.", 400);
  await session.source.finishSignIn(session.pending, context.req.url);
  return context.redirect("/");
});

app.get("/", async (context) => {
  const session = sessions.get(getCookie(context, "session") ?? "");
  if (!session) return context.redirect("/sign-in");
  const answer = await session.source.fetch(`${api}/orders`);
  return context.text(`Your orders: ${await answer.text()}`);
});

app.onError((error, context) =>
  error instanceof SignInRequired
    ? context.redirect("/sign-in")
    : context.text("That did not work.", 500),
);

serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, () =>
  console.log(`Listening at ${origin}`),
);
