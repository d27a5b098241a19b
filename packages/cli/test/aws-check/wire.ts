/** Requests of our own making: the SDKs cannot be made to send a body that they did not sign. */
import { createHash, createHmac } from "node:crypto";
import { request as send } from "node:http";
import { KEY_ID, SECRET, type Running } from "./service.ts";

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly unfinished?: boolean;
}

const sha256 = (data: string | Buffer): string =>
  createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer =>
  createHmac("sha256", key).update(data).digest();
const signingKey = (scope: string): string | Buffer =>
  scope.split("/").reduce<string | Buffer>(hmac, `AWS4${SECRET}`);

/** IAM guide, "Create a signed AWS API request". */
export function sign(
  { port }: Running,
  service: string,
  {
    method = "POST",
    path = "/",
    body,
    declared = false,
    at = Date.now(),
  }: {
    readonly method?: string;
    readonly path?: string;
    readonly body: string | Buffer;
    /** Whether the hash, or a word in its place, is sent as a header. */
    readonly declared?: boolean | string;
    readonly at?: number;
  },
): Sent {
  const date = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const hash = typeof declared === "string" ? declared : sha256(body);
  const headers: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    ...(declared !== false && { "x-amz-content-sha256": hash }),
    "x-amz-date": date,
  };
  const names = Object.keys(headers).join(";");
  const canonical = [
    method,
    path,
    "",
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    "",
    names,
    hash,
  ].join("\n");
  const scope = `${date.slice(0, 8)}/us-east-1/${service}/aws4_request`;
  const signature = hmac(
    signingKey(scope),
    ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n"),
  ).toString("hex");
  return {
    method,
    path,
    body,
    headers: {
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    },
  };
}

/** The body of a request whose signature is the first of the chain (S3 API reference, "Transferring payload in multiple chunks"). */
export function inChunks(
  { headers }: Sent,
  contents: readonly string[],
): string {
  const [, scope = "", seed = ""] =
    /Credential=[^/]+\/([^,]+),.*Signature=(\w+)/.exec(
      headers["authorization"] ?? "",
    ) ?? [];
  const key = signingKey(scope);
  let previous = seed;
  return contents
    .map((content) => {
      previous = hmac(
        key,
        [
          "AWS4-HMAC-SHA256-PAYLOAD",
          headers["x-amz-date"],
          scope,
          previous,
          sha256(""),
          sha256(content),
        ].join("\n"),
      ).toString("hex");
      return `${content.length.toString(16)};chunk-signature=${previous}\r\n${content}\r\n`;
    })
    .join("");
}

export function exchange(
  { port }: Running,
  { method, path, headers, body, unfinished }: Sent,
): Promise<{
  status: number;
  headers: Record<string, string | undefined>;
  body: string;
}> {
  return new Promise((resolve, reject) => {
    const request = send(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string | undefined>,
            body: text,
          }),
        );
      },
    );
    request.on("error", reject);
    if (unfinished) request.flushHeaders();
    else request.end(body);
  });
}
