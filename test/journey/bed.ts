/** A journey: `assay serve`, APIs behind guards and clients, each in a process of its own, on loopback. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ACCOUNT, signIn } from "../interop/running-issuer.ts";
import {
  API,
  serveAssay,
  type BareServer,
  type Credentials,
  type ServeOptions,
} from "../guard/assay-server.ts";
import { ASSAY } from "../guard/guard-process.ts";
import { run } from "../guard/running.ts";
import type { ApiProcess } from "./api-process.ts";
import { Child } from "./child.ts";
import type { ClientProcess } from "./client-process.ts";

/** A public client, for people. */
export const PERSON_CLIENT = "cli";
const LOOPBACK = "http://127.0.0.1/callback";

export interface Api extends AsyncDisposable {
  readonly origin: string;
  readonly process: Child<ApiProcess>;
}
export type Client = Child<ClientProcess>;
type ClientOptions = Parameters<ClientProcess["open"]>[0];

/** With one account. */
export const serve = async (options: ServeOptions = {}): Promise<BareServer> =>
  serveAssay({
    ...options,
    flags: { "--account": ACCOUNT.name, ...options.flags },
    env: { ASSAY_ACCOUNT_PASSWORD: ACCOUNT.password },
  });

/** Registers the API, the client of people, and a service with a secret. */
export async function furnish(
  server: BareServer,
  accessTokenSeconds: number,
): Promise<Credentials> {
  await server.administer("/resources", {
    resource: API,
    scopes: ["read"],
    accessTokenSeconds,
  });
  await server.newClient(PERSON_CLIENT, {
    authentication: "none",
    grantTypes: ["authorization_code", "refresh_token"],
    redirectUris: [LOOPBACK],
    scopes: ["read"],
    resources: [API],
  });
  return server.newClient("service", { scopes: ["read"], resources: [API] });
}

export async function openApi(
  { issuer }: BareServer,
  more: Partial<Parameters<ApiProcess["open"]>[0]> = {},
): Promise<Api> {
  const process = new Child<ApiProcess>("api-process.ts");
  const origin = await process.ask("open", { issuer, audience: API, ...more });
  return {
    origin,
    process,
    [Symbol.asyncDispose]: async () => process[Symbol.asyncDispose](),
  };
}

/** A person's client, that sends its tokens to these APIs. */
export async function openClient(
  { issuer }: BareServer,
  apis: readonly Api[],
  more: Partial<ClientOptions> = {},
): Promise<Client> {
  const client = new Child<ClientProcess>("client-process.ts");
  await client.ask("open", {
    issuer,
    clientId: PERSON_CLIENT,
    grant: { type: "authorization_code" },
    resource: API,
    origins: apis.map(({ origin }) => origin),
    // A machine that is slow must not look like an answer that was lost.
    timeoutSeconds: 60,
    ...more,
  });
  return client;
}

/** The one account signs in. */
export async function signInAt(client: Client): Promise<void> {
  const { url, pending } = await client.ask("beginSignIn", LOOPBACK);
  const callback = await signIn(new URL(url));
  await client.ask("finishSignIn", { pending, callback: callback.href });
}

const execute = promisify(execFile);

/** A token endpoint that is reached by another way than the issuer's metadata name. */
export const byWay = (
  { issuer }: BareServer,
  tokenEndpoint: string,
): NonNullable<ClientOptions["metadata"]> => ({
  issuer,
  tokenEndpoint,
  authorizationEndpoint: `${issuer}/authorize`,
  deviceAuthorizationEndpoint: null,
  revocationEndpoint: null,
  namesIssuer: true,
});

/** `assay …`, as the operator of this server. Gives what it wrote; rejects at another exit status than 0. */
export const assay = async (
  { issuer, dataFolder }: BareServer,
  ...words: readonly string[]
): Promise<string> =>
  command(words, { ASSAY_SERVER: issuer, ASSAY_DATA_FOLDER: dataFolder });

/** The same as anybody with these variables. */
export async function command(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout } = await execute(process.execPath, [ASSAY, ...words], {
    env: { ...process.env, ...env },
  });
  return stdout;
}

/** `assay login`, by a person with a browser. Rejects when it is not signed in at the end. */
export async function login(
  { issuer }: BareServer,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const all = ["--issuer", issuer, "--client-id", PERSON_CLIENT, ...words];
  await using running = run(process.execPath, [ASSAY, "login", ...all], {
    env,
  });
  const address = (): string | undefined =>
    /^http\S+$/m.exec(running.said())?.[0];
  await running.until(() => address() !== undefined);
  await fetch(await signIn(new URL(address() ?? "")));
  const status = await running.ended();
  if (status !== 0)
    throw new Error(`expected a sign-in, found: ${running.said()}`);
}

/** How often the server's journal tells of this. */
export async function timesTold(
  { issuer, dataFolder }: BareServer,
  event: string,
): Promise<number> {
  const token = readFileSync(join(dataFolder, "admin-token"), "utf8").trim();
  const response = await fetch(`${issuer}/admin/journal?event=${event}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await response.json()) as {
    readonly items: readonly unknown[];
  };
  return items.length;
}
