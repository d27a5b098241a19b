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
    return new Response(JSON.stringify(value), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });
  }

  text(value: string, status: number, headers: AnswerHeaders = {}): Response {
    return new Response(value, {
      status,
      headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    });
  }

  body(value: string | null, status: number, headers: AnswerHeaders): Response {
    return new Response(value, { status, headers });
  }
}
