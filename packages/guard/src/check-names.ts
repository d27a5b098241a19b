/**
 * Finds members that nobody reads. Threat: a misspelt `scope` in a program without types, which would demand nothing in silence.
 */
export function checkNames(
  what: string,
  given: object,
  known: Readonly<Record<string, true>>,
): void {
  const unknown = Object.keys(given).find(
    (name) => !Object.hasOwn(known, name),
  );
  if (unknown !== undefined)
    throw new TypeError(
      `${what}: there is no ${JSON.stringify(unknown.slice(0, 64))}; known are ${Object.keys(known).join(", ")}`,
    );
}
