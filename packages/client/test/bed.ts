/** A real issuer on loopback, a way to it that counts and can lose answers, and an API that takes its tokens. */
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { createVerifier, discoverKeys, type Verifier } from "@assay/token";
import {
  API,
  runIssuer,
  type RunningIssuer,
} from "../../../test/interop/running-issuer.ts";
import type { Grant } from "../src/grants.ts";
import type { ServerMetadata } from "../src/metadata.ts";
import { createTokenSource, type TokenSource } from "../src/token-source.ts";
import type { IssuedOptions } from "../src/options.ts";

export const PUBLIC = "cli";
export const LOOPBACK = "http://127.0.0.1/callback";

export interface Way {
  readonly url: string;
  /** Requests that reached it. */
  readonly requests: IncomingMessage[];
  close(): void;
}

/** A server on a free port of this machine. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Way> {
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What becomes of an answer on its way back. */
export type Fate =
  | "pass"
  | "lose"
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** A way to a server that has a fate for the next requests; after them, pass. */
export async function openWay(to: string): Promise<{
  readonly way: Way;
  readonly fates: Fate[];
}> {
  const fates: Fate[] = [];
  const way = await listen((request, response) => {
    void pass(to, request, response, fates.shift() ?? "pass");
  });
  return { way, fates };
}

export interface Bed {
  readonly running: RunningIssuer;
  /** In front of the token endpoint. */
  readonly way: Way;
  readonly metadata: ServerMetadata;
  /** For the next requests; after them, pass. "lose": the server has answered, and the connection ends. */
  readonly fates: Fate[];
  readonly verifier: Verifier;
  /** What a source of the public client is made of. */
  settings(grant: Grant): IssuedOptions;
  source(
    options: Partial<IssuedOptions> & Pick<IssuedOptions, "grant">,
  ): TokenSource;
  /** Signs the one account in. */
  signIn(source: TokenSource): Promise<void>;
  close(): Promise<void>;
}

export async function openBed(
  options: Parameters<typeof runIssuer>[0] = {},
): Promise<Bed> {
  const running = await runIssuer(options);
  await running.addClient({
    clientId: PUBLIC,
    authentication: "none",
    redirectUris: [LOOPBACK],
    requireDpop: false,
  });
  const { way, fates } = await openWay(running.url);
  const settings: Bed["settings"] = (grant) => ({
    issuer: running.url,
    clientId: PUBLIC,
    resource: API,
    grant,
    // A machine that stands still is no lost answer.
    timeoutSeconds: 60,
  });
  const metadata: ServerMetadata = {
    issuer: running.url,
    tokenEndpoint: `${way.url}/token`,
    authorizationEndpoint: `${running.url}/authorize`,
    deviceAuthorizationEndpoint: null,
    revocationEndpoint: `${way.url}/revoke`,
    namesIssuer: true,
  };
  return {
    running,
    way,
    metadata,
    fates,
    verifier: createVerifier({
      issuer: running.url,
      audience: API,
      keys: discoverKeys(running.url),
    }),
    settings,
    source: (chosen) =>
      createTokenSource({ ...settings(chosen.grant), ...chosen }),
    signIn: async (source) => {
      const { url, pending } = await source.beginSignIn({
        redirectUri: LOOPBACK,
      });
      await source.finishSignIn(pending, await running.signIn(new URL(url)));
    },
    close: async () => {
      way.close();
      await running.close();
    },
  };
}

async function pass(
  to: string,
  request: IncomingMessage,
  response: ServerResponse,
  fate: Fate,
): Promise<void> {
  if (typeof fate === "object") {
    // Our clock was turned, the server's was not: its date would say so.
    response.sendDate = false;
    response.writeHead(fate.status, fate.headers).end(fate.body);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const {
    host: _,
    connection: __,
    "content-length": ___,
    "transfer-encoding": ____,
    ...headers
  } = request.headers;
  const answer = await fetch(`${to}${request.url}`, {
    method: request.method ?? "GET",
    headers: headers as Record<string, string>,
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (fate === "lose") {
    request.socket.destroy();
    return;
  }
  response.writeHead(
    answer.status,
    Object.fromEntries(
      [...answer.headers].filter(
        ([name]) =>
          !/^(content-encoding|transfer-encoding|connection|content-length)$/.test(
            name,
          ),
      ),
    ),
  );
  response.end(body);
}
