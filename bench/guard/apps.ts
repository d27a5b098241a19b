/** The applications that are measured: one route behind each guard, which answers with the token's subject. */
import { createPublicKey, verify } from "node:crypto";
import type { RequestListener } from "node:http";
import fastifyJwt from "@fastify/jwt";
import { createGuard, type Admitted } from "@assay/guard";
import { expressGuard } from "@assay/guard/express";
import { fastifyGuard } from "@assay/guard/fastify";
import express, { type Request, type RequestHandler } from "express";
import { auth } from "express-oauth2-jwt-bearer";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import passport from "passport";
import { ExtractJwt, Strategy } from "passport-jwt";

export interface Accepted {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
  /** The same key as PEM, for who takes no URL. */
  readonly publicKey: string;
  /** The same token comes again and again: whoever has a cache uses it. */
  readonly repeated: boolean;
}

/** Ready to answer. */
type App = (accepted: Accepted) => Promise<RequestListener>;

const ROUTE = "/orders";

const ready = async ({ issuer, audience, jwksUri }: Accepted) => {
  const guard = createGuard({ issuers: { issuer, jwksUri }, audience });
  await guard.ready();
  return guard;
};

/** The signature of a token and nothing else: what no guard can do without. */
function signatureAlone(publicKey: string): (header?: string) => string {
  const key = createPublicKey(publicKey);
  return (header = "") => {
    const token = header.slice(7);
    const [, payload = ""] = token.split(".", 2);
    const end = token.lastIndexOf(".");
    const good = verify(
      "sha256",
      Buffer.from(token.slice(0, end), "latin1"),
      key,
      Buffer.from(token.slice(end + 1), "base64url"),
    );
    if (!good) throw new Error("refused");
    return JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
  };
}

function expressApp(
  guard: RequestHandler | null,
  subjectOf: (request: Request) => unknown,
): RequestListener {
  const app = express();
  if (guard) app.use(guard);
  app.get(ROUTE, (request, response) => {
    response.json({ sub: subjectOf(request) });
  });
  return app;
}

async function fastifyApp(
  prepare: (app: FastifyInstance) => unknown,
  subjectOf: (request: FastifyRequest) => unknown,
): Promise<RequestListener> {
  const app = Fastify();
  await prepare(app);
  app.get(ROUTE, (request) => ({ sub: subjectOf(request) }));
  await app.ready();
  return (request, response) => app.routing(request, response);
}

const subjectOf = (request: object): unknown =>
  (request as { admitted: Admitted }).admitted.token.claims.sub;

export const APPS: Readonly<Record<string, Readonly<Record<string, App>>>> = {
  express: {
    bare: async () => expressApp(null, () => "user-0"),
    "node:crypto": async ({ publicKey }) => {
      const subject = signatureAlone(publicKey);
      return expressApp(null, ({ headers }) => subject(headers.authorization));
    },
    assay: async (accepted) =>
      expressApp(expressGuard(await ready(accepted)), subjectOf),
    "express-oauth2-jwt-bearer": async ({ issuer, audience, jwksUri }) =>
      expressApp(
        auth({ issuer, audience, jwksUri, tokenSigningAlg: "RS256" }),
        ({ auth: { payload } = { payload: {} } }) => payload["sub"],
      ),
    "passport-jwt": async ({ issuer, audience, publicKey }) => {
      const jwtFromRequest = ExtractJwt.fromAuthHeaderAsBearerToken();
      passport.use(
        new Strategy(
          {
            jwtFromRequest,
            secretOrKey: publicKey,
            issuer,
            audience,
            algorithms: ["RS256"],
          },
          ({ sub }, done) => done(null, { sub }),
        ),
      );
      return expressApp(
        passport.authenticate("jwt", { session: false }),
        (request) => (request as { user?: { sub: string } }).user?.sub,
      );
    },
  },
  fastify: {
    bare: () =>
      fastifyApp(
        () => {},
        () => "user-0",
      ),
    "node:crypto": ({ publicKey }) => {
      const subject = signatureAlone(publicKey);
      return fastifyApp(
        () => {},
        ({ headers }) => subject(headers.authorization),
      );
    },
    assay: async (accepted) => {
      const guard = await ready(accepted);
      return fastifyApp((app) => {
        app.decorateRequest("admitted", null);
        app.addHook("onRequest", fastifyGuard(guard));
      }, subjectOf);
    },
    "@fastify/jwt": ({ issuer, audience, publicKey, repeated }) =>
      fastifyApp(
        async (app) => {
          await app.register(fastifyJwt, {
            secret: { public: publicKey },
            verify: {
              allowedIss: issuer,
              allowedAud: audience,
              algorithms: ["RS256"],
              cache: repeated,
            },
          });
          app.addHook("onRequest", (request) => request.jwtVerify());
        },
        ({ user }) => (user as { sub: string }).sub,
      ),
  },
};
