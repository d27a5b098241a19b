/** The file is a picture, an archive or the like. */
export class NoText extends Error {
  override readonly name = "NoText";
}

/** Characters that are looked through for what no text has. */
const BEGINNING = 65_536;

/**
 * The text of a file: UTF-8, unless it begins as UTF-16 does, in which Windows PowerShell writes what a command printed. Throws NoText, or
 * what the browser throws where the file is gone, has changed or may not be read.
 */
export async function textOf(file: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const encoding =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : "utf-8";
  const text = new TextDecoder(encoding).decode(await file.arrayBuffer());
  if (text.slice(0, BEGINNING).includes("\0"))
    throw new NoText("it holds the character U+0000");
  return text;
}
