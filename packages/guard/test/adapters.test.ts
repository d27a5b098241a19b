/** One suite over every adapter, each in the framework it was made for, on a real port. */
import assert from "node:assert/strict";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { suite, test } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { Controller, Get, Req } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import { keySetOf, type Claims } from "@assay/token";
import { createGuard, type Admitted, type Guard } from "@assay/guard";
import { expressGuard, type Guarded } from "@assay/guard/express";
import { fastifyGuard } from "@assay/guard/fastify";
import { fetchGuard, honoGuard } from "@assay/guard/fetch";
import { koaGuard } from "@assay/guard/koa";
import { nestGuard } from "@assay/guard/nest";
import { guardNode } from "@assay/guard/node";
import { ADMIN, runAdapterSuite, type Seen } from "./adapters-suite.ts";
import { listen, type Listening } from "./listen.ts";
import { rawRequest } from "./raw-request.ts";

const seen = (
  admitted: Admitted | undefined,
  headers: IncomingHttpHeaders | Headers,
): Seen => ({
  subject: admitted?.token.claims.sub,
  headers: headers instanceof Headers ? Object.fromEntries(headers) : headers,
});

const isAdmin = (url: string | undefined): boolean =>
  (url ?? "").startsWith("/admin");

runAdapterSuite({
  name: "node:http",
  serve: (guard) =>
    listen((request, response) => {
      void (async () => {
        const admitted = await guardNode(
          guard,
          request,
          response,
          isAdmin(request.url) ? ADMIN : undefined,
        );
        if (admitted)
          response.end(JSON.stringify(seen(admitted, request.headers)));
      })();
    }),
});

runAdapterSuite({
  name: "Express 5",
  serve(guard) {
    const app = express();
    const answer: express.RequestHandler = (request, response) => {
      response.json(seen((request as Guarded).admitted, request.headers));
    };
    app.get("/admin", expressGuard(guard, ADMIN), answer);
    app.use(expressGuard(guard), answer);
    return listen(app);
  },
});

runAdapterSuite({
  name: "Fastify 5",
  async serve(guard): Promise<Listening> {
    const app = fastify();
    app.decorateRequest("admitted", undefined);
    const answer = (request: { readonly headers: IncomingHttpHeaders }): Seen =>
      seen((request as Guarded).admitted, request.headers);
    app.get("/admin", { onRequest: fastifyGuard(guard, ADMIN) }, answer);
    app.get("/*", { onRequest: fastifyGuard(guard) }, answer);
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    return { origin, [Symbol.asyncDispose]: () => app.close() };
  },
});

runAdapterSuite({
  name: "Koa 3",
  serve(guard) {
    const app = new Koa();
    const all = koaGuard(guard);
    const admin = koaGuard(guard, ADMIN);
    app.use((context, next) =>
      (isAdmin(context.path) ? admin : all)(context, next),
    );
    app.use((context) => {
      context.body = seen(
        context.state["admitted"] as Admitted,
        context.headers,
      );
    });
    const handle = app.callback();
    return listen((request, response) => {
      void handle(request, response);
    });
  },
});

runAdapterSuite({ name: "NestJS 12", serve: serveNest });

/** Decorators would need a compiler: they are functions. */
async function serveNest(guard: Guard): Promise<Listening> {
  class Orders {
    show(request: IncomingMessage & Guarded): Seen {
      return seen(request.admitted, request.headers);
    }
  }
  const method = Object.getOwnPropertyDescriptor(
    Orders.prototype,
    "show",
  ) as PropertyDescriptor;
  Req()(Orders.prototype, "show", 0);
  Get(["orders", "admin", "*rest"])(Orders.prototype, "show", method);
  Controller()(Orders);
  const app = await NestFactory.create(
    { module: Orders, controllers: [Orders] },
    { logger: false },
  );
  app.useGlobalGuards(
    nestGuard(guard, (context) =>
      isAdmin(context.switchToHttp().getRequest<IncomingMessage>().url)
        ? ADMIN
        : undefined,
    ),
  );
  await app.listen(0, "127.0.0.1");
  return {
    origin: (await app.getUrl()).replace("[::1]", "127.0.0.1"),
    [Symbol.asyncDispose]: () => app.close(),
  };
}

function listenFetch(
  handler: Parameters<typeof getRequestListener>[0],
): Promise<Listening> {
  const listener = getRequestListener(handler);
  return listen((request, response) => {
    void listener(request, response);
  });
}

interface NodeBindings {
  readonly incoming: IncomingMessage;
}

runAdapterSuite({
  name: "a fetch handler",
  serve(guard) {
    const connection = (
      _: Request,
      { incoming }: NodeBindings,
    ): { remote: string | undefined } => ({
      remote: incoming.socket.remoteAddress,
    });
    const answer = (request: Request, admitted: Admitted): Response =>
      Response.json(seen(admitted, request.headers));
    const admin = fetchGuard<Claims, [NodeBindings]>(guard, answer, {
      ...ADMIN,
      connection,
    });
    const all = fetchGuard<Claims, [NodeBindings]>(guard, answer, {
      connection,
    });
    return listenFetch((request, bindings) =>
      (isAdmin(new URL(request.url).pathname) ? admin : all)(
        request,
        bindings as unknown as NodeBindings,
      ),
    );
  },
});

runAdapterSuite({
  name: "Hono",
  serve(guard) {
    const app = new Hono<{
      Bindings: NodeBindings;
      Variables: { admitted: Admitted };
    }>();
    const connection = (context: unknown): { remote: string | undefined } => ({
      remote: (context as { env: NodeBindings }).env.incoming.socket
        .remoteAddress,
    });
    app.get("/admin", honoGuard(guard, { ...ADMIN, connection }), (context) =>
      context.json(seen(context.get("admitted"), context.req.raw.headers)),
    );
    app.get("*", honoGuard(guard, { connection }), (context) =>
      context.json(seen(context.get("admitted"), context.req.raw.headers)),
    );
    return listenFetch(app.fetch);
  },
});

suite("a guard that fails in itself", () => {
  const failing = createGuard({
    issuers: { issuer: "https://issuer.test", keys: keySetOf() },
    audience: null,
    clock: () => Number.NaN,
  });
  const token = { authorization: "Bearer e30.e30.AAAA" };

  test("is an error of the application's own in Express", async () => {
    const app = express();
    app.use(expressGuard(failing), (_, response) => {
      response.send("let through");
    });
    const report: express.ErrorRequestHandler = (error, _, response, next) => {
      if (error instanceof TypeError) response.status(500).send(error.message);
      else next(error);
    };
    app.use(report);
    await using server = await listen(app);
    const { status, body } = await rawRequest(server.origin, "/", token);
    assert.equal(status, 500);
    assert.match(body, /clock/);
  });

  test("is an error of the application's own in Fastify", async () => {
    const app = fastify();
    app.get("/", { onRequest: fastifyGuard(failing) }, () => "let through");
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    const { status, body } = await rawRequest(origin, "/", token);
    await app.close();
    assert.equal(status, 500);
    assert.match(body, /clock/);
  });
});
