/** One request on its way to its answer: what an endpoint gets. Nothing is parsed before somebody asks for it. */
import type { Connection } from "./issuer-context.ts";

type AnswerHeaders = Readonly<Record<string, string>>;

export class Exchange {
  readonly request: Request;
  readonly connection: Connection;
  /** What stands at the place of the path that the endpoint left open; "": nothing. */
  readonly parameter: string;
  /** The error code that was answered. */
  refusal: string | null = null;
  /** Headers that every answer gets, whatever the endpoint says. */
  always: AnswerHeaders = {};
  /** The answer that was made here, with those headers. */
  made: Response | null = null;

  constructor(request: Request, connection: Connection, parameter: string) {
    this.request = request;
    this.connection = connection;
    this.parameter = parameter;
  }

  /** Values of the query, in order. */
  query(name: string): readonly string[] {
    return new URL(this.request.url).searchParams.getAll(name);
  }

  json(value: unknown, status: number, headers: AnswerHeaders = {}): Response {
    return this.#make(JSON.stringify(value), status, {
      "content-type": "application/json",
      ...headers,
    });
  }

  text(value: string, status: number, headers: AnswerHeaders = {}): Response {
    return this.#make(value, status, {
      "content-type": "text/plain; charset=utf-8",
      ...headers,
    });
  }

  body(value: string | null, status: number, headers: AnswerHeaders): Response {
    return this.#make(value, status, headers);
  }

  /** All headers at once: to touch those of a Response that is made costs more than to make it. */
  #make(
    value: string | null,
    status: number,
    headers: AnswerHeaders,
  ): Response {
    this.made = new Response(value, {
      status,
      headers: { ...this.always, ...headers },
    });
    return this.made;
  }
}
