/** A verb's statement as `pg` takes it: prepared once on each connection, under a name that is the same for every server process. */
import { hash } from "node:crypto";
import type { QueryConfig } from "pg";
import type { Query, SqlValue } from "../sql/query.ts";

const names = new Map<string, string>();

export function statement({ text, values }: Query): QueryConfig {
  let name = names.get(text.postgres);
  if (name === undefined) {
    name = `assay_${hash("sha256", text.postgres, "hex").slice(0, 24)}`;
    names.set(text.postgres, name);
  }
  return { name, text: text.postgres, values: values.map(storable) };
}

/**
 * PostgreSQL has no place for U+0000. It becomes what UTF-8 makes of every other text that it cannot carry, so that a jti or a name
 * with one is a text like any other, and not an error of the server.
 */
const storable = (value: SqlValue): SqlValue =>
  typeof value === "string" && value.includes("\0")
    ? value.replaceAll("\0", "\uFFFD")
    : value;
