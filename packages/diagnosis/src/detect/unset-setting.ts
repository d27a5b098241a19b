const VARIABLE =
  /^(?:\$\{[^}]*\}|\$[A-Z_][A-Z0-9_]*|%[A-Z_][A-Z0-9_]*%|\{\{[^}]*\}\}|<[^<>]+>|process\.env\.\w+|#\{[^}]*\}#?)$/i;
const NOTHING =
  /^(?:undefined|null|none|nan|false|todo|changeme|change[-_]me|xxx+|your[-_ ].*|replace[-_ ]?me.*|insert[-_ ].*)$/i;
/** A host or path that was put together from a variable without a value. */
const HOLE =
  /^https?:\/\/(?:undefined|null|\$\{[^}]*\}|\{\{[^}]*\}\}|%[A-Z_]+%)(?=[./:]|$)|^https?:\/\/(?:\/|$)|:\/\/\.|\$\{[A-Z_]+\}|\{\{[^}]*\}\}/i;

/** How a setting shows that it was never filled in. Its value is not repeated. */
export type Unset =
  | "it is empty"
  | "a placeholder stands there"
  | "a variable without a value stands there";

/** null: the setting looks filled in. */
export function unsetIn(value: string): Unset | null {
  const text = value.trim();
  if (text === "") return "it is empty";
  if (text.length > 512) return null;
  if (VARIABLE.test(text) || HOLE.test(text))
    return "a variable without a value stands there";
  return NOTHING.test(text) ? "a placeholder stands there" : null;
}
