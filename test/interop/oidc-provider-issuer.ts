// oxlint-disable-next-line typescript/triple-slash-reference -- the package brings no types, and a file of declarations is no module
/// <reference path="../../bench/issuer/oidc-provider.d.ts" />
/** An issuer that others wrote, on a loopback port: oidc-provider, with the device authorization grant (RFC 8628), and a person at its pages. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportKey, generateKey } from "@assay/token";
import { Provider } from "oidc-provider";

export const DEVICE_CLIENT = "device";
/** A client whose device codes live for one second. */
export const BRIEF_CLIENT = "brief";
export const DEVICE_API = "https://api.example";

export interface OidcProviderIssuer {
  readonly url: string;
  close(): void;
}

export async function runOidcProvider(): Promise<OidcProviderIssuer> {
  const server = createServer();
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = await generateKey("ES256", { kid: "k1" });
  const provider = new Provider(url, {
    jwks: { keys: [exportKey(key, { secret: true })] },
    clients: [DEVICE_CLIENT, BRIEF_CLIENT].map((clientId) => ({
      client_id: clientId,
      token_endpoint_auth_method: "none",
      grant_types: [
        "urn:ietf:params:oauth:grant-type:device_code",
        "refresh_token",
      ],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: "ES256",
    })),
    scopes: ["openid", "offline_access", "read"],
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    ttl: {
      DeviceCode: (_: unknown, __: unknown, client: { clientId: string }) =>
        client.clientId === BRIEF_CLIENT ? 1 : 600,
      AccessToken: 300,
    },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id }),
    }),
    features: {
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: async () => ({
          scope: "read",
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    cookies: { keys: ["a key of these tests"] },
  });
  server.on("request", provider.callback());
  return {
    url,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a person does who opens the address, enters the code, signs in as ada and allows it, or says no. Gives the last page's text. */
export async function visit(
  verificationUri: string,
  userCode: string,
  { allows }: { readonly allows: boolean },
): Promise<string> {
  const cookies = new Map<string, string>();
  const browse = async (at: URL, form?: URLSearchParams): Promise<string> => {
    const response = await fetch(at, {
      redirect: "manual",
      headers: {
        cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
      },
      ...(form && { method: "POST", body: form }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location !== null) return browse(new URL(location, at));
    const page = await response.text();
    const next = filledIn(page, userCode);
    if (!next) return page;
    const isAsked = next.has("confirm");
    if (isAsked && !allows) next.set("abort", "yes");
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1] ?? "";
    const answer = await browse(new URL(action, at), next);
    return answer;
  };
  return browse(new URL(verificationUri));
}

/** The page's form as this person sends it; null: it has none that is still to be sent. */
function filledIn(page: string, userCode: string): URLSearchParams | null {
  if (!page.includes("<form") || /interrupted/.test(page)) return null;
  const form = new URLSearchParams();
  for (const [input] of page.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string): string | undefined =>
      new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1];
    form.set(attribute("name") ?? "", attribute("value") ?? "");
  }
  if (form.get("user_code") === "") form.set("user_code", userCode);
  if (form.has("login")) form.set("login", "ada");
  return form;
}
