/** A request as it is written here: no client in between mends its path or joins its headers. */
import { request as send, type IncomingHttpHeaders } from "node:http";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Name and value by turns, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  json(): Record<string, unknown>;
}

export type RawHeaders = Readonly<Record<string, string | readonly string[]>>;

export function rawRequest(
  origin: string,
  path: string,
  headers: RawHeaders = {},
  method = "GET",
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = send(
      {
        hostname,
        port,
        path,
        method,
        agent: false,
        headers: { ...headers } as Record<string, string | string[]>,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const body = Buffer.concat(chunks).toString("utf8");
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            body,
            json: () => JSON.parse(body) as Record<string, unknown>,
          });
        });
      },
    );
    request.on("error", reject);
    request.end();
  });
}

/** Every WWW-Authenticate, in order. */
export const challenges = ({ rawHeaders }: RawAnswer): string[] =>
  rawHeaders.filter(
    (_, i) =>
      i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === "www-authenticate",
  );
