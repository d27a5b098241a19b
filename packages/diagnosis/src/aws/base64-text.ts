/** Standard base64 of UTF-8, line ends and missing padding borne; null: it is none. */
export function decodeBase64Text(base64: string): string | null {
  try {
    const bytes = Uint8Array.from(
      atob(base64.slice(0, 65_536).replace(/\s/g, "")),
      (letter) => letter.charCodeAt(0),
    );
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
