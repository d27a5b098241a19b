/** A guard with what the authorization chapter of 2026-07-28 fixes for every MCP server, and the server's metadata. */
import { checkNames } from "../check-names.ts";
import { createGuard } from "../create-guard.ts";
import { checkDemands } from "../demands.ts";
import type { Guard } from "../guard.ts";
import { protectedResource, type ProtectedResource } from "../metadata.ts";
import { OPTION_NAMES, type GuardOptions } from "../options.ts";

/** What the chapter decides is no option: the audience, the places of a token, the challenge; and an MCP server has one route. */
type Fixed = "audience" | "tokenPlaces" | "resourceMetadata" | "routes";

export interface McpGuardOptions<C = Record<string, unknown>> extends Omit<
  GuardOptions<C>,
  Fixed
> {
  /** The server's canonical URI, as clients know it ("Canonical Server URI"): tokens have to be made out to it. */
  readonly resource: string;
  /** Scopes that a call of one tool needs beside `scopes`, by the tool's name. */
  readonly tools?: Readonly<Record<string, readonly string[]>>;
  /** For people. */
  readonly name?: string;
  /** URL of a page for developers. */
  readonly documentation?: string;
}

export interface McpGuard<C = Record<string, unknown>> {
  readonly guard: Guard<C>;
  /** The metadata (RFC 9728): at the address that belongs to the resource, and at the root of the host. */
  readonly resource: ProtectedResource;
  /** All scopes that this body needs; null: no more than every request. */
  scopesOf(body: unknown): readonly string[] | null;
}

/** Throws TypeError where the options are wrong, or say what the chapter does not allow. */
export function createMcpGuard<C = Record<string, unknown>>(
  options: McpGuardOptions<C>,
): McpGuard<C> {
  checkNames("options", options, NAMES);
  const { resource: uri, tools = {}, name, documentation, ...rest } = options;
  checkCanonical(uri);
  const base = options.scopes ?? [];
  for (const scopes of [base, ...Object.values(tools)]) checkScopes(scopes);
  const { dpop, certificate } = options;
  const resource = protectedResource({
    resource: uri,
    issuers: [options.issuers]
      .flat()
      .map((one) => (typeof one === "string" ? one : one.issuer)),
    scopes: base,
    atRoot: true,
    ...(name !== undefined && { name }),
    ...(documentation !== undefined && { documentation }),
    ...(dpop && {
      dpop: dpop !== true && dpop.required ? "required" : "offered",
    }),
    ...(certificate?.required && { certificate: true }),
  });
  return {
    guard: createGuard<C>({
      ...rest,
      audience: uri,
      resourceMetadata: resource.url,
    }),
    resource,
    scopesOf(body) {
      const needed = [body].flat().flatMap((one) => toolScopes(one, tools));
      return needed.length > 0 ? [...new Set([...base, ...needed])] : null;
    },
  };
}

const {
  audience: _audience,
  tokenPlaces: _tokenPlaces,
  resourceMetadata: _resourceMetadata,
  routes: _routes,
  ...OPEN_NAMES
} = OPTION_NAMES;

const NAMES: Record<keyof McpGuardOptions, true> = {
  ...OPEN_NAMES,
  resource: true,
  tools: true,
  name: true,
  documentation: true,
};

/** Two spellings of one URI would be two audiences: clients send what the metadata say, and issuers compare byte for byte. */
function checkCanonical(uri: string): void {
  const parsed = URL.canParse(uri) ? new URL(uri) : null;
  const isRoot = parsed?.pathname === "/" && parsed.search === "";
  const canonical = isRoot ? parsed.origin : (parsed?.href ?? null);
  if (canonical !== uri)
    throw new TypeError(
      `resource: expected the canonical URI of the server${canonical === null ? "" : `, ${canonical.slice(0, 200)}`}; found ${JSON.stringify(uri)?.slice(0, 200)}`,
    );
}

function checkScopes(scopes: readonly string[]): void {
  checkDemands({ scopes });
  if (scopes.includes("offline_access"))
    throw new TypeError(
      "scopes: offline_access is asked of the issuer by a client, and is no scope of an MCP server",
    );
}

function toolScopes(
  message: unknown,
  tools: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const { method, params } = (message ?? {}) as Call;
  const name = params?.name;
  return method === "tools/call" &&
    typeof name === "string" &&
    Object.hasOwn(tools, name)
    ? (tools[name] ?? [])
    : [];
}

interface Call {
  readonly method?: unknown;
  readonly params?: { readonly name?: unknown } | null;
}
