/** Typed facts from the loose ones that a refusal carries: those of the same name and kind count, everything else is as it stands. */
type Loose = Readonly<Record<string, string | number | boolean | null>>;

/** A list is written as words with blanks between. */
export function laidOver<T extends object>(defaults: T, facts: Loose): T {
  const result: Record<string, unknown> = Object.fromEntries(
    Object.entries(defaults),
  );
  for (const [name, standing] of Object.entries(defaults)) {
    const value = facts[name];
    if (value === undefined || value === null) continue;
    if (Array.isArray(standing))
      result[name] = String(value).split(" ").filter(Boolean);
    else if (standing === null || typeof standing === typeof value)
      result[name] = value;
  }
  return result as T;
}
