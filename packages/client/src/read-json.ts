/** Reads a JSON object from an answer, within bounds. */
import { readBytes } from "@assay/token";

const MAX_BYTES = 262_144;

/** Null: too long, no JSON, or no object. Rejects when the connection breaks. */
export async function readJson(
  response: Response,
): Promise<Readonly<Record<string, unknown>> | null> {
  const bytes = await readBytes(response.body, MAX_BYTES);
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
