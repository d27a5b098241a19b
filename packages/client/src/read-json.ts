/** Reads a JSON object from an answer, within bounds. */
const MAX_BYTES = 262_144;

/** Null: too long, no JSON, or no object. Rejects when the connection breaks. */
export async function readJson(
  response: Response,
): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await readText(response);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

async function readText(response: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return text + decoder.decode();
    length += value.length;
    if (length > MAX_BYTES) {
      reader?.cancel().catch(() => {});
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
