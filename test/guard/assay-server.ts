/** `assay serve` as people run it, on a free port, with an API, a client of the API and a client of its users. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ASSAY } from "./guard-process.ts";
import { run, type Running } from "./running.ts";

export const API = "https://api.example";

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AssayServer extends AsyncDisposable {
  /** Its name and address. */
  readonly issuer: string;
  readonly process: Running;
  /** The API's own, with which its guards read the feed. */
  readonly api: Credentials;
  /** A token for the API that lives for an hour. */
  token(): Promise<string>;
  /** Revokes one, as its client does (RFC 7009). Resolves with the answer. */
  revoke(token: string): Promise<void>;
}

export async function startAssayServer(): Promise<AssayServer> {
  const home = mkdtempSync(join(tmpdir(), "assay-serve-"));
  const consoleFolder = join(home, "console");
  mkdirSync(consoleFolder);
  writeFileSync(join(consoleFolder, "index.html"), "<title>Assay</title>");
  const flags = {
    "--host": "127.0.0.1",
    "--port": "0",
    "--data-folder": join(home, "data"),
    "--console-folder": consoleFolder,
  };
  const server = run(process.execPath, [
    ASSAY,
    "serve",
    ...Object.entries(flags).flat(),
  ]);
  const address = (): string | undefined =>
    /^(http:\/\/127\.0\.0\.1:\d+)$/m.exec(server.said())?.[1];
  await server.until(() => address() !== undefined);
  const issuer = address() ?? "";
  const admin = readFileSync(join(home, "data/admin-token"), "utf8").trim();

  const send = async (
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(issuer + path, {
      method: "POST",
      headers,
      body,
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${path}: expected success, found ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const administer = async (
    path: string,
    body: object,
  ): Promise<Record<string, unknown>> =>
    send(
      `/admin${path}`,
      {
        authorization: `Bearer ${admin}`,
        "content-type": "application/json",
      },
      JSON.stringify(body),
    );
  const newClient = async (
    clientId: string,
    more: object,
  ): Promise<Credentials> => {
    const { secret } = await administer("/clients", {
      clientId,
      authentication: "client_secret_basic",
      grantTypes: ["client_credentials"],
      ...more,
    });
    const { secret: clientSecret } = secret as { secret: string };
    return { clientId, clientSecret };
  };

  await administer("/resources", {
    resource: API,
    scopes: ["read"],
    accessTokenSeconds: 3600,
  });
  const api = await newClient("api", {
    scopes: ["revocations:read"],
    resources: [`${issuer}/revocations`],
    introspects: [API],
  });
  const app = await newClient("app", { scopes: ["read"], resources: [API] });
  const byApp = {
    authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  return {
    issuer,
    process: server,
    api,
    async token() {
      const answer = await send(
        "/token",
        byApp,
        new URLSearchParams({
          grant_type: "client_credentials",
          resource: API,
        }).toString(),
      );
      return String(answer["access_token"]);
    },
    async revoke(token) {
      await send("/revoke", byApp, new URLSearchParams({ token }).toString());
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(home, { recursive: true });
    },
  };
}
