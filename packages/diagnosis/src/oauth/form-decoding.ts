/** application/x-www-form-urlencoded of one value (RFC 6749 appendix B). null: a percent sign without its two digits, or no UTF-8. */
export function formDecode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

/** The kinds of characters that encoding changes, each once: all that is told of a secret. */
export function changedByEncoding(text: string): readonly string[] {
  const found = new Set<string>();
  for (const character of text) {
    if (/[A-Za-z0-9._~-]/.test(character)) continue;
    if (character === " ") found.add("a blank");
    else
      found.add(
        character.charCodeAt(0) > 0x7e ? "a sign beyond ASCII" : character,
      );
  }
  return [...found].slice(0, 12);
}

export const isBase64 = (text: string): boolean =>
  text.length > 0 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);

/** A value that somebody made unreadable before showing it: nothing can be compared with it. */
export const isRedacted = (text: string): boolean =>
  /\*{3}|…|\.{3}|redacted|removed|hidden|^x{3,}$/i.test(text.slice(0, 200)) ||
  /^<[^<>]{1,60}>$/.test(text);
