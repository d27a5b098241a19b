/** A request on its way out: what is sent again, and what cannot be. */
import type { Fetch } from "./transport.ts";

type Redirect = "follow" | "manual" | "error";

/** Dropped where a request leaves its origin. */
const CREDENTIALS = ["authorization", "dpop", "cookie", "proxy-authorization"];
/** Dropped with the body (Fetch standard, section 4.4). */
const ABOUT_BODY = [
  "content-encoding",
  "content-language",
  "content-location",
  "content-type",
  "content-length",
];

interface Parts {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestInit["body"] | null;
  readonly init: RequestInit;
}

export class Outgoing {
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  static of(input: string | URL | Request, init: RequestInit): Outgoing {
    // The platform's own reading: relative addresses, methods in capitals, headers of both.
    const { body = null, ...rest } = init;
    const given = input instanceof Request;
    const read = new Request(given ? input.url : input, {
      ...(given && settingsOf(input)),
      ...rest,
    });
    return new Outgoing({
      url: read.url.replace(/#.*$/s, ""),
      method: read.method,
      headers: withType(read.headers, body),
      body: body ?? (given ? input.body : null),
      init: { ...(given && settingsOf(input)), ...rest },
    });
  }

  get url(): string {
    return this.#parts.url;
  }

  get origin(): string {
    return new URL(this.#parts.url).origin;
  }

  get method(): string {
    return this.#parts.method;
  }

  get headers(): Headers {
    return this.#parts.headers;
  }

  get redirect(): Redirect {
    return this.#parts.init.redirect ?? "follow";
  }

  /** A stream can be read once; the body of a Request is one. */
  get isRepeatable(): boolean {
    const { body } = this.#parts;
    return (
      body === null ||
      body === undefined ||
      typeof body === "string" ||
      body instanceof URLSearchParams ||
      body instanceof FormData ||
      body instanceof Blob ||
      body instanceof ArrayBuffer ||
      ArrayBuffer.isView(body)
    );
  }

  withHeaders(more: Readonly<Record<string, string>>): Outgoing {
    const headers = new Headers(this.#parts.headers);
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    return new Outgoing({ ...this.#parts, headers });
  }

  withoutCredentials(): Outgoing {
    const headers = new Headers(this.#parts.headers);
    for (const name of CREDENTIALS) headers.delete(name);
    return new Outgoing({ ...this.#parts, headers });
  }

  /** Null: the body would have to be sent again, and cannot be. */
  redirectedTo(target: URL, status: number): Outgoing | null {
    const { method } = this.#parts;
    const toGet =
      status === 303
        ? method !== "GET" && method !== "HEAD"
        : status < 303 && method === "POST";
    if (!toGet)
      return this.isRepeatable
        ? new Outgoing({ ...this.#parts, url: target.href })
        : null;
    const headers = new Headers(this.#parts.headers);
    for (const name of ABOUT_BODY) headers.delete(name);
    return new Outgoing({
      ...this.#parts,
      url: target.href,
      method: "GET",
      headers,
      body: null,
    });
  }

  async sendWith(fetch: Fetch, redirect: Redirect): Promise<Response> {
    const { url, method, headers, body, init } = this.#parts;
    return fetch(url, {
      ...init,
      method,
      headers,
      redirect,
      ...(body !== null &&
        body !== undefined && {
          body,
          ...(!this.isRepeatable && { duplex: "half" }),
        }),
    });
  }
}

/** What of a Request is not its address, its headers or its body. */
const settingsOf = ({
  method,
  headers,
  signal,
  redirect,
  cache,
  credentials,
  integrity,
  keepalive,
  mode,
  referrerPolicy,
}: Request): RequestInit => ({
  method,
  headers,
  signal,
  redirect,
  credentials,
  integrity,
  keepalive,
  ...(cache !== undefined && { cache }),
  ...(mode !== undefined && mode !== "navigate" && { mode }),
  ...(referrerPolicy !== undefined && { referrerPolicy }),
});

/** A boundary is drawn at each sending: then the platform has to write the type. */
function withType(given: Headers, body: RequestInit["body"] | null): Headers {
  const headers = new Headers(given);
  if (body instanceof FormData) headers.delete("content-type");
  return headers;
}
