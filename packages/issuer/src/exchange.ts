/** One request on its way to its answer: what an endpoint gets. Nothing is parsed before somebody asks for it. */
import type { Incoming } from "./incoming.ts";
import type { Connection } from "./issuer-context.ts";

export type AnswerHeaders = Readonly<Record<string, string>>;

/** A whole answer in plain values: for node:http it need not become a Response first. */
export class Answer {
  readonly body: string | null;
  readonly status: number;
  readonly headers: AnswerHeaders;

  constructor(body: string | null, status: number, headers: AnswerHeaders) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

/** Pages, streams and the admin API make a Response of their own. */
export type Reply = Answer | Response;

export const toResponse = (reply: Reply): Response =>
  reply instanceof Answer ? new Response(reply.body, reply) : reply;

export class Exchange {
  readonly request: Incoming;
  readonly connection: Connection;
  /** What stands at the place of the path that the endpoint left open; "": nothing. */
  readonly parameter: string;
  /** The error code that was answered. */
  refusal: string | null = null;
  /** Headers that every answer gets, whatever the endpoint says. */
  always: AnswerHeaders = {};

  constructor(request: Incoming, connection: Connection, parameter: string) {
    this.request = request;
    this.connection = connection;
    this.parameter = parameter;
  }

  /** Values of the query, in order. */
  query(name: string): readonly string[] {
    return new URL(this.request.url).searchParams.getAll(name);
  }

  json(value: unknown, status: number, headers: AnswerHeaders = {}): Answer {
    return new Answer(JSON.stringify(value), status, {
      ...this.always,
      "content-type": "application/json",
      ...headers,
    });
  }

  text(value: string, status: number, headers: AnswerHeaders = {}): Answer {
    return new Answer(value, status, {
      ...this.always,
      "content-type": "text/plain; charset=utf-8",
      ...headers,
    });
  }

  body(value: string | null, status: number, headers: AnswerHeaders): Answer {
    return new Answer(value, status, { ...this.always, ...headers });
  }
}
