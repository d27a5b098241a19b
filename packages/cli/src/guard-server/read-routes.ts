/** The setting `scope`: rows as text, or in JSON as objects, which the guard itself checks. */
import type { Route } from "@assay/guard";
import { rowsOf } from "./read-issuers.ts";

/** METHOD PATH=SCOPES; the method may be left out, and several scopes have blanks between them. */
const ROW =
  /^(?:([A-Z]+(?:\|[A-Z]+)*) )?(\/[^=\s]*)=([\x21-\x7e]+(?: +[\x21-\x7e]+)*)$/;

/** undefined: it is none. */
export function readRoutes(given: string): readonly Route[] | undefined {
  const rows = given.trimStart().startsWith("[")
    ? rowsOf(given)
    : given
        .split(",")
        .map((row) => row.trim())
        .filter((row) => row !== "");
  const routes = rows?.map(routeOf);
  return routes?.every((route) => route !== undefined) ? routes : undefined;
}

function routeOf(row: unknown): Route | undefined {
  if (typeof row === "object" && row !== null && !Array.isArray(row))
    return row as Route;
  const [, method, path, scopes] = ROW.exec(String(row)) ?? [];
  return path === undefined || scopes === undefined
    ? undefined
    : {
        path,
        scopes: scopes.split(/ +/),
        ...(method !== undefined && { method: method.split("|") }),
      };
}
