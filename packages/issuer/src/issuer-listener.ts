/** An issuer for `createServer` of node:http, without the console and the server around it. Nothing that a proxy says is believed. */
import type { RequestListener } from "node:http";
import type { Issuer } from "./create-issuer.ts";
import { adapted, remoteOf } from "./fetch-listener.ts";
import { nodeListener } from "./node-listener.ts";

export const issuerListener = (issuer: Issuer): RequestListener =>
  nodeListener(
    {
      isPlain: (method, path) => issuer.isPlain(method, path),
      answer: (request, remote) =>
        issuer.reply(request, { ip: remote ?? null }),
    },
    adapted(async (request, env) =>
      issuer.fetch(request, { ip: remoteOf(env) ?? null }),
    ),
  );
