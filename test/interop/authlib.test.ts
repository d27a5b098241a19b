/** Authlib (Python), at every grant and every way to authenticate that it has. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { json, text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { exportKey, generateKey } from "@assay/token";
import type { AuthenticationMethod } from "../../packages/issuer/src/clients/client.ts";
import {
  ACCOUNT,
  API,
  OPAQUE_API,
  runIssuer,
  type RunningIssuer,
} from "./running-issuer.ts";

const CLIENT = fileURLToPath(new URL("authlib-client.py", import.meta.url));
/** `npm test interop` names one that has Authlib. */
const PYTHON = process.env["ASSAY_PYTHON"] ?? "/usr/bin/python3";
const BACK = "https://back.example";
const IDP = "https://idp.example";
const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

let running: RunningIssuer;
before(async () => {
  running = await runIssuer();
  await running.addResource({ resource: BACK });
});
after(async () => running.close());

/** What Authlib got. Throws with what Python wrote where it stopped. */
async function authlib(
  scenario: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const python = spawn(PYTHON, [CLIENT], {
    // Authlib takes HTTP for a mistake unless it is told.
    env: { ...process.env, AUTHLIB_INSECURE_TRANSPORT: "1" },
  });
  const complaint = text(python.stderr);
  python.stdin.end(
    JSON.stringify({
      scenario,
      issuer: running.url,
      account: ACCOUNT,
      resource: API,
      ...given,
    }),
  );
  return json(python.stdout).catch(async () => {
    throw new Error(await complaint);
  });
}

interface Registered {
  readonly clientId: string;
  readonly method: AuthenticationMethod;
  /** A secret, or a private key as JWK. */
  readonly credential: unknown;
}

async function register(
  clientId: string,
  method: AuthenticationMethod,
  more: Omit<Parameters<RunningIssuer["addClient"]>[0], "clientId"> = {},
): Promise<Registered> {
  const key = method === "private_key_jwt" ? await generateKey("ES256") : null;
  const secret = await running.addClient({
    clientId,
    authentication: method,
    keys: key ? [exportKey(key, { secret: false })] : [],
    ...more,
  });
  return {
    clientId,
    method,
    credential: key
      ? exportKey(key, { secret: true })
      : method === "none"
        ? null
        : secret,
  };
}

it("finds the metadata, and nothing in it is against RFC 8414", async () => {
  const found = (await authlib("metadata")) as Record<string, unknown>;
  assert.equal(found["issuer"], running.url);
});

const METHODS = [
  "none",
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
] as const;

for (const method of METHODS) {
  describe(`a client by ${method}`, () => {
    let client: Registered;
    before(async () => {
      client = await register(`python-${method}`, method);
    });

    it("signs somebody in, renews with fewer scopes, and ends the grant", async () => {
      const all = "openid offline_access read write";
      assert.deepEqual(await authlib("sign in and renew", { ...client }), {
        subject: "ada",
        audience: API,
        rotated: true,
        scopes: [all, "read", all],
        wider: "invalid_scope",
        afterRevocation: "invalid_grant",
      });
    });

    if (method !== "none")
      it("has a token of its own, and introspection knows it until it is revoked", async () => {
        assert.deepEqual(
          await authlib("own token", { ...client, resource: OPAQUE_API }),
          {
            known: {
              active: true,
              client_id: client.clientId,
              aud: OPAQUE_API,
            },
            revocation: 200,
            afterwards: { active: false },
          },
        );
      });
  });
}

it("token exchange: a gateway makes a token for what is behind it", async () => {
  const app = await register("python-app", "client_secret_basic");
  const gateway = await register("python-gateway", "private_key_jwt", {
    grantTypes: [EXCHANGE],
  });
  await running.addExchangeRule({
    grantType: EXCHANGE,
    clientId: gateway.clientId,
    sourceIssuer: running.url,
    sourceAudience: API,
    sourceKeys: null,
    target: BACK,
    scopes: ["read"],
  });
  assert.deepEqual(
    await authlib("exchange", { ...app, gateway, target: BACK }),
    {
      type: "urn:ietf:params:oauth:token-type:access_token",
      scope: "read",
      refreshToken: null,
    },
  );
});

it("jwt-bearer: an assertion of another issuer is good once", async () => {
  const client = await register("python-asserting", "client_secret_basic", {
    grantTypes: [JWT_BEARER],
  });
  const key = await generateKey("ES256");
  await running.addExchangeRule({
    grantType: JWT_BEARER,
    clientId: client.clientId,
    sourceIssuer: IDP,
    sourceAudience: running.url,
    sourceKeys: { keys: [exportKey(key, { secret: false })] },
    target: API,
    scopes: ["read"],
  });
  const idpKey = exportKey(key, { secret: true });
  assert.deepEqual(
    await authlib("assertion", { ...client, idp: IDP, idpKey }),
    { scope: "read", again: "invalid_grant" },
  );
});
