/** A resource as tests want it: its tokens are JWTs, unless a test says otherwise. */
import type { Resource } from "../src/resources/resource.ts";

export type GivenResource = Partial<Resource> & { readonly resource: string };

export const aResource = (given: GivenResource): Resource => ({
  name: given.resource,
  scopes: ["read", "write"],
  format: "jwt",
  algorithm: "ES256",
  accessTokenSeconds: 600,
  requireDpop: false,
  claims: {},
  createdAt: 0,
  ...given,
});
