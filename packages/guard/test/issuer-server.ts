/** A test issuer on a real port: its metadata and keys, and whatever else a test puts there. */
import type {
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from "node:http";
import { createTestIssuer, type TestIssuer } from "@assay/guard/testing";
import { listen } from "./listen.ts";

export interface IssuerServer extends AsyncDisposable {
  readonly origin: string;
  readonly issuer: TestIssuer;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** By path; these go before what the issuer itself answers. */
  readonly answers: Map<string, RequestListener>;
}

export async function serveIssuer(): Promise<IssuerServer> {
  const asked: string[] = [];
  const answers = new Map<string, RequestListener>();
  const reply = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const path = request.url ?? "";
    asked.push(path);
    const answer = answers.get(path);
    if (answer) {
      answer(request, response);
      return;
    }
    const document = await issuer.fetch(origin + path, undefined as never);
    response.writeHead(document.status, { "content-type": "application/json" });
    response.end(await document.text());
  };
  const server = await listen((request, response) => {
    void reply(request, response);
  });
  const { origin } = server;
  const issuer = await createTestIssuer({ issuer: origin });
  return {
    origin,
    issuer,
    asked,
    answers,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const text =
  (
    status: number,
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
