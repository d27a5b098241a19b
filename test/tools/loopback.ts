/** Servers on this machine that refuse what the tools ask them, and the tools' whole output. */
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString("base64url");

/** Every token is signed by this. */
export const KEY = "ForTheTestsOfAssayOnly0123456789";

export function token(claims: Readonly<Record<string, unknown>>): string {
  const signed = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
  return `${signed}.${createHmac("sha256", KEY).update(signed).digest("base64url")}`;
}

const now = Math.floor(Date.now() / 1000);
/** Its time ended an hour ago. */
export const EXPIRED: string = token({
  iss: "https://id.example.com",
  sub: "a",
  iat: now - 7200,
  exp: now - 3600,
});

/** Gone at the end. */
export const folder: string = mkdtempSync(join(tmpdir(), "assay-captures-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

export interface Listening {
  readonly url: string;
  /** The same server by another name: to clients another host. */
  readonly byName: string;
  readonly port: number;
  stop(): Promise<void>;
}

export function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const server: Server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        url: `http://127.0.0.1:${port}`,
        byName: `http://localhost:${port}`,
        port,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

export { freePort } from "../free-port.ts";

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization,content-type,x-odd",
  // A browser asks before each request.
  "access-control-max-age": "0",
};
export const REFUSAL =
  '{"error":"invalid_token","error_description":"The token expired"}';

/** An API: /fine lets everybody in, /old moves to the API's other name, /no-preflight refuses to be asked; everything else finds the token expired. */
export function startApi(): Promise<Listening> {
  return listen((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const port = request.socket.localPort;
    if (request.method === "OPTIONS")
      return path === "/no-preflight"
        ? response.writeHead(401).end()
        : response.writeHead(204, CORS).end();
    if (path === "/fine") return response.writeHead(200, CORS).end("{}");
    if (path === "/old")
      return response
        .writeHead(302, {
          ...CORS,
          location: `http://localhost:${port}/orders`,
        })
        .end();
    return response
      .writeHead(401, {
        ...CORS,
        "content-type": "application/json",
        "www-authenticate":
          'Bearer error="invalid_token", error_description="The token expired"',
      })
      .end(REFUSAL);
  });
}

/** Everything that the tool writes, as a terminal shows it. */
export function output(
  file: string,
  args: readonly string[],
  {
    env = {},
    cwd = folder,
  }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn("sh", ["-c", 'exec "$0" "$@" 2>&1', file, ...args], {
      cwd,
      env: {
        PATH: `${process.env["PATH"] ?? ""}:/usr/sbin`,
        HOME: folder,
        LANG: "C.UTF-8",
        NO_COLOR: "1",
        ...env,
      },
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 60_000,
    });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    child.once("error", reject).once("close", () => resolve(text));
  });
}
