/** An issuer on loopback that answers as it is told, and counts. */
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
) => void;

export interface LoopbackIssuer extends AsyncDisposable {
  readonly origin: string;
  /** The paths that were asked for, in order. */
  readonly asked: string[];
  answer: Answer;
}

export async function loopbackIssuer(answer: Answer): Promise<LoopbackIssuer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    issuer.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer: LoopbackIssuer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

/** Answers with JSON. */
export function json(
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (_, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(typeof value === "string" ? value : JSON.stringify(value));
  };
}

export function status(
  code: number,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): Answer {
  return (_, response) => {
    response.writeHead(code, headers);
    response.end(body);
  };
}

/** By path; anything else is not found. */
export function routes(table: Readonly<Record<string, Answer>>): Answer {
  return (request, response) =>
    (table[request.url ?? ""] ?? status(404))(request, response);
}
