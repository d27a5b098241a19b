/** How the client shows who it is at the token endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2). */
import { platform, sign, type Key } from "@assay/token";

/** A secret, or where to get it each time: so that it can be exchanged while the program runs. */
export type SecretInput = string | (() => string | Promise<string>);

export type ClientAuthentication =
  | { readonly method: "none" }
  | {
      readonly method: "client_secret_basic" | "client_secret_post";
      readonly secret: SecretInput;
    }
  | {
      readonly method: "private_key_jwt";
      /** A private key (`importKey` of @assay/token). */
      readonly key: Key;
      /** Default: the key's own alg. */
      readonly alg?: string;
    };

export interface Authenticated {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Assertions are made for one request: so long they are good, in seconds. */
const ASSERTION_SECONDS = 60;

/** `now`: the server's clock, in milliseconds. */
export async function authenticate(
  clientId: string,
  authentication: ClientAuthentication,
  { issuer, now }: { readonly issuer: string; readonly now: number },
): Promise<Authenticated> {
  switch (authentication.method) {
    case "none":
      return { headers: {}, form: { client_id: clientId } };
    case "client_secret_post":
      return {
        headers: {},
        form: {
          client_id: clientId,
          client_secret: await secretOf(authentication.secret),
        },
      };
    case "client_secret_basic": {
      const pair = `${formEncode(clientId)}:${formEncode(await secretOf(authentication.secret))}`;
      return { headers: { authorization: `Basic ${btoa(pair)}` }, form: {} };
    }
    case "private_key_jwt": {
      const iat = Math.floor(now / 1000);
      const assertion = await sign(
        {
          iss: clientId,
          sub: clientId,
          // The issuer's name alone: an assertion for one endpoint would be taken by a server that mixes itself up with another.
          aud: issuer,
          jti: crypto.randomUUID(),
          iat,
          exp: iat + ASSERTION_SECONDS,
        },
        authentication.key,
        authentication.alg === undefined ? {} : { alg: authentication.alg },
      );
      return {
        headers: {},
        form: {
          client_id: clientId,
          client_assertion_type:
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: assertion,
        },
      };
    }
  }
}

const secretOf = async (secret: SecretInput): Promise<string> =>
  typeof secret === "string" ? secret : secret();

/** RFC 6749 section 2.3.1: both parts are form-encoded first. What is left is ASCII, as btoa wants it. */
const formEncode = (text: string): string =>
  new URLSearchParams([["", text]]).toString().slice(1);

/** 256 random bits as base64url: a verifier, a state. */
export const randomText = (): string =>
  platform.encodeBase64url(crypto.getRandomValues(new Uint8Array(32)));
