export type Members = Readonly<Record<string, unknown>>;

/** The members of a JSON object or array; null: the text is none. */
export function jsonObject(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Members)
      : null;
  } catch {
    return null;
  }
}
