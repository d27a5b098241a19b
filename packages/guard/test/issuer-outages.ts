/** What an issuer's server may do in the place of giving its keys (RFC 8725 section 3.10). */
import { text, type IssuerServer } from "./issuer-server.ts";

export const OUTAGES: readonly [string, (server: IssuerServer) => void][] = [
  [
    "the server fails",
    ({ answers }) => answers.set("/jwks", text(500, "down")),
  ],
  [
    "a body never ends",
    ({ answers }) =>
      answers.set("/jwks", (_, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write("{");
      }),
  ],
  [
    "it leads to another host",
    ({ answers }) =>
      answers.set(
        "/jwks",
        text(302, "", { location: "http://127.0.0.2:1/jwks" }),
      ),
  ],
  [
    "a page of HTML",
    ({ answers }) =>
      answers.set(
        "/jwks",
        text(200, "<html>", { "content-type": "text/html" }),
      ),
  ],
  [
    "metadata of another issuer",
    ({ answers }) =>
      answers.set(
        "/.well-known/openid-configuration",
        text(
          200,
          '{"issuer":"https://other.test","jwks_uri":"https://other.test/jwks"}',
          { "content-type": "application/json" },
        ),
      ),
  ],
];
