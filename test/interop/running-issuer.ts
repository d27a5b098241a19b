/** An issuer on a loopback port with a database of its own, for clients that others wrote. */
import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import {
  createIssuer,
  issuerListener,
  type Issuer,
  type IssuerOptions,
} from "@assay/issuer";
import { newSecret } from "../../packages/issuer/src/clients/new-secret.ts";
import type { ExchangeRule } from "../../packages/issuer/src/resources/resource.ts";
import {
  aClient,
  type GivenClient,
} from "../../packages/issuer/test/a-client.ts";
import {
  aResource,
  type GivenResource,
} from "../../packages/issuer/test/a-resource.ts";
import { openTemporaryStore } from "../../packages/issuer/test/temporary-store.ts";

export const API = "https://api.example";
export const OPAQUE_API = "https://opaque.example";
export const ACCOUNT = { name: "ada", password: "correct horse battery" };

export interface RunningIssuer {
  readonly url: string;
  readonly issuer: Issuer;
  /** Registers a client; gives its secret where its method has one. */
  addClient(client: GivenClient): Promise<string>;
  addResource(resource: GivenResource): Promise<void>;
  /** Allows an exchange or an assertion: without a row both are denied. */
  addExchangeRule(rule: Omit<ExchangeRule, "ruleId">): Promise<void>;
  /** Signs in at an authorization URL as the one account would in a browser; gives the address that it is sent back to. */
  signIn(authorizationUrl: URL): Promise<URL>;
  close(): Promise<void>;
}

const WHO = { subject: null, clientId: null, ip: null, agent: null };

export async function runIssuer(
  options: Partial<IssuerOptions> = {},
): Promise<RunningIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { store, master, close } = await openTemporaryStore();
  const issuer = await createIssuer({
    issuer: url,
    store,
    masterKeys: [master],
    account: ACCOUNT,
    ...options,
  });
  server.on("request", issuerListener(issuer));
  const { context } = issuer;

  const addResource: RunningIssuer["addResource"] = async (resource) =>
    store.putResource(
      aResource({
        accessTokenSeconds: 300,
        createdAt: context.clock(),
        ...resource,
      }),
      await context.journal.entry("resource.changed", {}, WHO),
    );
  await addResource({ resource: API });
  await addResource({ resource: OPAQUE_API, format: "opaque" });

  return {
    url,
    issuer,
    addResource,
    addExchangeRule: async (rule) =>
      store.putExchangeRule(
        { ruleId: randomBytes(8).toString("hex"), ...rule },
        await context.journal.entry("exchange_rule.changed", {}, WHO),
      ),
    addClient: async (given) => {
      const client = aClient({
        redirectUris: ["https://app.example/callback"],
        scopes: ["openid", "offline_access", "read", "write"],
        resources: [API, OPAQUE_API],
        introspects: [API, OPAQUE_API],
        createdAt: context.clock(),
        ...given,
      });
      await store.putClient(
        client,
        await context.journal.entry("client.created", given, WHO),
      );
      const secret = newSecret(client, {
        random: context.random,
        now: context.clock(),
        expiresAt: null,
        master: context.master,
      });
      await store.addSecret(
        secret.row,
        context.clock(),
        await context.journal.entry("client.secret_rotated", given, WHO),
      );
      return secret.text;
    },
    signIn: async (authorizationUrl) => signIn(authorizationUrl),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await issuer.close();
      await close();
    },
  };
}

/** The same at any issuer of ours that has the account. */
export async function signIn(authorizationUrl: URL): Promise<URL> {
  const page = await fetch(authorizationUrl, { redirect: "manual" });
  const location = page.headers.get("location");
  if (location !== null) return new URL(location);
  const text = await page.text();
  const sealed = /name="request" value="([^"]+)"/.exec(text)?.[1];
  if (page.status !== 200 || sealed === undefined)
    throw new Error(
      `expected a page to sign in, found ${page.status}: ${text}`,
    );
  const sent = await fetch(new URL("/authorize", authorizationUrl), {
    method: "POST",
    body: new URLSearchParams({ request: sealed, ...ACCOUNT }),
    redirect: "manual",
  });
  const back = sent.headers.get("location");
  if (back === null)
    throw new Error(`expected to be sent back, found ${sent.status}`);
  return new URL(back);
}
