/** An issuer with a clock that tests move, and the relying parties that the modules register at it. */
import * as jose from "jose";
import type { Jwk } from "@assay/token";
import type { Client } from "@assay/issuer";
import { REFRESH } from "../../packages/issuer/test/a-client.ts";
import {
  ACCOUNT,
  runIssuer,
  type RunningIssuer,
} from "../interop/running-issuer.ts";
import {
  byAssertion,
  byBasic,
  byNothing,
  byPost,
  RelyingParty,
} from "./relying-party.ts";

export interface Bed {
  readonly running: RunningIssuer;
  /** Seconds that the issuer's clock is ahead of this machine's. */
  ahead: number;
  metadata(): Promise<Readonly<Record<string, unknown>>>;
  /** A client with what its method needs. */
  register(
    clientId: string,
    authentication: Client["authentication"],
    more?: Partial<Client>,
  ): Promise<RelyingParty>;
  /** As FAPI 2.0 wants its clients: private_key_jwt, DPoP, no rotation. */
  registerFapi(clientId: string): Promise<RelyingParty>;
  /** What the person does with the page of the authorization endpoint; gives the address that the browser is sent to. */
  signIn(page: Response): Promise<URL>;
  /** Claims of a JWT that the issuer signed, checked by its published keys. */
  verify(
    token: string,
    options: jose.JWTVerifyOptions,
  ): Promise<jose.JWTVerifyResult>;
  close(): Promise<void>;
}

export async function openBed(): Promise<Bed> {
  const time = { ahead: 0 };
  const clock = (): number => Date.now() + time.ahead * 1000;
  const running = await runIssuer({ clock });

  const register: Bed["register"] = async (
    clientId,
    authentication,
    more = {},
  ) => {
    const keyed = authentication === "private_key_jwt";
    const pair = keyed
      ? await jose.generateKeyPair("ES256", { extractable: true })
      : null;
    const secret = await running.addClient({
      clientId,
      authentication,
      keys: pair ? [await publicJwk(pair)] : [],
      ...more,
    });
    const proof = pair
      ? byAssertion(pair.privateKey, running.url)
      : authentication === "client_secret_post"
        ? byPost(secret)
        : authentication === "none"
          ? byNothing
          : byBasic(secret);
    return new RelyingParty(running.url, clientId, proof, clock);
  };

  const bed: Bed = {
    running,
    get ahead() {
      return time.ahead;
    },
    set ahead(seconds) {
      time.ahead = seconds;
    },
    metadata: async () => {
      const found = await fetch(
        `${running.url}/.well-known/openid-configuration`,
      );
      return (await found.json()) as Readonly<Record<string, unknown>>;
    },
    register,
    registerFapi: async (clientId) =>
      register(clientId, "private_key_jwt", {
        fapi: true,
        requireDpop: true,
        refresh: { ...REFRESH, rotate: false, graceSeconds: 0 },
      }),
    signIn: async (page) => {
      const text = await page.text();
      const sealed = /name="request" value="([^"]+)"/.exec(text)?.[1];
      if (page.status !== 200 || sealed === undefined)
        throw new Error(`expected to sign in, found ${page.status}: ${text}`);
      const sent = await fetch(`${running.url}/authorize`, {
        method: "POST",
        body: new URLSearchParams({ request: sealed, ...ACCOUNT }),
        redirect: "manual",
      });
      return new URL(sent.headers.get("location") ?? "");
    },
    verify: async (token, options) => {
      const { jwks_uri: uri } = await bed.metadata();
      const keys = await fetch(String(uri));
      return jose.jwtVerify(
        token,
        jose.createLocalJWKSet((await keys.json()) as jose.JSONWebKeySet),
        {
          issuer: running.url,
          currentDate: new Date(clock()),
          requiredClaims: ["sub", "iat", "exp"],
          ...options,
        },
      );
    },
    close: async () => running.close(),
  };
  return bed;
}

export const publicJwk = async (
  { publicKey }: jose.GenerateKeyPairResult,
  kid = "k1",
): Promise<Jwk> => ({
  ...((await jose.exportJWK(publicKey)) as Jwk),
  alg: "ES256",
  kid,
});
