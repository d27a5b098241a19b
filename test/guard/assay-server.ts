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

/** `assay serve` with a folder of its own, without a client or an API. */
export interface BareServer extends AsyncDisposable {
  /** Its name and address. */
  readonly issuer: string;
  readonly process: Running;
  /** Where its admin token and its database lie. */
  readonly dataFolder: string;
  /** Posts to its admin API. */
  administer(path: string, body: object): Promise<Record<string, unknown>>;
  /** Registers a client; gives what it sends to be known. */
  newClient(clientId: string, more: object): Promise<Credentials>;
}

export interface ServeOptions {
  /** Default: a free one. */
  readonly port?: number;
  readonly flags?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Of a server that ran before. Default: a new one, which goes with the server. */
  readonly home?: string;
}

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

export async function serveAssay({
  port = 0,
  flags = {},
  env = {},
  home: given,
}: ServeOptions = {}): Promise<BareServer> {
  const home = given ?? mkdtempSync(join(tmpdir(), "assay-serve-"));
  const consoleFolder = join(home, "console");
  mkdirSync(consoleFolder, { recursive: true });
  writeFileSync(join(consoleFolder, "index.html"), "<title>Assay</title>");
  const dataFolder = join(home, "data");
  const all = {
    "--host": "127.0.0.1",
    "--port": String(port),
    "--data-folder": dataFolder,
    "--console-folder": consoleFolder,
    ...flags,
  };
  const server = run(
    process.execPath,
    [ASSAY, "serve", ...Object.entries(all).flat()],
    { env },
  );
  const address = (): string | undefined =>
    /^(http:\/\/127\.0\.0\.1:\d+)$/m.exec(server.said())?.[1];
  await server.until(() => address() !== undefined);
  const issuer = address() ?? "";
  const admin = readFileSync(join(dataFolder, "admin-token"), "utf8").trim();
  const administer: BareServer["administer"] = async (path, body) =>
    post(
      `${issuer}/admin${path}`,
      {
        authorization: `Bearer ${admin}`,
        "content-type": "application/json",
      },
      JSON.stringify(body),
    );
  return {
    issuer,
    process: server,
    dataFolder,
    administer,
    async newClient(clientId, more) {
      const { secret } = await administer("/clients", {
        clientId,
        authentication: "client_secret_basic",
        grantTypes: ["client_credentials"],
        ...more,
      });
      const { secret: clientSecret } = (secret ?? { secret: "" }) as {
        secret: string;
      };
      return { clientId, clientSecret };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      if (given === undefined) rmSync(home, { recursive: true });
    },
  };
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: expected success, found ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

export async function startAssayServer(): Promise<AssayServer> {
  const server = await serveAssay();
  const { issuer } = server;
  await server.administer("/resources", {
    resource: API,
    scopes: ["read"],
    accessTokenSeconds: 3600,
  });
  const api = await server.newClient("api", {
    scopes: ["revocations:read"],
    resources: [`${issuer}/revocations`],
    introspects: [API],
  });
  const app = await server.newClient("app", {
    scopes: ["read"],
    resources: [API],
  });
  const byApp = {
    authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}`,
    "content-type": "application/x-www-form-urlencoded",
  };
  return {
    issuer,
    process: server.process,
    api,
    async token() {
      const answer = await post(
        `${issuer}/token`,
        byApp,
        new URLSearchParams({
          grant_type: "client_credentials",
          resource: API,
        }).toString(),
      );
      return String(answer["access_token"]);
    },
    async revoke(token) {
      await post(
        `${issuer}/revoke`,
        byApp,
        new URLSearchParams({ token }).toString(),
      );
    },
    [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose](),
  };
}
