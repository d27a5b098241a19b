/** Which scopes a route needs. The first row that fits decides. */
import { checkNames } from "./check-names.ts";
import { checkDemands, DEMAND_NAMES, type Demands } from "./demands.ts";

export interface Route extends Demands {
  /** Default: every method. GET is HEAD too, as frameworks serve both. */
  readonly method?: string | readonly string[];
  /** `/orders/:id` and `/orders/*`: `:name` is one segment, `*` at the end any number of them, also none. */
  readonly path: string;
}

interface Row {
  readonly methods: readonly string[] | null;
  readonly path: RegExp;
  readonly demands: Demands;
}

export class Routes {
  readonly #rows: readonly Row[];

  /** Throws TypeError for a path that is no pattern. */
  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      checkNames("a route", route, {
        method: true,
        path: true,
        ...DEMAND_NAMES,
      });
      checkDemands(route);
    }
    this.#rows = routes.map((route) => ({
      methods: methodsOf(route.method),
      path: pattern(route.path),
      demands: route,
    }));
  }

  /** `path` is not ambiguous. null: no row fits. */
  find(method: string, path: string): Demands | null {
    if (this.#rows.length === 0) return null;
    // Once, as routers do; slashes cannot come out of it any more.
    const plain = path.includes("%") ? decoded(path) : path;
    for (const row of this.#rows)
      if ((row.methods?.includes(method) ?? true) && row.path.test(plain))
        return row.demands;
    return null;
  }
}

function methodsOf(method: Route["method"]): readonly string[] | null {
  if (method === undefined) return null;
  const named = typeof method === "string" ? [method] : method;
  return named.includes("GET") ? [...named, "HEAD"] : named;
}

/** Case and a slash at the end do not count, because some frameworks serve such paths by the same handler: the row must hold for them too. */
function pattern(path: string): RegExp {
  if (!/^\/(?:[^*]*|[^*]*\/\*)$/.test(path) && path !== "/*")
    throw new TypeError(
      `route path: expected one that begins with / and has * only as its last segment; found ${JSON.stringify(path.slice(0, 200))}`,
    );
  const open = path.endsWith("/*");
  const fixed = (open ? path.slice(0, -2) : path).replace(/\/$/, "");
  const source = fixed
    .split("/")
    .map((part) =>
      part.startsWith(":")
        ? "[^/]+"
        : part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"),
    )
    .join("/");
  return new RegExp(`^${source}${open ? "(?:/.*)?" : "/?"}$`, "is");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not UTF-8: then no row means it, and it is compared as it is.
    return path;
  }
}
