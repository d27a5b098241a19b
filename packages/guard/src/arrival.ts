/** What the guard looks at of a request, so that an adapter need not build another request to ask. */
import type { MaybePromise } from "@assay/token";

export interface Arrival {
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  /** The address at the other end of the connection; null: not known, and then nobody's proxy. */
  readonly remote: string | null;
  /**
   * The values of a header, asked for in lower case: a list when it was sent more than once. It must be read from what came: Node's
   * `headers` drops a second Authorization, and a second one is what a smuggler sends.
   */
  values(name: string): string | readonly string[] | undefined;
  /** The client certificate's thumbprint (RFC 8705 section 3.1), where the connection itself showed one. */
  certificate?(): MaybePromise<string | undefined>;
}

/** What a caller of `check` knows beside the request. */
export interface Connection {
  /** The address at the other end of the connection. Without it no proxy is trusted and no detail is shown. */
  readonly remote?: string | null | undefined;
  /** SHA-256 of the client certificate's DER, base64url (RFC 8705 section 3.1), from the connection and never from a header. */
  readonly certificateThumbprint?: string | undefined;
}

export class FetchArrival implements Arrival {
  readonly method: string;
  readonly target: string;
  readonly remote: string | null;
  readonly #headers: Headers;
  readonly #thumbprint: string | undefined;

  constructor(request: Request, connection: Connection = {}) {
    this.method = request.method;
    this.target = targetOf(request.url);
    this.remote = connection.remote ?? null;
    this.#headers = request.headers;
    this.#thumbprint = connection.certificateThumbprint;
  }

  values(name: string): string | undefined {
    return this.#headers.get(name) ?? undefined;
  }

  certificate(): string | undefined {
    return this.#thumbprint;
  }
}

/** A Request has its URL normalised already, without a fragment that counts. */
function targetOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("//") + 2);
  const target = path === -1 ? "/" : url.slice(path);
  const fragment = target.indexOf("#");
  return fragment === -1 ? target : target.slice(0, fragment);
}

/** The one value of a header; null when there is none, or more than one. */
export function single(arrival: Arrival, name: string): string | null {
  const values = arrival.values(name);
  if (typeof values === "string") return values;
  return values?.length === 1 ? (values[0] ?? null) : null;
}

/** The path without its query. */
export function pathOf(target: string): string {
  const query = target.indexOf("?");
  return query === -1 ? target : target.slice(0, query);
}
