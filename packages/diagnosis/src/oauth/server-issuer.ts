/** The issuer to which an endpoint belongs: as metadata say, else as the usual addresses of servers tell. */
import type { Document } from "../inquiry.ts";
import { jsonObject } from "./json-object.ts";

export interface ServerSeen {
  /** The issuer's name; null: it cannot be told. */
  readonly issuer: string | null;
  /** Metadata say so. */
  readonly published: boolean;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

const METADATA =
  /\/\.well-known\/(?:openid-configuration|oauth-authorization-server)/;

/** Ends of addresses that servers put after their issuer's name: Keycloak, Okta, IdentityServer, Spring, Hydra, Auth0, Entra and others. */
const ENDS =
  /\/(?:protocol\/openid-connect\/token\/introspect|protocol\/openid-connect\/(?:token|revoke|auth|ext\/par\/request)|v1\/(?:introspect|token|revoke|authorize)|oauth2\/v1\/(?:introspect|token|revoke|authorize)|oauth2\/v2\.0\/(?:token|authorize)|oauth2\/(?:introspect|token|revoke|par|authorize|device_authorization)|connect\/(?:introspect|token|revocation|authorize|par|deviceauthorization)|oauth\/(?:introspect|token|revoke|par|authorize)|as\/(?:introspect|token|revoke|par)(?:\.oauth2)?|token\/introspection|o\/(?:introspect|token|revoke_token)|introspect|introspection|token|revoke|par|authorize)\/?$/i;

export function serverOf(
  url: string,
  documents: Readonly<Record<string, Document>>,
): ServerSeen {
  const address = url.split(/[?#]/, 1)[0] ?? "";
  for (const [place, { status = 200, body = "" }] of Object.entries(
    documents,
  )) {
    if (!METADATA.test(place) || status > 299) continue;
    const metadata = jsonObject(body);
    if (!metadata || typeof metadata["issuer"] !== "string") continue;
    const known = Object.values(metadata).some(
      (value) => typeof value === "string" && value === address,
    );
    if (known || sameOrigin(address, metadata["issuer"]))
      return { issuer: metadata["issuer"], published: true, metadata };
  }
  const base = address.replace(ENDS, "");
  return {
    issuer: base === address || base === "" ? null : base,
    published: false,
    metadata: null,
  };
}

export function sameOrigin(a: string, b: string): boolean {
  return (
    URL.canParse(a) &&
    URL.canParse(b) &&
    new URL(a).origin === new URL(b).origin
  );
}
