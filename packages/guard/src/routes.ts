/**
 * Which scopes a route needs. The first row that fits decides. Threat: a spelling of a path or method that this table takes for one route and
 * the framework behind it for another; so both are looked up in each of their readings, and where they lead to different rows it needs what all
 * of them need.
 */
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
  /** As it is written; and as lenient frameworks read it, without regard to case and to a slash at the end. */
  readonly readings: readonly [strict: RegExp, lenient: RegExp];
  readonly demands: Demands;
}

export class Routes {
  readonly #rows: readonly Row[];
  readonly #usual: Demands;

  /** `usual`: the demands of a path without a row. Throws TypeError for a path that is no pattern, and for a name that nobody reads. */
  constructor(routes: readonly Route[], usual: Demands) {
    this.#usual = usual;
    this.#rows = routes.map((route) => {
      checkNames("a route", route, {
        method: true,
        path: true,
        ...DEMAND_NAMES,
      });
      checkDemands(route);
      return {
        methods: methodsOf(route.method),
        readings: readingsOf(route.path),
        demands: route,
      };
    });
  }

  /** `path` is not ambiguous in its segments (`path.ts`). */
  find(method: string, path: string): Demands {
    if (this.#rows.length === 0) return this.#usual;
    const found = this.#inSpellings(method, path);
    // Methods have a case (RFC 9110 section 9.1), and some frameworks have none: to these `delete` is DELETE.
    const upper = method.toUpperCase();
    return upper === method
      ? found
      : both(found, this.#inSpellings(upper, path));
  }

  #inSpellings(method: string, path: string): Demands {
    const found = this.#lookUp(method, path);
    return path.includes("%") || path.includes(";")
      ? spellingsOf(path)
          .map((spelling) => this.#lookUp(method, spelling))
          .reduce(both, found)
      : found;
  }

  #lookUp(method: string, path: string): Demands {
    return both(this.#first(method, path, 0), this.#first(method, path, 1));
  }

  #first(method: string, path: string, reading: 0 | 1): Demands {
    for (const row of this.#rows)
      if (
        (row.methods === null || row.methods.includes(method)) &&
        row.readings[reading].test(path)
      )
        return row.demands;
    return this.#usual;
  }
}

/** What both demand. */
function both(one: Demands, other: Demands): Demands {
  if (one === other) return one;
  const ages = [one.maxAuthenticationAge, other.maxAuthenticationAge];
  const known = ages.filter((age) => age !== undefined);
  const acrValues =
    one.acrValues && other.acrValues
      ? one.acrValues.filter((value) => other.acrValues?.includes(value))
      : (one.acrValues ?? other.acrValues);
  return {
    scopes: [...new Set([...(one.scopes ?? []), ...(other.scopes ?? [])])],
    ...(acrValues && { acrValues }),
    ...(known.length > 0 && { maxAuthenticationAge: Math.min(...known) }),
  };
}

/** With escapes undone, as routers do once, and without the parameters of a segment, as some servers read it (`/admin;a=b`). */
function spellingsOf(path: string): readonly string[] {
  const plain = decoded(path);
  return [plain, path.replace(/;[^/]*/g, ""), plain.replace(/;[^/]*/g, "")];
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Not UTF-8: then no row means it, and it is compared as it is.
    return path;
  }
}

function methodsOf(method: Route["method"]): readonly string[] | null {
  if (method === undefined) return null;
  const named = (typeof method === "string" ? [method] : method).map((one) =>
    one.toUpperCase(),
  );
  return named.includes("GET") ? [...named, "HEAD"] : named;
}

function readingsOf(path: string): Row["readings"] {
  if (!/^\/(?:[^*]*|[^*]*\/\*|\*)$/.test(path))
    throw new TypeError(
      `route path: expected one that begins with / and has * only as its last segment; found ${JSON.stringify(path.slice(0, 200))}`,
    );
  const open = path.endsWith("/*");
  const fixed = open ? path.slice(0, -2) : path;
  const source = fixed
    .split("/")
    .map((part) =>
      part.startsWith(":")
        ? "[^/]+"
        : part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"),
    )
    .join("/");
  const lenient = source.replace(/\/$/, "");
  return [
    new RegExp(`^${source}${open ? "(?:/.*)?" : ""}$`, "s"),
    new RegExp(`^${lenient}${open ? "(?:/.*)?" : "/?"}$`, "is"),
  ];
}
