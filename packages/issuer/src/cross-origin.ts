/**
 * Which pages of other origins may read an answer (the Fetch standard's CORS protocol). Credentials of the browser are never allowed: a client
 * sends its own. Threat: a page of a stranger that uses what a person's browser holds; there is nothing here that cookies would open.
 */
import type { Incoming } from "./incoming.ts";
import type { EndpointRow } from "./endpoints.ts";
import { HANDLE } from "./endpoints/answer.ts";
import type { IssuerContext } from "./issuer-context.ts";
import { RecentReading } from "./recent-reading.ts";
import type { Store } from "./store/store.ts";

/** How long a browser may remember the answer to a preflight, in seconds. */
const REMEMBERED = "600";
const HEADERS = "Authorization, Content-Type, DPoP";
const EXPOSED = `Date, DPoP-Nonce, WWW-Authenticate, Retry-After, ${HANDLE}`;

const EXPOSING = ["access-control-expose-headers", EXPOSED] as const;

const NONE: Lines = [];

type Lines = readonly (readonly [name: string, value: string])[];

/** Headers for the answer; none where the page may not read it. At once for a request of no page, as most are. */
export function crossOriginHeaders(
  context: IssuerContext,
  row: EndpointRow,
  request: Incoming,
): Lines | Promise<Lines> {
  const origin = request.headers.get("origin");
  return row.crossOrigin === "none" || origin === null
    ? NONE
    : headersFor(origin, context, row, request);
}

async function headersFor(
  origin: string,
  context: IssuerContext,
  { crossOrigin, method }: EndpointRow,
  request: Incoming,
): Promise<Lines> {
  const readable: Lines =
    crossOrigin === "any"
      ? [["access-control-allow-origin", "*"], EXPOSING]
      : await readableByClients(context, origin);
  if (readable.length === 0) return NONE;
  return [
    ...readable,
    ...(request.method === "OPTIONS"
      ? [
          ["access-control-allow-methods", method] as const,
          ["access-control-allow-headers", HEADERS] as const,
          ["access-control-max-age", REMEMBERED] as const,
        ]
      : NONE),
  ];
}

/** Headers by which a page of a client may read an answer, whatever it is; none for other pages. */
export async function readableByClients(
  { origins }: Pick<IssuerContext, "origins">,
  origin: string | null,
): Promise<Lines> {
  return origin !== null && (await origins.get()).has(origin)
    ? [["access-control-allow-origin", origin], EXPOSING, ["vary", "Origin"]]
    : NONE;
}

/** How long it is known which origins clients have, in milliseconds: so long another server's change may take to be seen here. */
const KEPT_FOR = 2000;

/**
 * The origins of all enabled clients: the client is not known before its form is read, so an origin of any of them may read; only the
 * client itself gets more than an error. Read from the store once for all who ask, and not for every stranger's page.
 */
export const clientOrigins = (
  store: Pick<Store, "listClients">,
): RecentReading<ReadonlySet<string>> =>
  new RecentReading(async () => {
    const clients = await store.listClients();
    return new Set(
      clients
        .filter(({ disabledAt }) => disabledAt === null)
        .flatMap(({ origins }) => origins),
    );
  }, KEPT_FOR);
