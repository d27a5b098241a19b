/** Clients with keys and secrets, and the assertions that they, or others in their name, make. */
import assert from "node:assert/strict";
import {
  exportKey,
  generateKey,
  importSecret,
  sign,
  type Jwk,
  type Key,
} from "@assay/token";
import {
  authenticateClient,
  type AuthenticatedClient,
} from "../src/clients/authenticate.ts";
import { readForm } from "../src/endpoints/form.ts";
import { OAuthError } from "../src/errors.ts";
import {
  ISSUER,
  openClientBed,
  post,
  START,
  TOKEN_ENDPOINT,
  type ClientBed,
} from "./client-bed.ts";

export const ASSERTION_TYPE =
  "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** START in seconds. */
export const NOW: number = START / 1000;

export interface Wish {
  /** Default: app. */
  readonly client?: string;
  /** Over or instead of the ordinary claims; undefined takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Default: the client's ES256 key. "confused": its public key as an HMAC secret. */
  readonly key?: Key | "rs256" | "stranger" | "confused";
  readonly alg?: string;
  readonly header?: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly endpoint?: string;
  readonly form?: Readonly<Record<string, string>>;
}

export interface AssertionBed extends ClientBed {
  readonly es256: Key;
  make(wish?: Wish): Promise<string>;
  present(assertion: string, sending?: Sending): Promise<AuthenticatedClient>;
  /** The refusal, which must be invalid_client. */
  refusalOf(assertion: string, sending?: Sending): Promise<OAuthError>;
}

export async function openAssertionBed(): Promise<AssertionBed> {
  const bed = await openClientBed();
  const [es256, rs256, stranger] = await Promise.all([
    generateKey("ES256"),
    generateKey("RS256"),
    generateKey("ES256"),
  ]);
  const keys = [publicJwk(es256), publicJwk(rs256)];
  const authentication = "private_key_jwt";
  await bed.put({ clientId: "app", authentication, keys });
  await bed.put({ clientId: "bank", authentication, keys, fapi: true });
  await bed.put({
    clientId: "picky",
    authentication,
    keys,
    assertionAlgorithms: ["RS256"],
  });
  await bed.put({
    clientId: "other",
    authentication,
    keys: [publicJwk(stranger)],
  });
  await bed.put({ clientId: "keyless", authentication });
  await bed.put({ clientId: "gone", authentication, keys, disabledAt: START });
  const confused = importSecret(JSON.stringify(publicJwk(es256)));
  const named = { rs256, stranger, confused };
  let ids = 0;

  const claimsFor = ({ client = "app", claims = {} }: Wish): object =>
    Object.fromEntries(
      Object.entries({
        iss: client,
        sub: client,
        aud: ISSUER,
        jti: `id-${++ids}`,
        iat: NOW,
        exp: NOW + 300,
        ...claims,
      }).filter(([, value]) => value !== undefined),
    );
  const present = async (
    assertion: string,
    { form = {}, endpoint = TOKEN_ENDPOINT }: Sending = {},
  ): Promise<AuthenticatedClient> => {
    const request = post({
      client_assertion: assertion,
      client_assertion_type: ASSERTION_TYPE,
      ...form,
    });
    return authenticateClient(
      bed.context,
      request,
      await readForm(request),
      endpoint,
    );
  };
  return Object.assign(bed, {
    es256,
    present,
    make: async (wish: Wish = {}): Promise<string> => {
      const { key = es256, alg, header } = wish;
      return sign(claimsFor(wish), typeof key === "string" ? named[key] : key, {
        ...(alg !== undefined && { alg }),
        ...(header && { header }),
      });
    },
    refusalOf: async (
      assertion: string,
      sending?: Sending,
    ): Promise<OAuthError> => {
      try {
        await present(assertion, sending);
      } catch (error) {
        assert.ok(error instanceof OAuthError, String(error));
        assert.equal(error.code, "invalid_client");
        assert.equal(error.status, 401);
        assert.equal(error.headers["www-authenticate"], undefined);
        assert.ok(!JSON.stringify(error.detail).includes(assertion.slice(-20)));
        return error;
      }
      return assert.fail("it was accepted");
    },
  });
}

const publicJwk = (key: Key): Jwk => exportKey(key, { secret: false });
