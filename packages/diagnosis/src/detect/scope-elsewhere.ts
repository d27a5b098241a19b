/** How deep and how far a stranger's claims are searched. */
const MAX_DEPTH = 5;
const MAX_VALUES = 2000;
const MAX_NAME = 200;

/** Claims that are no permissions, whatever they hold. */
const OTHER = new Set([
  "iss",
  "sub",
  "aud",
  "azp",
  "client_id",
  "appid",
  "cid",
  "jti",
  "nonce",
  "typ",
  "name",
  "email",
  "preferred_username",
  "tid",
  "oid",
  "sid",
  "acr",
  "amr",
  "cnf",
]);
const PERMISSIONS =
  /scope|scp|perm|role|group|authorit|authoriz|entitle|privilege|grant|right|access|wids|abilit/i;

/** The needed scopes that a word of the token stands for. */
export type Recognise = (word: string) => readonly string[];

/**
 * The claim, other than the one that is read, that holds all of the needed scopes: as text, in an array, as names of members; also inside
 * other claims. The claim's path, with dots; null: none does. `plausible` is false when its name speaks of no permissions.
 */
export function scopesElsewhere(
  claims: Readonly<Record<string, unknown>>,
  needed: readonly string[],
  recognise: Recognise,
): { readonly claim: string; readonly plausible: boolean } | null {
  const held = new Map<string, Set<string>>();
  let left = MAX_VALUES;
  const note = (path: string, word: string): void => {
    if (left-- <= 0 || word.length > MAX_NAME) return;
    for (const scope of recognise(word))
      held.set(path, (held.get(path) ?? new Set()).add(scope));
  };
  const visit = (value: unknown, path: string, depth: number): void => {
    if (typeof value === "string")
      value
        .slice(0, 8192)
        .split(/[\s,]+/)
        .forEach((word) => note(path, word));
    if (
      left <= 0 ||
      typeof value !== "object" ||
      value === null ||
      depth > MAX_DEPTH
    )
      return;
    for (const [name, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) note(path, name);
      visit(
        inner,
        Array.isArray(value) || name.length > MAX_NAME
          ? path
          : `${path}.${name}`,
        depth + 1,
      );
    }
  };
  for (const [name, value] of Object.entries(claims))
    if (name !== "scope" && !OTHER.has(name))
      visit(value, name.slice(0, MAX_NAME), 1);
  const all = [...held]
    .filter(([, scopes]) => scopes.size === new Set(needed).size)
    .map(([claim]) => claim);
  const claim = all.find((path) => PERMISSIONS.test(path)) ?? all[0];
  return claim === undefined
    ? null
    : { claim, plausible: PERMISSIONS.test(claim) };
}
