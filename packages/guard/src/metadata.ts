/** Protected-resource metadata (RFC 9728): where a client learns which issuer's tokens this API takes. */
import { isSafe } from "./bounded-fetch.ts";
import { PROOF_ALGORITHMS } from "./dpop.ts";
import { toResponse, type Answer } from "./respond.ts";

export interface ProtectedResourceOptions {
  /** The resource's identifier: an https URL without a fragment. It is the audience of its tokens. */
  readonly resource: string;
  readonly issuers: readonly string[];
  readonly scopes?: readonly string[];
  /** For people. */
  readonly name?: string;
  /** URL of a page for developers. */
  readonly documentation?: string;
  /** "required": tokens have to be bound to a key; "offered": they may be. */
  readonly dpop?: "required" | "offered";
  /** Tokens have to be bound to a client certificate. */
  readonly certificate?: boolean;
  /** Answers at the host's root too, where clients of the Model Context Protocol look in the second place. For the one resource of a host. Default false. */
  readonly atRoot?: boolean;
  /** Members that RFC 9728 or others define beside these. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface ProtectedResource {
  /** Where the document stands: `resourceMetadata` of the guard. */
  readonly url: string;
  /** The path of it. */
  readonly path: string;
  readonly document: Readonly<Record<string, unknown>>;
  /** What a guard of this resource demands: its audience, whose tokens, and where the challenge points. */
  readonly guard: {
    readonly audience: string;
    readonly issuers: readonly string[];
    readonly resourceMetadata: string;
  };
  /** The answer to a request for the document; null: it asks for something else. No token is needed for it. */
  respond(request: MetadataRequest): Response | null;
  /** The same as plain values: `writeAnswer` of `@assay/guard/node` writes them. */
  answer(request: MetadataRequest): Answer | null;
}

export interface MetadataRequest {
  readonly method: string;
  readonly url: string;
}

const HEADERS: Answer["headers"] = [
  ["content-type", "application/json"],
  ["cache-control", "public, max-age=3600"],
  // Clients in browsers have to read it before they have any token.
  ["access-control-allow-origin", "*"],
];

const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** Throws TypeError for a resource that is no https URL; plain http only within this machine. */
export function protectedResource(
  options: ProtectedResourceOptions,
): ProtectedResource {
  const {
    resource,
    issuers,
    scopes,
    name,
    documentation,
    dpop,
    certificate,
    atRoot,
    more,
  } = options;
  const parsed = URL.canParse(resource) ? new URL(resource) : null;
  if (!parsed || !isSafe(parsed) || resource.includes("#"))
    throw new TypeError(
      `resource: expected an https URL without a fragment; found ${JSON.stringify(resource.slice(0, 200))}`,
    );
  // Section 3.1: between host and path, without a slash at the end.
  const path = WELL_KNOWN + parsed.pathname.replace(/\/$/, "");
  const document = {
    resource,
    authorization_servers: issuers,
    ...(scopes && { scopes_supported: scopes }),
    bearer_methods_supported: ["header"],
    ...(name !== undefined && { resource_name: name }),
    ...(documentation !== undefined && {
      resource_documentation: documentation,
    }),
    ...(dpop && {
      dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
      dpop_bound_access_tokens_required: dpop === "required",
    }),
    ...(certificate && { tls_client_certificate_bound_access_tokens: true }),
    ...more,
  };
  const body = JSON.stringify(document);
  const url = `${parsed.origin}${path}${parsed.search}`;
  const answer: ProtectedResource["answer"] = ({ method, url: target }) => {
    const asked = URL.canParse(target)
      ? new URL(target).pathname
      : target.replace(/\?.*$/, "");
    const isHere = asked === path || (atRoot === true && asked === WELL_KNOWN);
    if (!isHere || (method !== "GET" && method !== "HEAD")) return null;
    return {
      status: 200,
      headers: HEADERS,
      body: method === "HEAD" ? "" : body,
    };
  };
  return {
    url,
    path,
    document,
    guard: { audience: resource, issuers, resourceMetadata: url },
    answer,
    respond(request) {
      const answered = answer(request);
      return answered && toResponse(answered);
    },
  };
}
