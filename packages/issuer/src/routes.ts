/**
 * Which endpoint a request is for: one look into a map by path. A router would cost as much as the answer itself (docs/decisions/0021).
 */
import { PATHS } from "./addresses.ts";
import { ENDPOINTS, type EndpointRow } from "./endpoints.ts";

export interface Found {
  /** By method; HEAD is served as GET is. */
  readonly rows: ReadonlyMap<string, EndpointRow>;
  readonly parameter: string;
}

export class Routes {
  readonly #exact = new Map<string, Map<string, EndpointRow>>();
  /** Paths whose last part is left open, without that part. */
  readonly #open = new Map<string, Map<string, EndpointRow>>();
  readonly #plain: ReadonlySet<string>;
  readonly #admin: string;

  constructor(issuer: string) {
    const base = new URL(issuer).pathname.replace(/\/$/, "");
    this.#admin = base + PATHS.admin;
    this.#plain = new Set(
      [PATHS.token, PATHS.introspection, PATHS.revocation].map(
        (path) => base + path,
      ),
    );
    for (const row of ENDPOINTS)
      for (const address of addressesOf(row.path, base))
        this.#add(address, row);
  }

  /** null: the path is none of the issuer's. */
  find(path: string): Found | null {
    const rows = this.#exact.get(path);
    if (rows) return { rows, parameter: "" };
    const slash = path.lastIndexOf("/") + 1;
    const open = this.#open.get(path.slice(0, slash));
    const parameter = path.slice(slash);
    return open && parameter !== "" ? { rows: open, parameter } : null;
  }

  /** Forms that a machine sends, many a second: their endpoints ask for nothing that only a whole Request has. */
  isPlain(method: string, path: string): boolean {
    return method === "POST" && this.#plain.has(path);
  }

  isAdmin(path: string): boolean {
    return path === this.#admin || path.startsWith(`${this.#admin}/`);
  }

  #add(address: string, row: EndpointRow): void {
    const colon = address.indexOf(":");
    const [map, key] =
      colon === -1
        ? [this.#exact, address]
        : [this.#open, address.slice(0, colon)];
    map.set(key, (map.get(key) ?? new Map()).set(row.method, row));
  }
}

/** RFC 8414 section 3.1 puts the issuer's path behind the well-known part, OpenID Connect Discovery before it: both are served. */
function addressesOf(path: string, base: string): readonly string[] {
  return path.startsWith("/.well-known/") && base !== ""
    ? [path + base, base + path]
    : [base + path];
}

/** The path of a request's URL as it was written: what is encoded stays so, and matches nothing. */
export function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  if (start === -1) return "/";
  const end = url.slice(start).search(/[?#]/);
  return end === -1 ? url.slice(start) : url.slice(start, start + end);
}
