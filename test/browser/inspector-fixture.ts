/** What the tests of the inspector share: a token that a base64 secret signed, an expired one, and a page to look at them. */
import { importSecret, sign } from "@assay/token";
import {
  visit as visitPage,
  type Console,
  type Form,
  type OpenedPage,
  type OpenOptions,
} from "./open-console.ts";

/** A secret that stands in a configuration as base64: whoever forgets to decode it signs with other bytes. */
export const SECRET = "dGhlIGJ5dGVzIGJlaGluZCB0aGlzIHRleHQgYXJlIHRoZSBrZXk=";
export const now: number = Math.floor(Date.now() / 1000);
export const CLAIMS = {
  iss: "https://issuer.example.com",
  sub: "alice",
  aud: "https://api.example.com",
  iat: now - 600,
  exp: now + 3600,
  scope: "orders:read",
};

export const withSecret = async (claims: object): Promise<string> =>
  sign(claims, importSecret(SECRET, { encoding: "base64" }), { alg: "HS256" });

export const token: string = await withSecret(CLAIMS);
export const expired: string = await withSecret({
  ...CLAIMS,
  iat: now - 15_000,
  exp: now - 11_520,
});

export type Use = (opened: OpenedPage) => Promise<void>;

/** Uses the inspector in one of its forms. */
export async function visitInspector(
  assay: Console,
  use: Use,
  options?: OpenOptions,
  form: Form = "served",
): Promise<void> {
  await visitPage(await assay.open(assay.inspector(form), options), use);
}
