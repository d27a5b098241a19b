/** How many parts a compact serialization has: its dots and one (RFC 7515 section 7.1, RFC 7516 section 7.1). Stops counting at 1,000. */
export function splitSegments(text: string): number {
  let parts = 1;
  for (
    let dot = text.indexOf(".");
    dot >= 0 && parts < 1000;
    dot = text.indexOf(".", dot + 1)
  )
    parts++;
  return parts;
}
