/** One request of its own connection, with the path as it was written: fetch would tidy it. */
import { once } from "node:events";
import { request, type IncomingHttpHeaders } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export async function ask(
  url: string,
  {
    method = "GET",
    headers = {},
    address,
    target,
  }: {
    method?: string;
    headers?: Record<string, string>;
    address?: string;
    /** What stands in the first line of the request, in place of the URL's path. */
    target?: string;
  } = {},
): Promise<Answer> {
  const { hostname, port, origin, host } = new URL(url);
  const asked = request({
    host: address ?? hostname,
    port,
    path: target ?? (url.slice(origin.length) || "/"),
    method,
    headers: { host, ...headers },
    agent: false,
  });
  asked.end();
  const [response] = await once(asked, "response");
  let body = "";
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, headers: response.headers, body };
}
