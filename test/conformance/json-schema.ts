/** As much of JSON Schema (draft 2020-12) as the published schema of metadata uses. A keyword that is not known here is an error, never passed over. */

type Schema = Readonly<Record<string, unknown>>;

/** Where `value` is not what the schema wants, each as "/path: what is wrong"; [] when it is. Throws for a keyword that is not known. */
export function faultsOf(
  value: unknown,
  schema: Schema,
  at = "",
): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, wanted]) => {
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`the schema's keyword ${keyword} is not known`);
    return check(value, wanted, at, schema);
  });
}

type Check = (
  value: unknown,
  wanted: unknown,
  at: string,
  schema: Schema,
) => readonly string[];

const nothing: Check = () => [];

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: nothing,
  $comment: nothing,
  type: (value, wanted, at) =>
    typeOf(value) === wanted
      ? []
      : [`${at}: ${typeOf(value)}, not ${String(wanted)}`],
  // It says nothing about what is no string: type does.
  format: (value, wanted, at) => {
    if (wanted !== "uri")
      throw new Error(`the format ${String(wanted)} is not known`);
    return typeof value !== "string" || URL.canParse(value)
      ? []
      : [`${at}: no URI`];
  },
  properties: (value, wanted, at) =>
    isObject(value)
      ? Object.entries(wanted as Schema).flatMap(([name, schema]) =>
          Object.hasOwn(value, name)
            ? faultsOf(value[name], schema as Schema, `${at}/${name}`)
            : [],
        )
      : [],
  additionalProperties: (value, wanted, at, schema) => {
    if (wanted !== false)
      throw new Error("only additionalProperties: false is known");
    const known = schema["properties"] as Schema;
    return isObject(value)
      ? Object.keys(value)
          .filter((name) => !Object.hasOwn(known, name))
          .map((name) => `${at}/${name}: not known`)
      : [];
  },
  items: (value, wanted, at) =>
    Array.isArray(value)
      ? value.flatMap((item, i) =>
          faultsOf(item, wanted as Schema, `${at}/${i}`),
        )
      : [],
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeOf(value) === "object";

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
