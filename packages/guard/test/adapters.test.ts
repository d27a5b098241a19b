/** One suite over every adapter, each in the framework it was made for, on a real port. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Controller, Get, Req } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import Koa from "koa";
import type { Claims } from "@assay/token";
import type { Admitted, Guard } from "@assay/guard";
import { expressGuard, type Guarded } from "@assay/guard/express";
import { fastifyGuard } from "@assay/guard/fastify";
import { fetchGuard, honoGuard } from "@assay/guard/fetch";
import { koaGuard } from "@assay/guard/koa";
import { nestGuard } from "@assay/guard/nest";
import { guardNode } from "@assay/guard/node";
import { ADMIN, runAdapterSuite, type Seen } from "./adapters-suite.ts";
import { listen, type Listening } from "./listen.ts";

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
      isAdmin((context.switchToHttp().getRequest() as IncomingMessage).url)
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
