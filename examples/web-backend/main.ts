/** A web application whose server holds the tokens: the browser has a session cookie, and no token to lose. */
import { serve } from "@hono/node-server";
import * as assay from "@assay/client";
import { Hono, type Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const api = process.env["API"] ?? "http://127.0.0.1:3000";
const port = Number(process.env["PORT"] ?? 3001);
const origin = `http://127.0.0.1:${port}`;

type Session = { source: assay.TokenSource; pending: string };
/** For trying out. In earnest: a store whose sessions end, since anybody can begin one. */
const sessions = new Map<string, Session>();
const sessionOf = (context: Context): Session | undefined =>
  sessions.get(getCookie(context, "session") ?? "");

/** Under a new name each time: one that somebody had slipped in before the sign-in would be his afterwards. */
function keep(context: Context, session: Session): void {
  sessions.delete(getCookie(context, "session") ?? "");
  const id = crypto.randomUUID();
  sessions.set(id, session);
  // Behind TLS add `secure: true`.
  setCookie(context, "session", id, { httpOnly: true, sameSite: "Lax" });
}

const app = new Hono()
  .get("/sign-in", async (context) => {
    const secret = (): string => process.env["CLIENT_SECRET"] ?? "";
    const source = assay.createTokenSource({
      issuer: process.env["ISSUER"] ?? "http://localhost:4455",
      clientId: process.env["CLIENT_ID"] ?? "orders-web",
      authentication: { method: "client_secret_basic", secret },
      grant: { type: "authorization_code" },
      scopes: ["orders:read"],
      resource: process.env["AUDIENCE"] ?? "https://orders.example",
      origins: [api],
    });
    const redirectUri = `${origin}/callback`;
    const { url, pending } = await source.beginSignIn({ redirectUri });
    keep(context, { source, pending });
    return context.redirect(url);
  })
  .get("/callback", async (context) => {
    const session = sessionOf(context);
    if (!session) return context.text("Sign in again.", 400);
    await session.source.finishSignIn(session.pending, context.req.url);
    keep(context, { ...session, pending: "" });
    return context.redirect("/");
  })
  .get("/", async (context) => {
    const answer = await sessionOf(context)?.source.fetch(`${api}/orders`);
    if (!answer) return context.redirect("/sign-in");
    return context.text(`Your orders: ${await answer.text()}`);
  })
  .onError((error, context) => {
    if (error instanceof assay.SignInRequired)
      return context.redirect("/sign-in");
    return context.text("That did not work.", 500);
  });

serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, () =>
  console.log(`Listening at ${origin}`),
);
